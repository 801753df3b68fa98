"""Every address of the product, door by door."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import TemplateView

from claims.api.urls import urls as api_urls

BY_MAIL = r"^(email|confirm-email|password/reset/(key|done)|login/code)(/|$)"


def not_here(request: HttpRequest, *args: str) -> HttpResponse:
    """No mail leaves this product: what allauth would do by mail has no address here."""
    raise Http404


without_mail = [
    re_path(BY_MAIL, not_here),
    path("password/reset/", TemplateView.as_view(template_name="account/password_reset.html")),
]
urlpatterns: list[URLPattern | URLResolver] = [
<<<<<<< HEAD
    path("accounts/", include("factcheck.accounts")),
=======
    path("accounts/", include(without_mail)),
>>>>>>> bc46069 (A forgotten password has a way out, and nothing pretends to send mail)
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("desk/", include("claims.desk.urls")),
    path("api/v1/", api_urls),
    path("", include("claims.public.machine")),
    *i18n_patterns(path("", include("claims.public.urls"))),
]
