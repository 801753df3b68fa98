"""The gate of the desk: every view declares its rule, and a view without one fails the build (tests/house).

    @gate(may_write)
    def claim_new(request): ...

`gate` signs people in, asks the rule about the person, refuses methods the view does not name, and turns refusals and
conflicts into answers. What a rule needs to know about a row is asked by the action.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from claims.desk.answers import conflict_page, refusal_page
from claims.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from claims.models import User


class DeskRequest(HttpRequest):
    """A request behind the gate: signed in, with htmx's details."""

    user: User
    htmx: HtmxDetails


Rule = Callable[[User], Refused | None]
View = Callable[..., HttpResponseBase]


def gate(rule: Rule, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Declare who may come in, and by which methods. HEAD goes with GET."""
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            refused = rule(request.user) or _second_factor(request)
            if refused is not None:
                return _refused(request, refused)
            return _private(_answer(view, request, *args, **kwargs))

        guarded.rule = rule  # type: ignore[attr-defined]
        guarded.methods = sorted(allowed)  # type: ignore[attr-defined]
        return guarded

    return declare


def _answer(view: View, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The view's answer, or the page that says why there is none. Nothing has changed in any of these cases."""
    try:
        return view(request, *args, **kwargs)
    except NotFound as error:
        raise Http404(error.code) from error
    except NotAllowed as error:
        return refusal_page(request, Refused(error.code, **error.facts), 403)
    except Conflict as error:
        return conflict_page(request, error)
    except Invalid as error:
        return refusal_page(request, Refused(error.code, **error.facts), 422)
    except (UnicodeEncodeError, OverflowError) as error:
        # Lone surrogates and numbers no column holds: bad input that got past a form.
        raise BadRequest("unreadable") from error


def _to_sign_in(request: DeskRequest) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRedirect(reverse(settings.LOGIN_URL), status=401)
    return redirect_to_login(request.get_full_path())


def _second_factor(request: DeskRequest) -> Refused | None:
    """Reviewers and admins outside the demo work only with a second factor (DESIGN §4)."""
    return Refused("second-factor") if request.user.lacks_second_factor else None


def _refused(request: DeskRequest, refused: Refused) -> HttpResponse:
    if refused.code == "second-factor":
        target = reverse("mfa_index")
        if request.htmx:
            return HttpResponseClientRedirect(target, status=403)
        from django.shortcuts import redirect

        return redirect(target)
    return refusal_page(request, refused, 403)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Cache-Control", "no-store, private")
    # Not "no-referrer": with it browsers send "Origin: null", and every form is refused as forged.
    response.headers.setdefault("Referrer-Policy", "same-origin")
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response
