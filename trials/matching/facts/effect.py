"""How the disease and the patient took earlier treatment, and what is still possible."""

import math
from functools import partial
from typing import Final

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact, Therapy, Topics
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.therapy import classes_of, with_effect
from trials.matching.facts.values import Block, amount, block, flag, number, rows, said_none, undecided, yes_or_no
from trials.matching.intervals import Interval

SPECS: Final = (
    FactSpec(
        "lines",
        K.QUANTITY,
        _("Number of therapy lines"),
        _("How many lines of therapy were given?"),
        "therapy_lines.setting",
        'Known when lines are listed or "none yet" is ticked; bridging, consolidation and maintenance are no lines.',
        "count",
    ),
    FactSpec(
        "refractory_lines",
        K.QUANTITY,
        _("Courses without response"),
        _("To how many treatment courses in a row was the disease refractory?"),
        "therapy_lines.best_response, status.refractory_definition",
        "At least the last lines without response, since a line may hold several courses; none after a remission. "
        "Bridging and consolidation are no lines, but what they brought counts.",
        "count",
    ),
    FactSpec(
        "intensive_cycles",
        K.QUANTITY,
        _("Intensive chemotherapy cycles"),
        _("How many intensive cycles were given?"),
        "no_therapy_yet",
        "None when there was no treatment; what counts as intensive is for the trial team.",
        "count",
    ),
    FactSpec(
        "insufficient_response",
        K.FLAG,
        _("Insufficient response"),
        _("Was the response to the present treatment insufficient?"),
        "therapy_lines.best_response and stop_reason of the last line, bridging and consolidation included",
        "Known for no response, progression or a remission that lasted; a partial response is open.",
    ),
    FactSpec(
        "resistant_to_class",
        K.FLAG,
        _("Resistance to"),
        _("Did the disease not respond to this drug class?"),
        "therapy_lines",
        "Met when a line of this class alone had no response; excluded when never given; else open.",
        about="drug class",
    ),
    FactSpec(
        "intolerant_to_class",
        K.FLAG,
        _("Intolerance of"),
        _("Was this drug class not tolerated?"),
        "exposure.asparaginase_allergy, therapy_lines",
        "Met for a stated asparaginase allergy; excluded when never given; else open.",
        about="drug class",
    ),
    FactSpec(
        "contraindicated_class",
        K.FLAG,
        _("Contraindication to"),
        _("Must this drug class not be given?"),
        "condition.contraindications",
        'Met when a drug of it is listed; excluded when others of known class are listed or "none" is ticked.',
        about="drug class",
    ),
    FactSpec(
        "anthracycline_possible",
        K.FLAG,
        _("Anthracycline possible"),
        _("Can more anthracycline be given?"),
        "condition.contraindications",
        "Excluded when anthracyclines as such are listed as contraindicated; never claimed.",
    ),
    FactSpec(
        "fit_for_intensive",
        K.FLAG,
        _("Fit for intensive treatment"),
        _("Is intensive chemotherapy possible?"),
        "",
        "A judgement that the dossier does not hold: always open.",
    ),
    FactSpec(
        "cranial_radiotherapy",
        K.QUANTITY,
        _("Irradiation of the skull"),
        _("Which dose of cranial irradiation was given?"),
        "exposure.cranial_radiotherapy_gy",
        "Known as stated; 0 means none.",
        "radiation",
    ),
    FactSpec(
        "total_body_irradiation",
        K.QUANTITY,
        _("Total body irradiation"),
        _("Which dose of total body irradiation was given?"),
        "transplants.tbi_gy",
        'Known when every listed transplant states it; none when "no transplant" is ticked; else open.',
        "radiation",
    ),
)
_NOT_COUNTED_AS_LINE: Final = frozenset({"bridging", "consolidation", "maintenance"})
_NO_RESPONSE: Final = frozenset({"NR/TF", "PD", "NMR", "PMD"})
_REMISSION: Final = frozenset({"CR", "CRi", "CRh", "CR_MRDneg", "CR_MRDpos", "CRb", "CRu", "CMR"})
_FAILED: Final = frozenset({"refractory", "progression"})
_REFRACTORY: Final = frozenset({"primary_refractory", "refractory_relapse"})
_WHOLE_CLASS: Final = frozenset({"anthracycline", "anthracyclines"})


