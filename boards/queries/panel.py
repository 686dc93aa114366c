"""The people of a review: seats, who may still be asked, meetings to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.enums import InterestLevel, MeetingState, SeatState
from boards.models import Meeting, Review, Seat
from boards.queries.rows import asked
from boards.queries.words import moment
from boards.visibility import Content, Viewer, is_shown
from iltb.accounts.enums import Expertise, Role
from iltb.accounts.models import Membership, User

_TONES = {SeatState.ACCEPTED: "good", SeatState.DECLINED: "bad", SeatState.INVITED: ""}


@dataclass(frozen=True)
class SeatRow:
    """One expert; ``assessment`` is "" where it must not be told."""

    name: str
    expertise: str
    state: str
    tone: str
    interest: str
    interest_text: str
    assessment: str
    is_in: bool
    is_own: bool


@dataclass(frozen=True)
class ExpertChoice:
    """One expert in a list; one of the submitting hospital is shown, so that nobody wonders, but not offered."""

    pk: str
    name: str
    expertise: str
    is_of_own_hospital: bool

    def __str__(self) -> str:
        if self.is_of_own_hospital:
            return _("%(name)s – submitting hospital, not possible") % {"name": self.name}
        return f"{self.name} – {self.expertise}" if self.expertise else self.name


def seat_rows(*, review: Review, seats: Sequence[Seat], user: User, viewer: Viewer) -> list[SeatRow]:
    """The panel as ``viewer`` may know it. ``seats`` carry ``has_assessed``."""
    return [_seat_row(seat, is_own=seat.user_id == user.pk, viewer=viewer, state=review.state) for seat in seats]


def _seat_row(seat: Seat, *, is_own: bool, viewer: Viewer, state: str) -> SeatRow:
    tells_interest = is_own or is_shown(Content.INTERESTS, viewer=viewer, state=state)
    tells_who_is_in = is_own or is_shown(Content.PARTICIPATION, viewer=viewer, state=state)
    is_in = tells_who_is_in and asked(seat, "has_assessed")
    return SeatRow(
        name=seat.user.full_name,
        expertise=seat.get_expertise_display(),
        state=_("has declared") if seat.state == SeatState.ACCEPTED else seat.get_state_display(),
        tone=_TONES.get(SeatState(seat.state), ""),
        interest=_interest(seat.interest_level) if tells_interest else "",
        interest_text=seat.interest_text if tells_interest else "",
        assessment=(_("in") if is_in else _("not in")) if tells_who_is_in else "",
        is_in=is_in,
        is_own=is_own,
    )


def _interest(level: str) -> str:
    words = {
        InterestLevel.NONE: _("none"),
        InterestLevel.OWN_PATIENT: _("own patient or hospital: stepped back"),
        InterestLevel.FINANCIAL: _("financial: does not vote on that option"),
        InterestLevel.INVESTIGATOR: _("investigator of a listed trial: disclosed"),
    }
    return words[InterestLevel(level)] if level else _("not declared yet")


def expert_choices(review: Review) -> list[ExpertChoice]:
    """Active experts without a seat here; those of the submitting hospital marked."""
    own_hospital = Membership.objects.filter(user=OuterRef("pk"), centre=review.case.centre_id)
    experts = User.objects.filter(
        Exists(Membership.objects.filter(user=OuterRef("pk"), role=Role.EXPERT)),
        ~Exists(Seat.objects.filter(user=OuterRef("pk"), review=review)),
        is_active=True,
    ).annotate(is_of_own_hospital=Exists(own_hospital))
    return [
        ExpertChoice(
            pk=str(expert.pk),
            name=expert.full_name,
            expertise=", ".join(str(Expertise(name).label) for name in expert.expertise),
            is_of_own_hospital=expert.is_of_own_hospital,
        )
        for expert in experts.order_by("full_name")
    ]


def meeting_choices(review: Review) -> list[tuple[str, str]]:
    """Meetings of the review's board that are not over."""
    over = [MeetingState.CLOSED, MeetingState.CANCELLED]
    meetings = Meeting.objects.filter(board=review.board_id).exclude(state__in=over)
    recent = meetings.filter(starts_at__gt=timezone.now() - timedelta(days=1))
    return [(str(meeting.pk), moment(meeting.starts_at, review.board.time_zone)) for meeting in recent]
