"""Which cases a draft would fit: computed for one look; of the cases nothing is stored but who looked at them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, CaseRevision
from iltb.accounts.models import User
from iltb.audit.models import ReadEvent
from iltb.audit.services import record_opening, record_openings
from iltb.core.errors import Conflict
from trials.curation.typed import NOT_COMPARED
from trials.enums import MatchOutcome
from trials.matching.criteria import CriterionError, Node, parse
from trials.matching.evaluate import outcome_of
from trials.matching.explain import Explanation, explain
from trials.matching.facts import Facts, facts_of
from trials.matching.order import OUTCOMES_FIRST_TO_LAST
from trials.models import Arm, TrialVersion
from trials.queries.explanations import Counts, Requirement, counts_of, open_lines, requirements_of
from trials.queries.wording import fact_label

MOST_CASES: Final = 200
MOST_SHOWN: Final = 20
LOOKS_AN_HOUR: Final = 30
LOOKED: Final = "trial.previewed"
_MOST_NAMED: Final = 5
_ORDER: Final = tuple(MatchOutcome(outcome.value) for outcome in OUTCOMES_FIRST_TO_LAST)


@dataclass(frozen=True)
class FittingCase:
    """One case against one cohort; ``why`` names what stands in the way, or else what is missing and why."""

    code: str
    revision: int
    outcome: MatchOutcome
    counts: Counts
    why: tuple[str, ...]


@dataclass(frozen=True)
class ArmPreview:
    """One cohort against all open cases: how many have which outcome, and the nearest of them.

    ``problem`` says why the cohort cannot be compared.
    """

    title: str
    counts: Mapping[MatchOutcome, int]
    cases: tuple[FittingCase, ...]
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    """All cohorts of a version; ``compared`` cases, ``left_out`` when there were too many for one look."""

    arms: tuple[ArmPreview, ...]
    compared: int
    left_out: int


def preview_version(*, version: TrialVersion, actor: User) -> Preview:
    """Hold every cohort against the newest revision of each open case whose matches ``actor`` may see.

    At most 200 cases are compared, those with the newest revisions; of each cohort 20 are described, by outcome. An
    opening of every compared case is noted, since criteria can be written to find something out about patients. Raises
    ``Conflict`` after 30 looks within an hour.
    """
    _note_look(version, actor)
    cases = Case.objects.granted(actor, "view_matches").open()
    readable = CaseRevision.objects.visible_to(actor).filter(case__in=cases)
    revisions = readable.newest().select_related("case").order_by("-created_at")
    total = revisions.count()
    facts = [(revision, _facts(revision)) for revision in revisions[:MOST_CASES]]
    arms = tuple(_arm(arm, facts) for arm in version.arms.all())
    record_openings("preview.opened", subjects=[revision.case for revision, _known in facts], actor=actor)
    return Preview(arms, compared=len(facts), left_out=total - len(facts))


def _note_look(version: TrialVersion, actor: User) -> None:
    """Note the look before anything is compared; the lock on the person keeps looks at once from passing together."""
    since = timezone.now() - timedelta(hours=1)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)
        if ReadEvent.objects.filter(verb=LOOKED, actor_key=str(actor.pk), at__gt=since).count() >= LOOKS_AN_HOUR:
            raise Conflict(_("You have compared drafts with patients very often. Please go on in an hour."))
        record_opening(LOOKED, subject=version.trial, actor=actor)


def _facts(revision: CaseRevision) -> Facts:
    days = (timezone.localdate() - timezone.localdate(revision.created_at)).days
    return facts_of(revision.content, elapsed_days=days)


def _arm(arm: Arm, facts: list[tuple[CaseRevision, Facts]]) -> ArmPreview:
    try:
        tree: Node = parse(arm.criteria)
    except CriterionError as error:
        return ArmPreview(arm.title, {}, (), str(error))
    outcomes = [outcome_of(tree, known) for _revision, known in facts]
    counts = Counter(MatchOutcome(outcome.value) for outcome in outcomes)
    # An explanation takes several times as long as an outcome, so only what is shown is explained.
    nearest = sorted(zip(outcomes, facts, strict=True), key=lambda row: OUTCOMES_FIRST_TO_LAST.index(row[0]))
    found = [(revision, explain(tree, known)) for _outcome, (revision, known) in nearest[:MOST_SHOWN]]
    found.sort(key=_distance)
    cases = tuple(_case(revision, explanation) for revision, explanation in found)
    return ArmPreview(arm.title, {outcome: counts[outcome] for outcome in _ORDER}, cases)


def _distance(row: tuple[CaseRevision, Explanation]) -> tuple[int, int, int]:
    """Sort by outcome, then by how much fails and how much is missing."""
    explanation = row[1]
    return (
        OUTCOMES_FIRST_TO_LAST.index(explanation.outcome),
        explanation.count("not_met"),
        explanation.count("unknown"),
    )


def _case(revision: CaseRevision, explanation: Explanation) -> FittingCase:
    requirements = requirements_of(explanation.to_json()["criteria"])
    return FittingCase(
        code=revision.case.code,
        revision=revision.number,
        outcome=MatchOutcome(explanation.outcome.value),
        counts=counts_of(requirements),
        why=_deciding(requirements),
    )


def _deciding(requirements: Sequence[Requirement]) -> tuple[str, ...]:
    """Name the sentences that stand in the way, or else what is open: a fact with its reason, or an unread sentence."""
    blocking = [text for requirement in requirements if requirement.is_blocking for text in requirement.texts]
    read_by_people = fact_label(NOT_COMPARED, "")
    missing = (
        line.text if line.subject == read_by_people else f"{line.subject}: {line.reason}"
        for line in open_lines(requirements)
    )
    return tuple(dict.fromkeys(blocking or missing))[:_MOST_NAMED]
