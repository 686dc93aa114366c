"""What somebody typed while the session had ended is kept for half an hour and shown again after signing in.

Each form carries a signed note of the person and the page it was made for, so that nobody else who signs in at that
desk is shown the text, and a stranger cannot make the server keep anything (see ``iltb.accounts.kept``).
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from iltb.accounts.kept import forget_text, keep_text, kept_text
from iltb.accounts.models import User
from iltb.core.http import is_fragment_request

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_SALT: Final = "cases.typed-before-sign-in"
_NOTE: Final = "made_for"
_MOST_KEPT: Final = 200_000  # bytes
_NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken", "autosave"})


def signed_in(view: View[P]) -> View[P]:
    """Ask for a sign-in first, without losing what is being sent.

    A page that saves itself while somebody types is not torn away from them: it is told, with the way to the sign-in.
    """

    @wraps(view)
    def asking(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if isinstance(request.user, User):
            if request.method == "POST":
                forget_text(user=request.user, path=request.path)
            return view(request, *args, **kwargs)
        is_kept = request.method == "POST" and _keep(request)
        way = redirect_to_login(request.path).url
        if is_fragment_request(request) and "autosave" in request.POST:
            return _told(request, way, is_kept=is_kept)
        if request.method == "POST":
            # The sign-in page tells what became of the text; in the address, so that no later page says it again.
            way = f"{way}&text={'kept' if is_kept else 'lost'}"
        return HttpResponseClientRedirect(way) if is_fragment_request(request) else redirect(way)

    return asking


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What this person sent to this page when the session had ended, not long ago."""
    kept = kept_text(user=user_of(request), path=request.path)
    if kept is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept.items():
        typed.setlist(name, list(values))
    return typed


def render_form(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page with a form; the form must include ``cases/_form_start.html``, which carries the note."""
    return render(request, template, {**context, "made_for": note_for(request, request.path)}, status=status)


def note_for(request: HttpRequest, path: str) -> str:
    """The signed note that a form at ``path`` carries."""
    return signing.dumps([str(request.user.pk), path], salt=_SALT)


def _told(request: HttpRequest, url: str, *, is_kept: bool) -> HttpResponse:
    response = render(request, "cases/_signed_out.html", {"url": url, "is_kept": is_kept}, status=403)
    if is_kept:
        response["X-Text-Kept"] = "yes"
    return response


def _keep(request: HttpRequest) -> bool:
    """Keep what is being sent; false for what no page of ours sent, and for too much."""
    try:
        person, path = signing.loads(request.POST.get(_NOTE, ""), salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return False
    if path != request.path or int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_KEPT:
        return False
    typed = {name: values for name, values in request.POST.lists() if name not in _NOT_KEPT}
    keep_text(person=person, path=path, typed=typed)
    return True


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; for views behind ``signed_in``."""
    if not isinstance(request.user, User):
        raise TypeError("this view is for people who are signed in")
    return request.user
