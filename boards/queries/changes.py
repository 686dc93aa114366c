"""What changed between two revisions of a dossier, for everybody who may read the later one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from boards.enums import ReviewState
from boards.queries.cases import case_for, revisions_for
from boards.queries.links import case_url
from boards.queries.news import answered_between
from boards.queries.rows import asked
from boards.queries.words import day
from boards.visibility import Content, is_shown
from cases.models import Case, CaseRevision
from cases.queries import germline_right
from cases.queries.changes import BlockChanges, changes_between, without_before
from iltb.accounts.models import User
from iltb.core.errors import NotAllowed


@dataclass(frozen=True)
class Choice:
    """A revision that can be compared."""

    number: int
    label: str


@dataclass(frozen=True)
class ChangesPage:
    """Two revisions side by side.

    ``since`` is None where there is nothing to compare. ``opened`` are the revisions whose words are shown;
    ``has_before`` is false for a reader to whom the earlier one is closed.
    """

    code: str
    case_url: str
    earlier: Sequence[Choice]
    later: Sequence[Choice]
    since: Choice | None
    until: Choice | None
    has_before: bool
    germline_is_withheld: bool
    answers: Sequence[str]
    blocks: Sequence[BlockChanges]
    opened: Sequence[CaseRevision]


def changes_page(user: User, code: str, *, since: str = "", until: str = "") -> ChangesPage:
    """What a revision says otherwise than an earlier one; without numbers the newest and the one before it.

    Experts read the newest released revision alone, since a corrected one must not stay readable. They are told what
    was added and what an answer says now, and how much was taken out, but not what stood there before.

    Raises ``Http404`` for a case that is unknown or not for these eyes, ``NotAllowed`` before interests are declared.
    """
    case, viewer = case_for(user, code)
    if not is_shown(Content.DOSSIER, viewer=viewer, state=ReviewState.ASSIGNED):
        raise NotAllowed(_("The dossier opens once you have declared your interests."))
    readable = list(revisions_for(user, case))
    known = _known_to(case, readable)
    last = _chosen(readable, until) or next(reversed(readable), None)
    before = [row for row in known if last is not None and row.number < last.number]
    first = _chosen(before, since) or next(reversed(before), None)
    right = germline_right(case, user)
    has_before = first in readable
    blocks = changes_between(first.content, last.content, right) if first and last else []
    return ChangesPage(
        code=case.code,
        case_url=case_url(case.code),
        earlier=[_choice(row) for row in known if row is not known[-1]],
        later=[_choice(row) for row in readable if row is not known[0]],
        since=_choice(first) if first else None,
        until=_choice(last) if last else None,
        has_before=has_before,
        germline_is_withheld=not right.may_read,
        answers=answered_between(first, last) if first and last else (),
        blocks=blocks if has_before else without_before(blocks),
        opened=[row for row in (first, last) if row in readable and row is not None],
    )


def _known_to(case: Case, readable: Sequence[CaseRevision]) -> list[CaseRevision]:
    """Those that the reader may read, and for an expert those that were once open to the panel."""
    if not asked(case, "has_seat") or not readable:
        return list(readable)
    earlier = case.revisions.filter(number__lt=readable[0].number, released_at__isnull=False)
    return [*earlier.order_by("number"), *readable]


def _chosen(revisions: Sequence[CaseRevision], number: str) -> CaseRevision | None:
    return next((row for row in revisions if str(row.number) == number), None)


def _choice(revision: CaseRevision) -> Choice:
    label = _("Revision %(number)s of %(day)s") % {"number": revision.number, "day": day(revision.created_at)}
    return Choice(revision.number, label)
