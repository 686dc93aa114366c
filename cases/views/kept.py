"""What somebody typed while the session had ended is kept for half an hour and shown again after signing in.

It lies in the server-side session of the same browser, never in the browser's own storage. Each form carries a signed
note of who it was made for, so that nobody else who signs in at that desk is shown the text, and a stranger cannot
make the server keep anything.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from iltb.accounts.models import User
from iltb.core.http import is_fragment_request

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

MINUTES_KEPT: Final = 30
_KEY: Final = "typed_before_sign_in"
_SALT: Final = "cases.typed-before-sign-in"
_NOTE: Final = "made_for"
_MOST_KEPT: Final = 200_000  # bytes
_NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken"})


def signed_in(view: View[P]) -> View[P]:
    """Ask for a sign-in first, without losing what is being sent."""

    @wraps(view)
    def asking(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            if request.method == "POST":
                request.session.pop(_KEY, None)
            return view(request, *args, **kwargs)
        if request.method == "POST":
            _keep(request)
        way = redirect_to_login(request.path)
        return HttpResponseClientRedirect(way.url) if is_fragment_request(request) else way

    return asking


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What this person sent to this page when the session had ended, at most ``MINUTES_KEPT`` ago."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path or kept["person"] != str(request.user.pk):
        return None
    if timezone.now().timestamp() - kept["at"] > MINUTES_KEPT * 60:
        del request.session[_KEY]
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept["typed"].items():
        typed.setlist(name, values)
    return typed


def render_form(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page with a form; the form must include ``cases/_form_start.html``, which carries the note."""
    note = signing.dumps(str(request.user.pk), salt=_SALT)
    return render(request, template, {**context, "made_for": note}, status=status)


def _keep(request: HttpRequest) -> None:
    try:
        person = signing.loads(request.POST.get(_NOTE, ""), salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return
    if (
        int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_KEPT
        or not User.objects.filter(pk=person, is_active=True).exists()
    ):
        return
    request.session[_KEY] = {
        "path": request.path,
        "person": person,
        "at": timezone.now().timestamp(),
        "typed": {name: values for name, values in request.POST.lists() if name not in _NOT_KEPT},
    }


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; for views behind ``signed_in``."""
    if not isinstance(request.user, User):
        raise TypeError("this view is for people who are signed in")
    return request.user
