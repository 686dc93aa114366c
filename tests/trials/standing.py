"""Cases with a list, trials that move on, and the check that finds out."""

from pathlib import Path

from django.utils import timezone

from cases.models import Case
from iltb.core.models import JobState
from tests.factories.cases import submitted_case
from tests.trials.catalogues import trial_document, write
from trials.models import MatchRun, StandingCheck, Trial
from trials.services import standing
from trials.services.catalogue import load_catalogue
from trials.services.matching import run_match


def publish(folder: Path, *arms: dict, key: str = "trial-a", **more) -> Trial:
    """Publish a trial whose recruitment was read today; another call makes its next version."""
    load_catalogue(write(folder, trial_document(key, **({"arms": list(arms)} if arms else {}), **more)), publish=True)
    Trial.objects.filter(key=key).update(last_checked_on=timezone.localdate())
    return Trial.objects.get(key=key)


def do_runs() -> None:
    for run in MatchRun.objects.filter(state=JobState.PENDING):
        run_match(str(run.pk))


def check() -> StandingCheck:
    """Look, check, and do the runs that were asked for."""
    standing.look_for_changes()
    done = StandingCheck.objects.latest("created_at")
    standing.run_check(str(done.pk))
    do_runs()
    done.refresh_from_db()
    return done


def matched_case() -> Case:
    case = submitted_case()
    do_runs()
    return case


def past_case() -> Case:
    case = matched_case()
    Case.objects.filter(pk=case.pk).update(state="closed")
    return case


def runs_of(case: Case) -> int:
    return MatchRun.objects.filter(revision__case=case).count()