def read(content: Block, therapy: Therapy) -> tuple[dict[str, Fact], dict[str, Topics]]:
    """Return the facts of this group, and those about a drug class."""
    lines, none_given = rows(content, "therapy_lines"), bool(content.get("no_therapy_yet"))
    counted = [line for line in lines if line.get("setting") not in _NOT_COUNTED_AS_LINE]
    barred = rows(block(content, "condition"), "contraindications")
    flat = {
        "lines": amount(len(counted)) if lines or none_given else NOT_GIVEN,
        "refractory_lines": _refractory_lines(content, lines, none_given=none_given),
        "intensive_cycles": amount(0) if none_given and not lines else undecided(Reason.DEFINITION),
        "insufficient_response": _insufficient(lines),
        "anthracycline_possible": _anthracycline_possible(barred),
        "fit_for_intensive": undecided(Reason.NOT_IN_DOSSIER),
        "cranial_radiotherapy": amount(block(content, "exposure").get("cranial_radiotherapy_gy"), "Gy"),
        "total_body_irradiation": _irradiation(rows(content, "transplants"), none=said_none(content, "no_transplant")),
    }
    topics = {
        "resistant_to_class": with_effect(lines, therapy, _resistance),
        "intolerant_to_class": with_effect(lines, therapy, partial(_intolerance, content)),
        "contraindicated_class": _contraindicated(barred, none=block(content, "condition").get("no_contraindications")),
    }
    return flat, topics


def _refractory_lines(content: Block, lines: list[Block], *, none_given: bool) -> Fact:
    """Count the last lines without response: a remission or an open response in between, also under bridging, ends it.

    A dossier that calls the disease refractory has a course without response, listed or not.
    """
    status = block(content, "status")
    if none_given and not lines:
        return amount(0)
    number_of_lines = 0
    for line in reversed(lines):
        if line.get("best_response") not in _NO_RESPONSE:
            break
        number_of_lines += line.get("setting") not in _NOT_COUNTED_AS_LINE
    if status.get("refractory_definition") == "AML_no_CR_after_2_courses":
        number_of_lines = max(number_of_lines, 2)
    if number_of_lines:
        return Fact(Interval(number_of_lines, math.inf), f"at least {number_of_lines}", Reason.DEFINITION)
    if lines and _is_in_remission(lines[-1]) and status.get("status_now") not in _REFRACTORY:
        return amount(0)
    return undecided(Reason.DEFINITION) if lines else NOT_GIVEN


def _is_in_remission(line: Block) -> bool:
    return line.get("best_response") in _REMISSION and line.get("stop_reason") not in _FAILED


def _insufficient(lines: list[Block]) -> Fact:
    """Read the response to the last treatment, whatever its setting; one that was lost under it is open."""
    if not lines:
        return NOT_GIVEN
    response = str(lines[-1].get("best_response") or "")
    if response in _NO_RESPONSE or _is_in_remission(lines[-1]):
        return yes_or_no(response in _NO_RESPONSE, response)
    return undecided(Reason.DEFINITION, response) if response not in ("", "unknown", "not_evaluated") else NOT_GIVEN


def _resistance(key: str, lines: list[Block]) -> Fact:
    """Blame a class only where it was given alone: in a combination the others may have failed."""
    for line in lines:
        alone = all(key in classes_of(drug) for drug in rows(line, "drugs"))
        if alone and line.get("best_response") in _NO_RESPONSE:
            return yes_or_no(value=True, text=f"{line.get('best_response')}, line {line.get('line_number', '?')}")
    return undecided(Reason.DEFINITION)


def _intolerance(content: Block, key: str, _lines: list[Block]) -> Fact:
    if key == "asparaginase":
        allergy = flag(block(content, "exposure").get("asparaginase_allergy"))
        if allergy.value is True:
            return allergy
    return undecided(Reason.DEFINITION)


def _contraindicated(barred: list[Block], *, none: object) -> Topics:
    found = {key: yes_or_no(value=True, text=str(row.get("display"))) for row in barred for key in classes_of(row)}
    if none is True or (barred and all(row.get("classes") for row in barred)):
        return Topics(found, yes_or_no(value=False))
    return Topics(found, undecided(Reason.DRUG_CLASS if barred else Reason.NONE_LISTED))


def _anthracycline_possible(barred: list[Block]) -> Fact:
    names = {str(row.get("name") or row.get("display")).strip().lower() for row in barred}
    if names & _WHOLE_CLASS:
        return yes_or_no(value=False, text="contraindicated")
    return undecided(Reason.DEFINITION)


def _irradiation(transplants: list[Block], *, none: bool) -> Fact:
    if not transplants:
        return amount(0, "Gy") if none else undecided(Reason.NONE_LISTED)
    doses = [number(row.get("tbi_gy")) for row in transplants]
    known = [dose for dose in doses if dose is not None]
    if not known:
        return NOT_GIVEN
    low = sum(known)
    return Fact(Interval(low, low if len(known) == len(doses) else math.inf), f"{low:g} Gy")
