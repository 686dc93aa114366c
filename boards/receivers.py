"""What this app does when something happens below."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.db import models

from boards import notices
from boards.models import Review, Seat
from boards.services import assigning, cancelling
from cases.events import case_accepted, case_frozen, case_queried
from cases.models import Case, CaseRevision, Query
from cases.services.access import seat_source
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.accounts.roles import Relation
from iltb.accounts.services import register_grants, role_group
from iltb.core import jobs


def register() -> None:
    """Connect; called once when the app is ready."""
    jobs.register("boards.render_letter", "boards.Letter", "letter_id")
    case_accepted.connect(_open_review)
    case_frozen.connect(_cancel_everything)
    case_queried.connect(_tell_physician)
    seat_source(_seats)
    register_grants("boards.Review", _wanted)


def _open_review(*, case: Case, revision: CaseRevision, **_: Any) -> None:
    assigning.open_review(case=case, revision=revision)


def _cancel_everything(*, case: Case, **_: Any) -> None:
    cancelling.cancel_for(case=case)


def _tell_physician(*, query: Query, **_: Any) -> None:
    notices.case_queried(query=query)


def _seats() -> Iterator[tuple[Case, User, str]]:
    for seat in Seat.objects.that_open().select_related("review__case", "user"):
        yield seat.review.case, seat.user, seat.expertise


def _wanted() -> Iterator[tuple[models.Model, Relation, User | Group]]:
    coordinators, chairs = role_group(Role.COORDINATOR), role_group(Role.CHAIR)
    for review in Review.objects.all():
        yield review, Relation.COORDINATOR, coordinators
        yield review, Relation.CHAIR, chairs
    for seat in Seat.objects.of_experts().select_related("review", "user"):
        yield seat.review, Relation.SEAT, seat.user
