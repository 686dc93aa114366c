"""How tests read pages."""

import re

from django.test import Client
from django.urls import reverse

from tests.factories.accounts import sign_in

_TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": |name="next" value=)"[^"]+"')


def as_(user) -> Client:
    """A browser in which ``user`` is signed in."""
    return sign_in(Client(), user)


def text_of(response) -> str:
    """The page without what differs at every request, and without its own address."""
    return _TOKENS.sub(r'\1""', response.content.decode())


def headers_of(response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}


def around(panel) -> list[str]:
    """Every address around one review that somebody may fetch."""
    return [
        reverse("boards:inbox"),
        reverse("boards:cases"),
        reverse("boards:case", args=[panel.case.code]),
        reverse("boards:review", args=[panel.review.pk]),
        reverse("boards:ballot", args=[panel.review.pk]),
        reverse("boards:meetings"),
    ]


def seen_by(user, panel) -> list[tuple[int, dict[str, str], str]]:
    """Status, headers and text of every page around ``panel`` as ``user`` gets it."""
    browser = as_(user)
    answers = [browser.get(url) for url in around(panel)]
    return [(answer.status_code, headers_of(answer), text_of(answer)) for answer in answers]
