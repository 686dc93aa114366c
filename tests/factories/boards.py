"""Reviews in the states that tests need, made through the services."""

from dataclasses import dataclass, field

from django.utils import timezone

from boards.models import Advice, Ballot, Board, Letter, Option, Review, Seat
from boards.services.advising import draft_advice, edit_advice, hand_to_chair, render_letter, sign_advice
from boards.services.assessing import assess, open_to_panel, propose_option
from boards.services.assigning import declare_interest, seat_expert, start_assessing, the_board
from boards.services.voting import cast_vote, close_voting, open_voting
from cases.models import Case
from iltb.accounts.enums import Expertise
from iltb.accounts.models import User
from tests.factories.accounts import chair, coordinator, expert
from tests.factories.cases import submitted_case
from tests.factories.remembered import remembered

PANEL = (
    Expertise.DISEASE,
    Expertise.BIOLOGY,
    Expertise.EARLY_PHASE,
    Expertise.FLOW,
    Expertise.FUNCTIONAL,
)
ASSESSMENT = {"findings": "IL7R is the driver.", "options": "1. JAK route in a trial", "confidence": 4}
OPTION = {
    "type": "off_label_targeted",
    "title": "Ruxolitinib with venetoclax and dexamethasone",
    "targets": "IL7R",
    "rationale": "Gain of function of IL7R; ex-vivo data agree only in part.",
    "strength": "conditional",
    "evidence": "intermediate",
    "access_route": "off_label_other",
}


@dataclass
class Panel:
    """A review with the people around it."""

    case: Case
    review: Review
    coordinator: User
    chair: User
    experts: list[User] = field(default_factory=list)

    def seat(self, number: int = 0) -> Seat:
        return self.review.seats.get(user=self.experts[number])

    def fresh(self) -> Review:
        return Review.objects.get(pk=self.review.pk)

    @property
    def physician(self) -> User:
        return self.case.author


def board() -> Board:
    return the_board()


@remembered
def opened_review(by: User | None = None) -> Panel:
    """Accepted; nobody seated."""
    from cases.services.triage import accept_case

    board()
    case, office = submitted_case(by), coordinator()
    accept_case(case=case, actor=office)
    return Panel(Case.objects.get(pk=case.pk), case.reviews.get(), office, chair())


@remembered
def seated_review(by: User | None = None) -> Panel:
    """Five experts seated, assessment phase open, nobody has declared."""
    panel = opened_review(by)
    for expertise in PANEL:
        user = expert(expertise)
        seat_expert(review=panel.review, user=user, expertise=expertise, actor=panel.coordinator)
        panel.experts.append(user)
    start_assessing(review=panel.review, actor=panel.coordinator)
    panel.review = panel.fresh()
    return panel


@remembered
def declared_review(by: User | None = None) -> Panel:
    """Everybody has declared no interest."""
    panel = seated_review(by)
    for number in range(len(panel.experts)):
        declare_interest(seat=panel.seat(number), actor=panel.experts[number], level="none")
    return panel


@remembered
def assessed_review(by: User | None = None, options: int = 1) -> Panel:
    """Everybody has assessed, the panel may read, options are proposed."""
    panel = declared_review(by)
    for number, user in enumerate(panel.experts):
        assess(seat=panel.seat(number), actor=user, values=dict(ASSESSMENT))
    open_to_panel(review=panel.review, actor=panel.coordinator)
    for number in range(options):
        values = {**OPTION, "title": f"{OPTION['title']} {number + 1}"}
        propose_option(review=panel.fresh(), actor=panel.coordinator, values=values)
    panel.review = panel.fresh()
    return panel


@remembered
def open_ballot(by: User | None = None, options: int = 1) -> tuple[Panel, Ballot]:
    panel = assessed_review(by, options)
    return panel, open_voting(review=panel.review, actor=panel.coordinator)


def options_of(panel: Panel) -> list[Option]:
    return list(panel.review.options.select_related("review__board"))


@remembered
def voted_review(by: User | None = None, options: int = 1, position: str = "for") -> tuple[Panel, Ballot]:
    """All voted the same, the chair closed the voting."""
    panel, ballot = open_ballot(by, options)
    for user in panel.experts:
        for option in options_of(panel):
            cast_vote(option=option, expert=user, position=position)
    return panel, close_voting(ballot=ballot, actor=panel.chair)


def asked_again(panel: Panel, number: int = 0, expertise: str = Expertise.DISEASE) -> Panel:
    """The case came back with an answer; one expert of the review that is over was seated on the next."""
    from cases.services.submission import answer_query, submit_case
    from cases.services.triage import accept_case, query_case

    query_case(case=panel.case, actor=panel.coordinator, text="Is the CSF flow known by now?")
    answer_query(query=panel.case.queries.get(), actor=panel.physician, answer="Yes, negative.")
    submit_case(case=panel.case, actor=panel.physician)
    accept_case(case=panel.case, actor=panel.coordinator)
    again = Panel(
        panel.case, Review.objects.open().get(case=panel.case), panel.coordinator, panel.chair, [panel.experts[number]]
    )
    seat_expert(review=again.review, user=again.experts[0], expertise=expertise, actor=panel.coordinator)
    return again


@remembered
def advice_with_chair(by: User | None = None) -> tuple[Panel, Advice]:
    panel, _ballot = voted_review(by)
    advice = draft_advice(review=panel.fresh(), actor=panel.coordinator)
    texts = {"summary": "Ruxolitinib-based bridge, then transplant.", "first_step": "Call the trial office."}
    advice = edit_advice(advice=advice, actor=panel.coordinator, values=texts, version=advice.version)
    return panel, hand_to_chair(advice=advice, actor=panel.coordinator)


@remembered
def signed_letter(by: User | None = None) -> tuple[Panel, Letter]:
    """Signed; the letter is still to be made."""
    panel, advice = advice_with_chair(by)
    signed = sign_advice(
        advice=advice,
        actor=panel.chair,
        version=advice.version,
        authenticated_at=timezone.now(),
    )
    return panel, signed.letter


def stored_letter(by: User | None = None) -> tuple[Panel, Letter]:
    """The PDF is there and the physician was told."""
    panel, letter = signed_letter(by)
    render_letter(str(letter.pk))
    return panel, Letter.objects.get(pk=letter.pk)
