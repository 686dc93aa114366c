"""Standing matching: find out which lists would read otherwise now, and ask for those alone.

The check compares what is with what the last lists say, whatever brought it about: a publication, recruitment, a new
day, a new engine. So no news can be lost, only found a minute later. It stores nothing about a case but a match run
that is asked for; what changed is written when that run stores its list.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import Final, TypeAlias
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cases.enums import CaseState
from cases.models import Case, CaseRevision
from iltb.core.jobs import enqueue_on_commit, run_job
from iltb.core.models import JobState
from trials.matching import ENGINE
from trials.matching.compile import CompiledCatalogue, compile_catalogue
from trials.matching.evaluate import outcome_of
from trials.matching.facts import Facts
from trials.models import Arm, Match, MatchRun, StandingCheck
from trials.queries.recruitment import country_of
from trials.services.changes import CohortKey, Stand, cohort_key, differences
from trials.services.matching import availability_on, current_arms, facts_on, request_match_runs, tree_of

_PAST_CASE_DAYS: Final = 365
_CASES_AT_ONCE: Final = 100
_FEW_TREES: Final = 20  # up to here plain recursion is quicker than the whole compiled catalogue
Stands: TypeAlias = Mapping[CohortKey, Stand]


def past_case_days() -> int:
    """Return for how many days after its last revision a closed case is compared (``ILTB_PAST_CASE_DAYS``)."""
    return int(getattr(settings, "ILTB_PAST_CASE_DAYS", _PAST_CASE_DAYS))


def catalogue_changed() -> None:
    """Ask for a check, in the transaction of whatever changed criteria or recruitment; one that waits serves.

    Never needed for safety: ``look_for_changes`` finds the same a minute later.
    """
    _ask(key="")


def look_for_changes() -> bool:
    """Ask for a check when the catalogue, recruitment, engine or day is not what was compared last; for beat.

    A check that failed for good is asked for again only when something moves on.
    """
    key = _key_on(timezone.localdate())
    last = StandingCheck.objects.order_by("-created_at").first()
    if last is not None and (last.state == JobState.PENDING or last.key == key):
        return False
    return _ask(key=key)


def run_check(check_id: str) -> None:
    """Do one check exactly once: compare every case of interest, then ask for the runs in one transaction."""
    run_job(StandingCheck, check_id, work=_compare, finish=_finish)


def _ask(*, key: str) -> bool:
    if not getattr(settings, "ILTB_MATCHING", True):
        return False
    check = StandingCheck(key=key)
    StandingCheck.objects.bulk_create([check], ignore_conflicts=True)
    enqueue_on_commit("trials.run_check", check_id=str(check.pk))
    return True


def _key_on(day: date) -> str:
    """Return one hash of all that matches depend on beside the dossiers."""
    fields = ("pk", "status", "last_checked_on", "slots", "version__trial__status", "version__trial__last_checked_on")
    arms = Arm.objects.current().order_by("pk").values_list(*fields)
    place = ("version__trial__sites__country_code", "version__trial__sites__name", "version__trial__sites__status")
    places = Arm.objects.current().order_by("pk", *place).values_list("pk", *place)
    parts = [ENGINE, day.isoformat(), *map(str, arms), *map(str, places)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Found:
    """``is_whole`` is false when a case had a run under way, whose list nobody knows yet."""

    key: str
    cases: int
    revisions: Sequence[UUID]
    is_whole: bool


def _compare(_check: StandingCheck) -> _Found:
    """Find the revisions whose list would read otherwise.

    In this order, so that whatever happens meanwhile is found by this check or the next: the key, the catalogue, the
    runs under way, the last lists.
    """
    today = timezone.localdate()
    key = _key_on(today)
    catalogue = _Catalogue(list(current_arms()), today)
    waiting = set(MatchRun.objects.filter(state=JobState.PENDING).values_list("revision_id", flat=True))
    cases, asked, is_whole = 0, [], True
    for revisions in _in_groups():
        cases += len(revisions)
        known = [revision for revision in revisions if revision.pk not in waiting]
        is_whole = is_whole and len(known) == len(revisions)
        bases = _last_runs(known)
        stands = _stands(bases.values(), catalogue.cohorts)
        for revision in known:
            base = bases.get(revision.pk)
            if _reads_otherwise(revision, base, stands.get(base.pk, {}) if base else {}, catalogue):
                asked.append(revision.pk)
    return _Found(key, cases, asked, is_whole)


def _finish(check: StandingCheck, found: _Found) -> None:
    check.key = found.key if found.is_whole else ""
    check.cases, check.runs = found.cases, request_match_runs(found.revisions)
    check.save(update_fields=["key", "cases", "runs"])


def _in_groups() -> Iterator[list[CaseRevision]]:
    """Yield the newest revisions of open cases and of those closed lately, some at a time."""
    since = timezone.now() - timedelta(days=past_case_days())
    past = Q(case__state=CaseState.CLOSED, created_at__gte=since)
    revisions = CaseRevision.objects.filter(Q(case__in=Case.objects.open()) | past).newest()
    rows = revisions.select_related("case").order_by("pk").iterator(chunk_size=_CASES_AT_ONCE)
    while group := list(islice(rows, _CASES_AT_ONCE)):
        yield group


def _last_runs(revisions: Sequence[CaseRevision]) -> dict[UUID, MatchRun]:
    done = MatchRun.objects.filter(revision__in=[revision.pk for revision in revisions], state=JobState.DONE)
    return {run.revision_id: run for run in done.order_by("revision_id", "-created_at").distinct("revision_id")}


def _stands(runs: Iterable[MatchRun], cohorts: Mapping[UUID, CohortKey]) -> dict[UUID, dict[CohortKey, Stand]]:
    found: dict[UUID, dict[CohortKey, Stand]] = {run.pk: {} for run in runs}
    rows = Match.objects.filter(run__in=list(found)).values_list("run_id", "arm_id", "outcome", "availability")
    for run, arm, outcome, availability in rows:
        found[run][cohorts.get(arm, str(arm))] = Stand(arm, outcome, availability)  # one published since then
    return found


def _reads_otherwise(revision: CaseRevision, base: MatchRun | None, before: Stands, catalogue: "_Catalogue") -> bool:
    """Whether the list of a case has to be made anew.

    An open case's list names the criteria in force, so it follows every version and every border. A past case gets a
    list only where a cohort comes out otherwise.
    """
    is_open = revision.case.state != CaseState.CLOSED
    if base is None:
        return is_open
    stands = base.stands_on(catalogue.today, engine=ENGINE)
    known = {stand.arm_id for stand in before.values()} if stands else set()
    if is_open and known != catalogue.keys:
        return True
    return bool(differences(before, catalogue.stands(revision, before if stands else {})))


@dataclass(frozen=True)
class _Catalogue:
    """The cohorts of one moment, evaluated only where the last list does not answer."""

    arms: Sequence[Arm]
    today: date
    _availability: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def keys(self) -> set[UUID]:
        """The cohorts by key of their row, which stands for one published version of the criteria."""
        return {arm.pk for arm in self.arms}

    @cached_property
    def cohorts(self) -> dict[UUID, CohortKey]:
        """What each cohort of any version is called."""
        rows = Arm.objects.values_list("pk", "version__trial", "key")
        return {arm: cohort_key(trial, key) for arm, trial, key in rows}

    @cached_property
    def compiled(self) -> CompiledCatalogue:
        """All cohorts compiled; made when a case needs most of them."""
        return compile_catalogue([tree_of(arm) for arm in self.arms])

    def stands(self, revision: CaseRevision, known: Stands) -> dict[CohortKey, Stand]:
        """Return how every cohort stands for a revision today; outcomes in ``known`` are taken as they are."""
        outcomes = {stand.arm_id: stand.outcome for stand in known.values()}
        if places := [place for place, arm in enumerate(self.arms) if arm.pk not in outcomes]:
            outcomes |= self._evaluated(places, facts_on(revision, self.today))
        return {
            self.cohorts[arm.pk]: Stand(arm.pk, outcomes[arm.pk], availability)
            for arm, availability in zip(self.arms, self._availabilities(country_of(revision)), strict=True)
        }

    def _evaluated(self, places: Sequence[int], facts: Facts) -> dict[UUID, str]:
        if len(places) <= _FEW_TREES:
            return {self.arms[n].pk: outcome_of(tree_of(self.arms[n]), facts).value for n in places}
        outcomes = self.compiled.outcomes(facts)
        return {self.arms[n].pk: outcomes[n].value for n in places}

    def _availabilities(self, country: str) -> list[str]:
        """Return the availability of every cohort for a country, judged once for all its cases."""
        if country not in self._availability:
            found = [availability_on(arm, country=country, today=self.today).value for arm in self.arms]
            self._availability[country] = found
        return self._availability[country]
