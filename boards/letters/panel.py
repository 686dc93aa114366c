"""Who took part, whether they were enough, and what interests they disclosed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from boards.enums import InterestLevel
from boards.letters import wording
from boards.letters.context import Panel, Participant
from boards.letters.material import Material
from boards.models import Seat
from cases.queries import words
from iltb.accounts.enums import Expertise


def panel(material: Material) -> Panel:
    """The participants by name and part. Votes are shown as counts only, never by name."""
    return Panel(
        participants=tuple(_participants(material)),
        quorum=_quorum(material),
        recusals=tuple(
            _("%(name)s stepped back from this case: own patient or own hospital.") % {"name": name}
            for name in material.recused
        ),
    )


def _participants(material: Material) -> Iterator[Participant]:
    chair, drafter = material.signed_by, material.advice.drafted_by
    seated = {seat.user_id for seat in material.seats}
    yield Participant(name=chair.full_name, part=_("chair"), voted=_("no vote"), interest=_("no declaration recorded"))
    for seat in material.seats:
        yield Participant(
            name=seat.user.full_name,
            part=_("expert: %(expertise)s") % {"expertise": seat.get_expertise_display()},
            voted=_("voted") if seat.pk in material.voters else _("did not vote"),
            interest=_interest(seat),
        )
    if drafter.pk not in seated | {chair.pk}:
        yield Participant(
            name=drafter.full_name,
            part=_("coordinator, drafted the letter"),
            voted=_("no vote"),
            interest=_("no declaration recorded"),
        )


def _interest(seat: Seat) -> str:
    if seat.interest_level == InterestLevel.FINANCIAL:
        return _("financial: %(text)s") % {"text": seat.interest_text}
    if seat.interest_level == InterestLevel.INVESTIGATOR:
        return _("investigator of a trial: %(text)s") % {"text": seat.interest_text}
    return _("none declared")


def _quorum(material: Material) -> str:
    result: dict[str, Any] = material.ballot.result or {}
    needed = wording.joined([words.label(Expertise, code) for code in result["rule"]["quorum_expertise"]])
    rule = _("%(experts)s voting experts") % {"experts": result["rule"]["quorum"]}
    if needed:
        rule = _("%(rule)s, with expertise in %(needed)s among them") % {"rule": rule, "needed": needed}
    values = {"voters": result["voters"], "rule": rule}
    if result["quorum_reached"]:
        return _("Quorum reached: %(voters)s experts voted; needed are at least %(rule)s.") % values
    text = _("Quorum not reached: %(voters)s experts voted; needed are at least %(rule)s.") % values
    absent = [words.label(Expertise, code) for code in result["missing_expertise"]]
    return text + (" " + _("Missing: %(names)s.") % {"names": wording.joined(absent)} if absent else "")
