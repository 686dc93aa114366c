"""What a revision brought to who had read the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from boards.queries.links import changes_url
from cases.models import CaseRevision, Query


@dataclass(frozen=True)
class News:
    """A revision after the first: what it answers, and where the changes are told."""

    number: int
    since: int
    answers: Sequence[str]
    url: str


def news_of(revision: CaseRevision, *, to_panel: bool) -> News | None:
    """What ``revision`` brought since the one that was released before it; None for the first. Two queries at most.

    One that was never released counts only for those who screen and send: ``to_panel`` is for who reads what is
    released.
    """
    if revision.number == 1:
        return None
    earlier = revision.case.revisions.filter(number__lt=revision.number).defer("content").order_by("-number")
    rows = list(earlier.filter(released_at__isnull=False) if to_panel else earlier)
    since = next((row for row in rows if row.released_at), next(iter(rows), None))
    if since is None:
        return None
    return News(
        number=revision.number,
        since=since.number,
        answers=answered_between(since, revision),
        url=changes_url(revision.case.code, since.number),
    )


def answered_between(since: CaseRevision, revision: CaseRevision) -> list[str]:
    """The questions of the board that were answered after ``since`` and before ``revision`` was sent."""
    after = Q(answered_at__gt=since.created_at, answered_at__lte=revision.created_at)
    queries = Query.objects.filter(after, case_id=revision.case_id).order_by("answered_at")
    return list(queries.values_list("text", flat=True))
