"""Addresses of pages in lower apps, where a case is filled in, answered, screened and matched."""

from urllib.parse import urlencode

from django.urls import reverse


def case_url(code: str) -> str:
    """The page of a case."""
    return reverse("boards:case", args=[code])


def changes_url(code: str, since: int) -> str:
    """What the newest revision says otherwise than the one with the number ``since``."""
    return f"{reverse('boards:changes', args=[code])}?{urlencode({'since': since})}"


def new_case_url() -> str:
    """Where a physician begins a case."""
    return reverse("cases:new")


def draft_url(code: str) -> str:
    """Where the physician fills in the dossier."""
    return reverse("cases:edit", args=[code])


def query_url(code: str) -> str:
    """Where the physician answers."""
    return reverse("cases:query_answer", args=[code])


def triage_url(code: str) -> str:
    """Where a coordinator accepts, asks or declines."""
    return reverse("cases:triage", args=[code])


def transcribe_url(code: str) -> str:
    """Where a coordinator types from a report."""
    return reverse("cases:transcribe", args=[code])


def copy_url(code: str) -> str:
    """Begin a new question from a case."""
    return reverse("cases:copy", args=[code])


def withdraw_url(code: str) -> str:
    """Where the physician withdraws a case."""
    return reverse("cases:withdraw", args=[code])


def matches_url(code: str) -> str:
    """Where each criterion of each cohort is explained."""
    return reverse("trials:matches", args=[code])
