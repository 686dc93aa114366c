"""What the views of this app share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from boards.models import Review
from iltb.accounts.models import User
from iltb.accounts.permissions import require

View = Callable[..., HttpResponseBase]
UNPROCESSABLE: Final = 422


def deed(page: str) -> Callable[[View], View]:
    """A view that does something, by POST alone; a GET of its address leads to ``page`` and changes nothing.

    Such a GET comes from a reload, or from the "Try again" of a refusal.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def only_post(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return redirect(page, pk)
            return view(request, pk, **kwargs)

        return login_required(require_http_methods(["GET", "HEAD", "POST"])(only_post))

    return decorate


def review_for_deed(user: User, pk: UUID, codename: str) -> Review:
    """The review on which ``user`` wants to do something.

    Asked before a form is read, so that who may not learns that, and not what is wrong with the form. The service
    asks again, under its lock.
    """
    review = get_object_or_404(Review.objects.visible_to(user).select_related("case", "board"), pk=pk)
    require(user, codename, review)
    return review
