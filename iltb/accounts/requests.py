"""A request of somebody who is signed in, as views see it."""

from django.http import HttpRequest
from rest_framework.request import Request

from iltb.accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """What ``login_required`` lets through; for annotations only."""

    user: User


def signed_in(request: HttpRequest | Request) -> User:
    """The person behind a request that needs a signed-in one."""
    assert isinstance(request.user, User)  # noqa: S101 -- the view's decorator or permission class says so
    return request.user
