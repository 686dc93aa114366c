"""What every page's frame needs."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

import iltb


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation."""

    label: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, banner and version for ``base.html``."""
    return {
        "nav_items": _navigation(request),
        "is_demo": settings.ILTB_DEMO,
        "version": iltb.__version__,
        "coordination_email": settings.ILTB_COORDINATION_EMAIL,
    }


def _navigation(request: HttpRequest) -> list[NavItem]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        entries = [
            (_("About"), reverse("pages:home")),
            (_("For families"), reverse("pages:families")),
            (_("For doctors"), reverse("pages:doctors")),
        ]
    else:
        entries = [
            (_("Inbox"), reverse("boards:inbox")),
            (_("Cases"), reverse("boards:cases")),
            (_("Trials"), reverse("trials:list")),
        ]
    return [NavItem(label, url, _is_current(request.path, url)) for label, url in entries]


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
