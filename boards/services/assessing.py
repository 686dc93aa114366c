"""Assess blind, propose options."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.enums import ReviewState, SeatState
from boards.models import Assessment, Option, Review, Seat
from boards.models.review import OPEN_REVIEW_STATES
from boards.services.assigning import lock_review, move_review
from iltb.accounts.models import User
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, StaleVersion

Values = Mapping[str, Any]

# In the order of the forms.
OPTION_FIELDS: Final = (
    "type",
    "direction",
    "title",
    "arm",
    "targets",
    "rationale",
    "strength",
    "evidence",
    "access_route",
    "cautions",
    "fallback",
    "references",
)
ASSESSMENT_FIELDS: Final = ("findings", "options", "data_gaps", "confidence", "cannot_assess")


def assess(*, seat: Seat, actor: User, values: Values, version: int = 0) -> Assessment:
    """Save one's own assessment. Content opens only after interests are declared.

    ``version`` is 0 for the first save, else the version that was read. "Cannot assess" is a complete answer;
    otherwise findings and options are asked for.
    """
    with transaction.atomic():
        review = lock_review(review_id=seat.review_id, actor=actor, codename="assess")
        seat = declared_seat(review, actor)
        if review.state not in (ReviewState.ASSESSING, ReviewState.READY):
            raise Conflict(_("Assessments are not open now."))
        if not values.get("cannot_assess"):
            _require_text(values)
        assessment = Assessment.objects.filter(seat=seat).first() or Assessment(seat=seat, version=0)
        if assessment.cannot_assess and not values.get("cannot_assess") and assessment.version == version:
            raise Conflict(_("You said that you cannot assess this case and have read the others since; that stands."))
        if assessment.version != version:
            raise StaleVersion(_("You saved this assessment in another window. Nothing was overwritten."))
        assessment.revision, assessment.saved_at = review.revision, timezone.now()
        assessment.version += 1
        save_checked(assessment, values, ASSESSMENT_FIELDS)
        record("assessment.saved", subject=assessment, actor=actor, version=assessment.version)
    return assessment


def declared_seat(review: Review, actor: User) -> Seat:
    """The actor's own seat, accepted, with interests declared."""
    seat = review.seats.filter(user=actor).first()
    if seat is None:
        raise NotAllowed(_("You have no seat on this review."))
    if seat.state != SeatState.ACCEPTED or seat.declared_at is None:
        raise Conflict(_("Declare your interests first."))
    return seat


def propose_option(*, review: Review, actor: User, values: Values) -> Option:
    """Put an option before the panel; not while a ballot is open, so that all vote on the same list."""
    with transaction.atomic():
        review = lock_review(review_id=review.pk, actor=actor, codename="propose_option")
        _require_no_open_ballot(review)
        if review.seats.filter(user=actor).exists():
            declared_seat(review, actor)
        option = Option(review=review, proposed_by=actor)
        save_checked(option, values, OPTION_FIELDS)
        record("option.proposed", subject=option, actor=actor)
    return option


def change_option(*, option: Option, actor: User, values: Values, version: int) -> Option:
    """Correct an option before it is voted on: by who proposed it, or by a coordinator."""
    with transaction.atomic():
        review = lock_review(review_id=option.review_id, actor=actor, codename="propose_option")
        _require_no_open_ballot(review)
        option = Option.objects.select_for_update().get(pk=option.pk)
        manages = Review.objects.filter(pk=review.pk).granted(actor, "manage_review").exists()
        if option.proposed_by_id != actor.pk and not manages:
            raise NotAllowed(_("Only its author or a coordinator changes an option."))
        if option.votes.exists():
            raise Conflict(_("This option has been voted on; propose a new one."))
        if option.version != version:
            raise StaleVersion(_("Somebody else changed this option. Nothing of theirs was overwritten."))
        option.version += 1
        save_checked(option, values, OPTION_FIELDS)
        record("option.changed", subject=option, actor=actor, version=option.version)
    return option


def open_to_panel(*, review: Review, actor: User) -> Review:
    """End the blind phase: everybody on the review may read the assessments."""
    with transaction.atomic():
        review = lock_review(review_id=review.pk, actor=actor, codename="manage_review")
        if not Assessment.objects.filter(seat__review=review).exists():
            raise Conflict(_("Nobody has saved an assessment yet."))
        move_review(review, actor, ReviewState.READY, verb="review.ready")
    return review


def save_checked(row: Any, values: Values, allowed: Collection[str]) -> None:
    """Set the allowed columns, validate the row, save it. Raises ``InvalidInput`` with the field at fault."""
    unknown = set(values).difference(allowed)
    if unknown:
        raise InvalidInput({name: [_("This cannot be set here.")] for name in sorted(unknown)})
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        raise InvalidInput(error.message_dict) from error
    row.save()


def _require_text(values: Values) -> None:
    missing = {
        "findings": _("Name the findings that matter, or say that you cannot assess the case."),
        "options": _("Name at least one option, or say that you cannot assess the case."),
        "confidence": _("Say how confident you are, 1 to 5."),
    }
    errors = {name: [text] for name, text in missing.items() if not str(values.get(name) or "").strip()}
    if errors:
        raise InvalidInput(errors)


def _require_no_open_ballot(review: Review) -> None:
    if review.state not in OPEN_REVIEW_STATES:
        raise Conflict(_("This review is over."))
    if review.ballots.filter(state="open").exists():
        raise Conflict(_("The voting is open; options can no longer be changed."))
