"""What became of the cohorts of one case between two of its lists, and who of the board has seen it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.audit.services import record
from iltb.core.errors import NotAllowed
from iltb.core.models import JobState
from trials.enums import Availability, ChangeCause, ChangeEffect, MatchOutcome
from trials.models import Match, MatchChange, MatchRun, Trial

_FITS: Final = frozenset({MatchOutcome.NO_CRITERION_FAILS, MatchOutcome.POSSIBLE})
_ENTERABLE: Final = frozenset({Availability.RECRUITING, Availability.RECRUITING_UNCONFIRMED})
_CLOSED: Final = frozenset({Availability.CLOSED, Availability.FULL})
CohortKey: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Stand:
    """How one cohort stood in one list."""

    arm_id: UUID
    outcome: str
    availability: str

    @property
    def fits(self) -> bool:
        """No criterion fails by the submitted data, and the cohort can be entered in the case's country."""
        return self.outcome in _FITS and self.availability in _ENTERABLE


def cohort_key(trial: UUID, arm_key: str) -> CohortKey:
    """Return what names a cohort over all versions of its trial."""
    return f"{trial}/{arm_key}"


def stands_of(run: MatchRun) -> dict[CohortKey, Stand]:
    """Return how each cohort stood in a stored list."""
    rows = Match.objects.filter(run=run).values_list(
        "arm__version__trial", "arm__key", "arm_id", "outcome", "availability"
    )
    return {
        cohort_key(trial, key): Stand(arm, outcome, availability) for trial, key, arm, outcome, availability in rows
    }


def effect_of(before: Stand | None, after: Stand | None) -> ChangeEffect | None:
    """Return what a change means, ``None`` for one that tells nobody anything.

    A cohort that is in no list counts as one whose criteria are not met. Nothing is told of one that is closed before
    and after, of a recruitment that grew old, or of a recruitment that moved where a criterion fails anyway.
    """
    if before is not None and before.fits:
        if after is None or not after.fits:
            return ChangeEffect.FITS_NO_LONGER
    elif after is not None and after.fits:
        return ChangeEffect.FITS_NOW
    if _is_closed(before) and _is_closed(after):
        return None
    old, new = _outcome(before), _outcome(after)
    moved = before is not None and after is not None and _place(before) != _place(after)
    return ChangeEffect.DIFFERS if old != new or (moved and new in _FITS) else None


def differences(
    before: Mapping[CohortKey, Stand], after: Mapping[CohortKey, Stand]
) -> dict[CohortKey, tuple[Stand | None, Stand | None, ChangeEffect]]:
    """Return the cohorts that came out otherwise in a way that matters, with both stands."""
    found = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        effect = None if old == new else effect_of(old, new)
        if effect is not None:
            found[key] = (old, new, effect)
    return found


def note_changes(run: MatchRun) -> int:
    """Write what differs from the list before, in the transaction that stores ``run``; returns how many cohorts.

    The first list of a case and one of an outdated revision change nothing.
    """
    runs = MatchRun.objects.filter(revision__case=run.revision.case_id).exclude(pk=run.pk)
    done = runs.filter(state=JobState.DONE).order_by("-revision__number", "-created_at")
    base = done.select_related("revision").first()
    if base is None or base.revision.number > run.revision.number:
        return 0
    found = differences(stands_of(base), stands_of(run)).values()
    rows = [
        MatchChange(
            run=run,
            case_id=run.revision.case_id,
            arm_id=(after or before).arm_id,  # type: ignore[union-attr]  # one of the two is there
            cause=_cause(base, run, before, after),
            effect=effect,
            outcome_before=before.outcome if before else "",
            outcome_after=after.outcome if after else "",
            availability_before=before.availability if before else "",
            availability_after=after.availability if after else "",
        )
        for before, after, effect in found
    ]
    return len(MatchChange.objects.bulk_create(rows))


def may_see_changes(user: User) -> bool:
    """Whether ``user`` gets the list of changes."""
    return user.is_active and user.has_role(Role.COORDINATOR, Role.CHAIR)


def mark_seen(*, changes: Collection[UUID], actor: User) -> int:
    """Note that somebody of the board looked at these changes; returns how many were new to the board.

    Tells nobody else. Those that are not for ``actor`` or were seen before are left alone.
    """
    if not may_see_changes(actor):
        raise NotAllowed(_("Coordinators and chairs look through what changed."))
    with transaction.atomic():
        unseen = MatchChange.objects.visible_to(actor).unseen().filter(pk__in=changes)
        rows = list(unseen.select_for_update(of=("self",)).select_related("arm__version__trial").order_by("pk"))
        MatchChange.objects.filter(pk__in=[row.pk for row in rows]).update(seen_at=timezone.now(), seen_by=actor)
        for trial, count in _by_trial(rows).items():
            record("matches.changes_seen", subject=trial, actor=actor, changes=count)
    return len(rows)


def _by_trial(rows: Collection[MatchChange]) -> Mapping[Trial, int]:
    return Counter(row.arm.version.trial for row in rows)


def _cause(base: MatchRun, run: MatchRun, before: Stand | None, after: Stand | None) -> ChangeCause:
    if base.revision_id != run.revision_id:
        return ChangeCause.REVISION
    if before is None or after is None or before.arm_id != after.arm_id:
        return ChangeCause.VERSION
    if before.outcome == after.outcome:
        return ChangeCause.STATUS
    return ChangeCause.DATE if base.engine == run.engine else ChangeCause.ENGINE


def _outcome(stand: Stand | None) -> str:
    return MatchOutcome.CRITERION_NOT_MET if stand is None else stand.outcome


def _place(stand: Stand) -> str:
    """Recruitment as far as it matters here: one that nobody confirmed lately is still open."""
    return Availability.RECRUITING if stand.availability in _ENTERABLE else stand.availability


def _is_closed(stand: Stand | None) -> bool:
    return stand is None or stand.availability in _CLOSED
