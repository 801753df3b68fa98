"""Every address of the product, door by door."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from claims.api.urls import urls as api_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("factcheck.accounts")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("desk/", include("claims.desk.urls")),
    path("api/v1/", api_urls),
    path("", include("claims.public.machine")),
    *i18n_patterns(path("", include("claims.public.urls"))),
]
