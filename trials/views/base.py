"""What the views of this app share."""

from django.http import HttpRequest

from iltb.accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
