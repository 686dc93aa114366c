"""Which answers of the treating physician would decide trials, in words and with the way to the field."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.completeness import Section
from cases.models import Case
from cases.models.case import OPEN_STATES
from cases.queries.hub import section_url
from iltb.accounts.models import User
from trials.enums import MatchOutcome
from trials.matching.decide import (
    Asked,
    Ranked,
    can_be_answered,
    certificate,
    deciding_sets,
    decisive,
    rank,
    standing_of,
)
from trials.matching.kleene import Verdict
from trials.matching.registry import FACTS
from trials.models import Match, MatchRun
from trials.queries.recruitment import recruitment_of
from trials.queries.trees import tree_of, trees_of
from trials.queries.wording import fact_label

SHOWN_AT_MOST: Final = 5
_COHORTS_AT_MOST: Final = 300
_LONGEST_TEXT: Final = 1500  # characters that a query to the physician may have
_RANKINGS_KEPT: Final = 500
_SEPARATOR: Final = "|"
_SECTIONS: Final[Mapping[str, Section]] = MappingProxyType(
    {
        "case": Section.QUESTION,
        "patient": Section.PATIENT,
        "diagnosis": Section.DISEASE,
        "status": Section.DISEASE,
        "mrd": Section.DISEASE,
        "specimens": Section.FINDINGS,
        "ex_vivo": Section.FUNCTIONAL,
        "therapy_lines": Section.THERAPY,
        "no_therapy_yet": Section.THERAPY,
        "transplants": Section.THERAPY,
        "cell_therapies": Section.THERAPY,
        "exposure": Section.THERAPY,
        "condition": Section.CONDITION,
        "access": Section.ACCESS,
    }
)
_BLOCKS_WITH_FIELDS: Final = frozenset({"case", "patient", "diagnosis", "status", "exposure", "condition", "access"})
_FIELD_INSTEAD: Final[Mapping[str, str]] = MappingProxyType({"bsa_m2": "height_cm"})  # computed from what is typed
# Tables by the name of a block or of a field; their place on the page is named after the table.
_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mrd": "mrd",
        "masses": "masses",
        "therapy_lines": "lines",
        "transplants": "transplants",
        "cell_therapies": "cell_therapies",
        "comedications": "comedications",
        "contraindications": "contraindications",
        "trials_considered": "trials_considered",
    }
)
_rankings: dict[tuple[UUID, ...], tuple[Ranked, ...]] = {}


@dataclass(frozen=True)
class QuestionLine:
    """One question to the treating physician.

    ``key`` names it in a form, ``fact`` is its subject in words, ``answer_url`` is the field of the dossier for whoever
    may fill it in. ``effect`` says what an answer does, ``trials`` are title and address of those that one decides.
    """

    key: str
    fact: str
    sentence: str
    answer_url: str = ""
    effect: str = ""
    trials: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DecidedBy:
    """What one result rests on: the fewest criteria that alone give it, and the answers that would decide an open one.

    ``sets`` are answers that decide only together.
    """

    ids: frozenset[str] = frozenset()
    questions: tuple[QuestionLine, ...] = ()
    sets: tuple[str, ...] = ()


def questions_of(run: MatchRun, case: Case, *, may_answer: bool) -> tuple[QuestionLine, ...]:
    """Return the questions that decide most trials; trials that nobody can enter now are not counted.

    One query, and two more when this process did not rank these matches yet.
    """
    open_trials = _undecided_trials(run)
    line = partial(_ranked_line, open_trials, case, may_answer=may_answer)
    return tuple(line(found) for found in _ranking(open_trials)[:SHOWN_AT_MOST])


def decided_by(match: Match, case: Case, *, may_answer: bool) -> DecidedBy:
    """Return what the result of one cohort rests on, or what would decide it."""
    tree = tree_of(match.arm)
    if tree is None:
        return DecidedBy()
    standing = standing_of(tree, match.explanation)
    effects = {found.asked: _effect(found.leads_to, always=found.always) for found in decisive(standing)}
    url = partial(_answer_url, case, may_answer=may_answer)
    questions = (
        QuestionLine(_key(asked), _subject(asked), sentence_of(asked), url(asked), effect=effects.get(asked, ""))
        for asked in _asked_in(match.explanation)
    )
    is_open = standing.verdict is Verdict.UNKNOWN
    sets = () if effects or not is_open else deciding_sets(standing)
    return DecidedBy(
        ids=frozenset(certificate(standing)),
        questions=tuple(questions),
        sets=tuple(_(" and ").join(_subject(one) for one in found) for found in sets),
    )


def query_text(run: MatchRun, keys: Iterable[str]) -> str:
    """Compose the text of a query from the ticked questions, those that are open in ``run``; whole sentences only.

    Empty when none of the keys is such a question.
    """
    explanations = Match.objects.filter(run=run).values_list("explanation", flat=True)
    known = {_key(asked): asked for asked in _asked_in(chain.from_iterable(explanations.iterator()))}
    chosen = [known[key] for key in dict.fromkeys(keys) if key in known]
    if not chosen:
        return ""
    text = _("To compare this case with trials, the board needs to know:")
    for number, asked in enumerate(chosen, start=1):
        longer = f"{text}\n{number}. {sentence_of(asked)}"
        if len(longer) > _LONGEST_TEXT:
            break
        text = longer
    return text


def may_answer(user: User, case: Case) -> bool:
    """Whether ``user`` may write the answers into the dossier."""
    return case.state in OPEN_STATES and Case.objects.granted(user, "edit_case").filter(pk=case.pk).exists()


def sentence_of(asked: Asked) -> str:
    """Return a question as one reads it: "Drug given before venetoclax: Was this drug ever given?"."""
    question = _(FACTS[asked.fact].question)
    return f"{_subject(asked)}: {question}" if asked.about else question


def field_of(fact: str) -> tuple[Section, str, str]:
    """Return where in the dossier a fact is written: section, field and table, the last two empty where it has none."""
    first = FACTS[fact].source.split(",")[0].split()[0]
    block, _dot, name = first.partition(".")
    table = _TABLES.get(block) or _TABLES.get(name, "")
    has_field = block in _BLOCKS_WITH_FIELDS and not table
    return _SECTIONS[block], _FIELD_INSTEAD.get(name, name) if has_field else "", table


def _undecided_trials(run: MatchRun) -> dict[str, list[Match]]:
    """Return the matches of trials that nobody closed and no cohort decides, by key in the order of the list."""
    found: dict[str, list[Match]] = defaultdict(list)
    decided, today = set(), timezone.localdate()
    undecided = (MatchOutcome.POSSIBLE, MatchOutcome.NO_CRITERION_FAILS)
    matches = Match.objects.filter(run=run, outcome__in=undecided).select_related("arm__version__trial")
    for match in matches.defer("explanation", "order", "arm__criteria").order_by("rank")[:_COHORTS_AT_MOST]:
        if recruitment_of(match.arm, today=today).is_closed:
            continue
        key = match.arm.version.trial.key
        if match.outcome == MatchOutcome.NO_CRITERION_FAILS:
            decided.add(key)
        else:
            found[key].append(match)
    return {key: matches for key, matches in found.items() if key not in decided}


def _ranking(open_trials: Mapping[str, Sequence[Match]]) -> tuple[Ranked, ...]:
    """Return the questions of these matches, best first.

    Matches and cohorts are frozen, so the answer hangs on their keys alone; it names trials, nobody's data.
    """
    matches = {match.pk: match.arm_id for rows in open_trials.values() for match in rows}
    kept = tuple(matches)
    found = _rankings.get(kept)
    if found is None:
        trees = trees_of(set(matches.values()))
        explanations = dict(Match.objects.filter(pk__in=matches).values_list("pk", "explanation"))
        unread = {trial for trial, rows in open_trials.items() if any(trees[row.arm_id] is None for row in rows)}
        standings = {
            trial: [standing_of(tree, explanations[row.pk]) for row in rows if (tree := trees[row.arm_id])]
            for trial, rows in open_trials.items()
            if trial not in unread
        }
        if len(_rankings) >= _RANKINGS_KEPT:
            _rankings.clear()
        _rankings[kept] = found = rank(standings)
    return found


def _ranked_line(
    open_trials: Mapping[str, Sequence[Match]], case: Case, found: Ranked, *, may_answer: bool
) -> QuestionLine:
    firsts = [open_trials[trial][0] for trial in found.trials]
    return QuestionLine(
        key=_key(found.asked),
        fact=_subject(found.asked),
        sentence=sentence_of(found.asked),
        answer_url=_answer_url(case, found.asked, may_answer=may_answer),
        trials=tuple(
            (match.arm.version.trial.title, reverse("trials:match", args=[case.code, match.pk])) for match in firsts
        ),
        effect=_effect_on_trials(len(found.trials), len(found.always)),
    )


def _effect_on_trials(some: int, always: int) -> str:
    """Say how many trials one answer decides, and how many of them every answer does."""
    if some == always:
        return ngettext("Every answer decides %(count)s trial", "Every answer decides %(count)s trials", some) % {
            "count": some
        }
    said = ngettext("One answer decides %(count)s trial", "One answer decides %(count)s trials", some) % {"count": some}
    return _("%(said)s (%(always)s of them whatever it is)") % {"said": said, "always": always} if always else said


def _answer_url(case: Case, asked: Asked, *, may_answer: bool) -> str:
    if not may_answer:
        return ""
    section, field, table = field_of(asked.fact)
    return section_url(case.code, section, field) + (f"#rows-{table}" if table else "")


def _asked_in(explanation: Iterable[Mapping[str, Any]]) -> Iterator[Asked]:
    """Yield every open question of an explanation that a physician can answer, each once."""
    seen = set()
    for criterion in explanation:
        asked = Asked(criterion["fact"], criterion["about"])
        is_open = criterion["verdict"] == "unknown" and criterion["choice_verdict"] in ("", "unknown")
        if is_open and asked not in seen and can_be_answered(asked.fact, criterion["reason"]):
            seen.add(asked)
            yield asked


def _effect(leads_to: frozenset[Verdict], *, always: bool) -> str:
    if always:
        return _("Every answer decides.")
    if leads_to == {Verdict.MET}:
        return _("One answer decides: then no criterion fails.")
    if leads_to == {Verdict.NOT_MET}:
        return _("One answer decides: then a criterion is not met.")
    return _("Some answers decide, either way.")


def _subject(asked: Asked) -> str:
    return fact_label(asked.fact, asked.about)


def _key(asked: Asked) -> str:
    return f"{asked.fact}{_SEPARATOR}{asked.about}"
