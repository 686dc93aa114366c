"""Match a frozen revision with the published catalogue, and release the list to the treating physician."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import CaseRevision
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import Conflict
from iltb.core.jobs import enqueue_on_commit, run_job
from iltb.core.models import JobState
from trials.availability import availability_of, open_countries
from trials.enums import Availability
from trials.matching import ENGINE
from trials.matching.criteria import Node, parse
from trials.matching.evaluate import Outcome
from trials.matching.explain import CriterionResult, Explanation, explain
from trials.matching.facts import Facts, facts_of
from trials.matching.order import Cohort, order_vector
from trials.models import Arm, Match, MatchRun
from trials.queries import recruitment_of, trees
from trials.queries.recruitment import country_of
from trials.services.changes import note_changes

if TYPE_CHECKING:
    from django.db.models import QuerySet

_UNREADABLE: Final = parse(
    {
        "id": "I-00",
        "fact": "unread_criteria",
        "op": "unread",
        "kind": "inclusion",
        "text": "The criteria of this cohort cannot be read by this version of the portal.",
    }
)


@dataclass(frozen=True)
class ArmMatch:
    """One cohort of a run before it is stored; ``carried_from`` is the run that evaluated it, ``None`` for this one."""

    arm_id: UUID
    outcome: str
    availability: str
    explanation: list[dict[str, object]]
    order: tuple[int | str, ...]
    valid_for_days: int | None
    carried_from: UUID | None


@dataclass(frozen=True)
class RunResult:
    """Everything that a run found, in order; ``carried_until`` is how long what it took over from a run stands."""

    catalogue: str
    evaluated_on: date
    matches: tuple[ArmMatch, ...]
    carried_until: date | None = None

    @property
    def valid_until(self) -> date | None:
        """The first day on which an age border may change an outcome."""
        days = [match.valid_for_days for match in self.matches if match.valid_for_days is not None]
        borders = [self.evaluated_on + timedelta(days=min(days))] if days else []
        return min([*borders, *([self.carried_until] if self.carried_until else [])], default=None)


def request_match_run(revision: CaseRevision) -> MatchRun | None:
    """Ask for a match of ``revision``; a run that is waiting already serves.

    Returns ``None`` where an installation has matching switched off (setting ``ILTB_MATCHING``).
    """
    if not getattr(settings, "ILTB_MATCHING", True):
        return None
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(revision=revision)
    except IntegrityError:
        run = MatchRun.objects.get(revision=revision, state=JobState.PENDING)
    enqueue_on_commit("trials.run_match", run_id=str(run.pk))
    return run


def request_match_runs(revisions: Iterable[UUID]) -> int:
    """Ask for a match of many revisions; one that waits already serves. Returns how many were named.

    The sweep finds the rows at once: no nudge for each of what may be thousands.
    """
    runs = [MatchRun(revision_id=revision, next_try_at=timezone.now()) for revision in revisions]
    return len(MatchRun.objects.bulk_create(runs, ignore_conflicts=True, batch_size=500))


def run_match(run_id: str) -> None:
    """Do one match run exactly once, then store the list and what changed since the last one in one transaction.

    Criteria that the last run of the same revision evaluated are taken over where the cohort is still current and
    neither the engine nor an age or wash-out has moved on since; recruitment is always that of today.
    """
    run_job(MatchRun, run_id, work=_evaluate, finish=_store)


def release_matches(*, run: MatchRun, actor: User) -> MatchRun:
    """Show the list to the treating physician, marked as not yet discussed by the board."""
    with transaction.atomic():
        run = MatchRun.objects.select_for_update(of=("self",)).select_related("revision__case").get(pk=run.pk)
        require(actor, "triage_case", run.revision.case)
        if run.state != JobState.DONE:
            raise Conflict(_("The list is not ready yet."))
        if run.released_at is not None:
            raise Conflict(_("The list has been released already."))
        run.released_at, run.released_by = timezone.now(), actor
        run.save(update_fields=["released_at", "released_by"])
        record("matches.released", subject=run.revision.case, actor=actor, revision=run.revision.number)
    return run


def _evaluate(run: MatchRun) -> RunResult:
    today = timezone.localdate()
    facts, country = facts_on(run.revision, today), country_of(run.revision)
    arms = list(current_arms())
    base = _base_of(run.revision, today)
    earlier: Mapping[UUID, Match] = {match.arm_id: match for match in base.matches.all()} if base else {}
    found = [_match(arm, earlier.get(arm.pk), facts=facts, country=country, today=today) for arm in arms]
    return RunResult(
        catalogue=_fingerprint(arms),
        evaluated_on=today,
        matches=tuple(sorted(found, key=lambda match: match.order)),
        carried_until=base.valid_until if base and any(match.carried_from for match in found) else None,
    )


def current_arms() -> "QuerySet[Arm]":
    """Return every cohort that takes part in matching, with what its recruitment depends on."""
    arms = Arm.objects.current().select_related("version__trial").prefetch_related("version__trial__sites")
    return arms.order_by("pk")


def facts_on(revision: CaseRevision, day: date) -> Facts:
    """Return what a revision states, with ages and times as of ``day``."""
    return facts_of(revision.content, elapsed_days=(day - timezone.localdate(revision.created_at)).days)


def availability_on(arm: Arm, *, country: str, today: date) -> Availability:
    """Return whether a cohort can be entered by a patient in ``country``."""
    version = arm.version
    return availability_of(
        recruitment_of(arm, today=today),
        country=country,
        countries=open_countries((site.country_code, site.status) for site in version.trial.sites.all()),
        countries_complete=version.countries_complete,
    )


def _base_of(revision: CaseRevision, today: date) -> MatchRun | None:
    """Return the last run of the same revision when its criteria still stand."""
    done = MatchRun.objects.filter(revision=revision, state=JobState.DONE).order_by("-created_at").first()
    return done if done is not None and done.stands_on(today, engine=ENGINE) else None


def tree_of(arm: Arm) -> Node:
    """Return the tree of a published cohort; an unreadable one becomes one open question."""
    return trees.tree_of(arm) or _UNREADABLE


def _fingerprint(arms: Sequence[Arm]) -> str:
    """Return one hash for the versions of all trials that took part."""
    parts = sorted({f"{arm.version.trial.key} {arm.version.number} {arm.version.fingerprint}" for arm in arms})
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _match(arm: Arm, earlier: Match | None, *, facts: Facts, country: str, today: date) -> ArmMatch:
    version, trial, tree = arm.version, arm.version.trial, tree_of(arm)
    carried = None if earlier is None else _explanation_of(earlier)
    explanation = carried or explain(tree, facts)
    availability = availability_on(arm, country=country, today=today)
    checked_on = recruitment_of(arm, today=today).checked_on
    cohort = Cohort(
        key=f"{trial.key}/{arm.key}",
        availability=availability.value,
        phase=int(version.phase[-1]) if version.phase else 0,
        days_since_check=None if checked_on is None else (today - checked_on).days,
    )
    return ArmMatch(
        arm_id=arm.pk,
        outcome=explanation.outcome.value,
        availability=availability.value,
        explanation=explanation.to_json()["criteria"],
        order=order_vector(tree, explanation, cohort),
        valid_for_days=explanation.valid_for_days,
        carried_from=(earlier.carried_from_id or earlier.run_id) if earlier and carried else None,
    )


def _explanation_of(match: Match) -> Explanation | None:
    """Return a stored explanation, ``None`` for one that says other things than explanations do now."""
    rows: Sequence[dict[str, Any]] = match.explanation
    try:
        return Explanation(Outcome(match.outcome), tuple(CriterionResult(**row) for row in rows), None)
    except TypeError:
        return None


def _store(run: MatchRun, result: RunResult) -> None:
    run.catalogue, run.engine, run.evaluated_on = result.catalogue, ENGINE, result.evaluated_on
    run.valid_until = result.valid_until
    run.save(update_fields=["catalogue", "engine", "evaluated_on", "valid_until"])
    Match.objects.bulk_create(
        Match(
            run=run,
            arm_id=found.arm_id,
            rank=rank,
            outcome=found.outcome,
            availability=found.availability,
            explanation=found.explanation,
            order=list(found.order),
            carried_from_id=found.carried_from,
        )
        for rank, found in enumerate(result.matches, start=1)
    )
    changes = note_changes(run)
    case, revision = run.revision.case, run.revision.number
    record("matches.found", subject=case, revision=revision, cohorts=len(result.matches), changes=changes)
