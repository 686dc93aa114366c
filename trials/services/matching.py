"""Match a frozen revision with the published catalogue, and release the list to the treating physician."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final
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
from trials.availability import availability_of
from trials.matching import ENGINE
from trials.matching.criteria import CriterionError, Node, parse
from trials.matching.explain import explain
from trials.matching.facts import Facts, facts_of
from trials.matching.order import Cohort, order_vector
from trials.models import Arm, Match, MatchRun
from trials.queries import recruitment_of

log = logging.getLogger(__name__)

_UNREADABLE: Final = {
    "id": "I-00",
    "fact": "unread_criteria",
    "op": "unread",
    "kind": "inclusion",
    "text": "The criteria of this cohort cannot be read by this version of the portal.",
}
_TREES_KEPT: Final = 20_000
_trees: dict[UUID, Node] = {}


@dataclass(frozen=True)
class ArmMatch:
    """One cohort of a run before it is stored."""

    arm_id: UUID
    outcome: str
    availability: str
    explanation: list[dict[str, object]]
    order: tuple[int | str, ...]
    valid_for_days: int | None


@dataclass(frozen=True)
class RunResult:
    """Everything that a run found, in order."""

    catalogue: str
    evaluated_on: date
    matches: tuple[ArmMatch, ...]

    @property
    def valid_until(self) -> date | None:
        """The first day on which an age border may change an outcome."""
        days = [match.valid_for_days for match in self.matches if match.valid_for_days is not None]
        return self.evaluated_on + timedelta(days=min(days)) if days else None


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


def run_match(run_id: str) -> None:
    """Do one match run exactly once: evaluate all current cohorts, then store the list in one transaction."""
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
    revision = run.revision
    facts = facts_of(revision.content, elapsed_days=(today - timezone.localdate(revision.created_at)).days)
    country = facts.get("country").value
    arms = list(
        Arm.objects.current().select_related("version__trial").prefetch_related("version__trial__sites").order_by("pk")
    )
    match = partial(_match, facts=facts, country=country if isinstance(country, str) else "", today=today)
    matches = sorted((match(arm) for arm in arms), key=lambda found: found.order)
    return RunResult(_fingerprint(arms), today, tuple(matches))


def _tree(arm: Arm) -> Node:
    """Return the tree of a published arm, which never changes; an unreadable one becomes one open question."""
    tree = _trees.get(arm.pk)
    if tree is None:
        try:
            tree = parse(arm.criteria)
        except CriterionError as error:
            log.error("criteria of arm %s cannot be read: %s", arm.pk, error)  # noqa: TRY400 -- path and reason say all
            tree = parse(_UNREADABLE)
        if len(_trees) >= _TREES_KEPT:
            _trees.clear()
        _trees[arm.pk] = tree
    return tree


def _fingerprint(arms: Sequence[Arm]) -> str:
    """Return one hash for the versions of all trials that took part."""
    parts = sorted({f"{arm.version.trial.key} {arm.version.number} {arm.version.fingerprint}" for arm in arms})
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _match(arm: Arm, *, facts: Facts, country: str, today: date) -> ArmMatch:
    version, trial = arm.version, arm.version.trial
    tree = _tree(arm)
    explanation = explain(tree, facts)
    recruitment = recruitment_of(arm, today=today)
    availability = availability_of(
        recruitment,
        country=country,
        countries={site.country_code for site in trial.sites.all()},
        countries_complete=version.countries_complete,
    )
    cohort = Cohort(
        key=f"{trial.key}/{arm.key}",
        availability=availability.value,
        phase=int(version.phase[-1]) if version.phase else 0,
        days_since_check=None if trial.last_checked_on is None else (today - trial.last_checked_on).days,
    )
    return ArmMatch(
        arm_id=arm.pk,
        outcome=explanation.outcome.value,
        availability=availability.value,
        explanation=explanation.to_json()["criteria"],
        order=order_vector(tree, explanation, cohort),
        valid_for_days=explanation.valid_for_days,
    )


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
        )
        for rank, found in enumerate(result.matches, start=1)
    )
    record("matches.found", subject=run.revision.case, revision=run.revision.number, cohorts=len(result.matches))
