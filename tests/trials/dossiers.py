"""Dossiers that leave trials open, and their match runs."""

from cases.models import Case
from cases.services.drafting import save_blocks
from cases.services.submission import submit_case
from tests.factories.cases import blocks, complete_case
from trials.models import MatchRun
from trials.services.matching import run_match

_KNOWN_ALL_THE_SAME = ("performance_scale", "performance_score", "active_infection")


def case_without_values() -> Case:
    """A case that was sent before the blood was drawn, with a performance that most trials score on another scale."""
    condition = blocks()["condition"]
    measures = [name for name in condition if name not in _KNOWN_ALL_THE_SAME]
    to_come = {"not_done": measures, "performance_scale": "ECOG", "performance_score": 1}
    case = complete_case()
    values = condition | dict.fromkeys(measures) | to_come
    save_blocks(case=case, actor=case.author, version=case.version, blocks={"condition": values})
    submit_case(case=case, actor=case.author)
    run_newest(case)
    return Case.objects.get(pk=case.pk)


def run_of(case: Case) -> MatchRun:
    """The newest run of a case."""
    return MatchRun.objects.filter(revision__case=case).latest("created_at")


def run_newest(case: Case) -> MatchRun:
    """Compare the newest revision, as the worker would."""
    run_match(str(run_of(case).pk))
    return run_of(case)
