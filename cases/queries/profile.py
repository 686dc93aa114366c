"""A frozen dossier as a page shows it: written once in each process, since what is frozen reads the same for ever."""

from dataclasses import dataclass

from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cases.models import CaseRevision
from cases.queries.dossier import dossier_from
from cases.queries.germline import GermlineRight, shown_content


@dataclass(frozen=True)
class Profile:
    """The tumour profile of one revision; ``release_url`` is where the chair shows the germline results, else empty."""

    headline: str
    markup: SafeString
    release_url: str


def profile_of(revision: CaseRevision, right: GermlineRight) -> Profile:
    """How a frozen revision reads for somebody with this ``right`` to its germline results, in their language.

    The content may be deferred: it is read only where the profile was not yet written in this process.
    """
    key = f"{revision.sha256}-{get_language()}-{right.may_read}"
    known = caches["profiles"]
    written = known.get(key)
    if written is None:
        written = _written(revision, right)
        known.set(key, written)
    headline, markup = written
    return Profile(headline, markup, reverse("cases:germline", args=[revision.case.code]) if right.may_release else "")


def _written(revision: CaseRevision, right: GermlineRight) -> tuple[str, SafeString]:
    dossier = dossier_from(shown_content(revision.content, right))
    return dossier.headline, render_to_string("cases/_dossier.html", {"dossier": dossier})
