"""The demonstration: people, and eight invented cases in different states, all made through the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from boards.models import FollowUp, Review
from boards.services.advising import draft_advice, edit_advice, hand_to_chair, sign_advice
from boards.services.assessing import assess, open_to_panel, propose_option
from boards.services.assigning import declare_interest, seat_expert, start_assessing, the_board
from boards.services.following_up import answer_follow_up
from boards.services.scheduling import plan_meeting, put_on_meeting
from boards.services.voting import cast_vote, close_voting, open_voting
from cases.importers.vignette import Imported, import_case
from cases.models import Case
from cases.services.submission import submit_case
from cases.services.triage import accept_case, query_case
from iltb.accounts.enums import Expertise, Role
from iltb.accounts.models import Centre, User
from iltb.accounts.services import give_role, open_centre
from iltb.core.errors import Conflict
from trials.queries import open_arm

PASSWORD: Final = "demo-only-2026"  # noqa: S105 -- known to all: demo settings alone create these accounts
VIGNETTES: Final = Path(settings.BASE_DIR) / "cases" / "data" / "vignettes"
WORK: Final = Path(__file__).parent / "data" / "demo.yaml"

EXPERTS: Final = (
    ("expert1", "Dr Ingrid Aalto", Expertise.DISEASE),
    ("expert2", "Dr Paolo Ferri", Expertise.BIOLOGY),
    ("expert3", "Dr Noor Haddad", Expertise.EARLY_PHASE),
    ("expert4", "Dr Jan Kovář", Expertise.CELL_THERAPY),
    ("expert5", "Dr Maeve Quinn", Expertise.FUNCTIONAL),
    ("expert6", "Dr Elif Soysal", Expertise.PHARMACY),
)
Work = Mapping[str, Any]


@dataclass(frozen=True)
class Cast:
    """Everybody who acts in the demonstration."""

    physician: User
    centre: Centre
    coordinator: User
    chair: User
    experts: tuple[User, ...]


def seed() -> list[Imported]:
    """Create people and cases once; a second call finds them and does nothing.

    Refuses outside the demo and test settings.
    """
    if not settings.ILTB_DEMO:
        raise Conflict("The demonstration is created with the demo settings only.")
    if User.objects.filter(email="physician@demo.example").exists():
        return []
    with transaction.atomic():
        people = _people()
        work = yaml.safe_load(WORK.read_text(encoding="utf-8"))
        meeting = plan_meeting(
            board=the_board(),
            starts_at=(timezone.now() + timedelta(days=2)).replace(hour=15, minute=0, second=0, microsecond=0),
            actor=people.coordinator,
        )
        imported = []
        for name in ("V8", "V11", "V6", "V7", "V5", "V3", "V2", "V1"):
            document = yaml.safe_load((VIGNETTES / f"{name}.yaml").read_text(encoding="utf-8"))
            imported.append(import_case(document, actor=people.physician, centre=people.centre))
            if name != "V8":
                _submitted(imported[-1].case, people, work[name])
            if "panel" in work[name]:
                review = imported[-1].case.reviews.get()
                put_on_meeting(review=review, meeting=meeting, actor=people.coordinator)
                _reviewed(review, people, work[name])
    return imported


def _people() -> Cast:
    centre = open_centre(name="Children's Hospital Noordhaven", country_code="NL")
    other = open_centre(name="Hospital Infantil Monteverde", country_code="ES")
    physician = _person("physician", "Dr Sanne de Wit", Role.REFERRING_PHYSICIAN, centre)
    _person("physician2", "Dr Lucía Romero", Role.REFERRING_PHYSICIAN, other)
    _person("coordinator2", "Jonas Keller", Role.COORDINATOR)
    _person("observer", "Dr Tom Brandt", Role.OBSERVER)
    _person("operator", "Kim Okafor", Role.OPERATOR)
    experts = []
    for login, full_name, expertise in EXPERTS:
        user = _person(login, full_name, Role.EXPERT)
        user.expertise = [expertise]
        user.save(update_fields=["expertise"])
        experts.append(user)
    return Cast(
        physician=physician,
        centre=centre,
        coordinator=_person("coordinator", "Marit Jansen", Role.COORDINATOR),
        chair=_person("chair", "Prof. Amélie Laurent", Role.CHAIR),
        experts=tuple(experts),
    )


def _person(login: str, full_name: str, role: Role, centre: Centre | None = None) -> User:
    user = User.objects.create_user(email=f"{login}@demo.example", password=PASSWORD, full_name=full_name)
    give_role(user=user, role=role, centre=centre)
    return user


def _submitted(case: Case, people: Cast, work: Work) -> None:
    submit_case(case=case, actor=people.physician)
    if "query" in work:
        query_case(case=case, actor=people.coordinator, text=work["query"])
    if "panel" in work:
        accept_case(case=case, actor=people.coordinator)


def _reviewed(review: Review, people: Cast, work: Work) -> None:
    """Seat, declare, assess, and as far on as the case's script goes."""
    panel = people.experts[: len(work["panel"])]
    for user, expertise in zip(panel, work["panel"], strict=True):
        seat_expert(review=review, user=user, expertise=expertise, actor=people.coordinator)
    start_assessing(review=review, actor=people.coordinator)
    for user in panel:
        declare_interest(seat=review.seats.get(user=user), actor=user, level="none")
    for user, values in zip(panel, work["assessments"], strict=False):
        assess(seat=review.seats.get(user=user), actor=user, values=values)
    if work["options"]:
        _voted(review, people, work, panel)


def _voted(review: Review, people: Cast, work: Work, panel: tuple[User, ...]) -> None:
    open_to_panel(review=review, actor=people.coordinator)
    options = []
    for row in work["options"]:
        values = {key: value for key, value in row.items() if key != "trial"}
        if "trial" in row:
            values["arm"] = open_arm(row["trial"])
        options.append(propose_option(review=review, actor=people.coordinator, values=values))
    ballot = open_voting(review=review, actor=people.coordinator)
    for user, positions in zip(panel, work["votes"], strict=False):
        for option, position in zip(options, positions, strict=True):
            cast_vote(option=option, expert=user, position=position)
    if "advice" in work:
        close_voting(ballot=ballot, actor=people.chair)
        _advised(review, people, work)


def _advised(review: Review, people: Cast, work: Work) -> None:
    advice = draft_advice(review=review, actor=people.coordinator)
    advice = edit_advice(advice=advice, actor=people.coordinator, values=work["advice"], version=advice.version)
    advice = hand_to_chair(advice=advice, actor=people.coordinator)
    if "discordance" in work["advice"]:
        return
    signed = sign_advice(
        advice=advice,
        actor=people.chair,
        version=advice.version,
        authenticated_at=timezone.now(),
    )
    if "follow_up" in work:
        first = FollowUp.objects.filter(signed=signed).earliest("due_at")
        answer_follow_up(follow_up=first, actor=people.physician, values=work["follow_up"])
