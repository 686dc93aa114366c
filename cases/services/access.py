"""Who holds what on a case: grants, recusals, emergency access."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, EmergencyAccess, Recusal
from cases.models.case import OPEN_STATES
from iltb.accounts.enums import Expertise, Role
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.accounts.roles import Relation
from iltb.accounts.services import grant, register_grants, revoke, role_group
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, NotAllowed

# The case, who sits there, and what they were asked for.
SeatSource = Callable[[], Iterable[tuple[Case, User, str]]]
_seat_sources: list[SeatSource] = []


def register() -> None:
    """Tell ``sync_grants`` about cases; boards adds the holders of seats by ``seat_source``."""
    register_grants("cases.Case", _wanted)


def seat_source(source: SeatSource) -> None:
    """Register a function that yields case, user and expertise for every seat: upper apps know seats."""
    _seat_sources.append(source)


def _wanted() -> Iterator[tuple[models.Model, Relation, User | Group]]:
    coordinators, chairs = role_group(Role.COORDINATOR), role_group(Role.CHAIR)
    for case in Case.objects.select_related("centre__group"):
        yield case, Relation.CENTRE_TEAM, case.centre.group
        if case.submitted_at is not None:
            yield case, Relation.COORDINATOR, coordinators
            yield case, Relation.CHAIR, chairs
    for source in _seat_sources:
        for case, user, expertise in source():
            yield case, _relation(user, expertise), user


def _relation(user: User, expertise: str) -> Relation:
    """Geneticists of the panel read germline results: who was asked as one, or is one."""
    return Relation.GENETICS_SEAT if Expertise.BIOLOGY in (expertise, *user.expertise) else Relation.SEAT


def open_to_centre(case: Case) -> None:
    """The team of the case's centre may fill it in and follow it."""
    grant(case, Relation.CENTRE_TEAM, case.centre.group)


def open_to_board(case: Case) -> None:
    """Coordinators and chairs may see a case from its first submission on."""
    grant(case, Relation.COORDINATOR, role_group(Role.COORDINATOR))
    grant(case, Relation.CHAIR, role_group(Role.CHAIR))


def open_to_seat(*, case: Case, user: User, expertise: str = "") -> None:
    """An expert on a seat may read what is released; germline results as a geneticist only."""
    grant(case, _relation(user, expertise), user)


def close_to_seat(*, case: Case, user: User) -> None:
    """The seat has ended."""
    revoke(case, user)


def recuse(*, case: Case, user: User, actor: User) -> None:
    """Keep ``user`` from the case from now on, whatever grants they hold."""
    with transaction.atomic():
        _row, created = Recusal.objects.get_or_create(case=case, user=user, lifted_at=None)
        if created:
            record("case.recused", subject=case, actor=actor, user=str(user.pk))


def release_germline(*, case: Case, actor: User) -> Case:
    """The chair shows the germline results to the whole panel, because they matter for the advice. It stays so."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        require(actor, "release_germline", case)
        if case.state not in OPEN_STATES:
            raise Conflict(_("This case is over; it can no longer be changed."))
        if case.germline_released_at is None:
            case.germline_released_at, case.germline_released_by = timezone.now(), actor
            case.save(update_fields=["germline_released_at", "germline_released_by"])
            record("case.germline_released", subject=case, actor=actor)
    return case


def take_emergency_access(*, case: Case, actor: User, reason: str, minutes: int = 60) -> EmergencyAccess:
    """Open a case to an operator for at most 60 minutes; the reason (20 characters or more) is kept and audited."""
    if not actor.has_role(Role.OPERATOR):
        raise NotAllowed(_("Emergency access is for operators."))
    if len(reason.strip()) < 20 or not 1 <= minutes <= 60:
        raise InvalidInput({"reason": [_("Give a reason of at least 20 characters and 1 to 60 minutes.")]})
    with transaction.atomic():
        now = timezone.now()
        access = EmergencyAccess.objects.create(
            case=case,
            user=actor,
            reason=reason.strip(),
            starts_at=now,
            ends_at=now + timedelta(minutes=minutes),
        )
        record("case.emergency_access", subject=case, actor=actor, minutes=minutes)
    return access
