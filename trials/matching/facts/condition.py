"""How the patient is: performance, organ function, infection, earlier damage."""

from collections.abc import Mapping
from typing import Final

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.values import (
    Block,
    amount,
    block,
    codes,
    flag,
    not_found,
    number,
    rows,
    several,
    undecided,
    yes_or_no,
)

_MEASURES: Final[tuple[tuple[str, str, str, str, str, str], ...]] = (
    ("alt", "alt_x_uln", "ratio", "x ULN", _("ALT"), _("What is ALT as a multiple of the upper limit of normal?")),
    ("ast", "ast_x_uln", "ratio", "x ULN", _("AST"), _("What is AST as a multiple of the upper limit of normal?")),
    (
        "bilirubin_total",
        "bilirubin_total_x_uln",
        "ratio",
        "x ULN",
        _("Total bilirubin"),
        _("What is total bilirubin as a multiple of the upper limit of normal?"),
    ),
    (
        "bilirubin_direct",
        "bilirubin_direct_x_uln",
        "ratio",
        "x ULN",
        _("Direct bilirubin"),
        _("What is direct bilirubin as a multiple of the upper limit of normal?"),
    ),
    (
        "creatinine",
        "creatinine_x_uln",
        "ratio",
        "x ULN",
        _("Creatinine"),
        _("What is creatinine as a multiple of the upper limit of normal?"),
    ),
    ("gfr", "crcl_ml_min_1_73", "gfr", "mL/min/1.73 m²", _("Glomerular filtration rate"), _("What is the GFR?")),
    ("lvef", "lvef_pct", "percent", "%", _("Ejection fraction (LVEF)"), _("What is the ejection fraction?")),
    ("shortening_fraction", "sf_pct", "percent", "%", _("Shortening fraction"), _("What is the shortening fraction?")),
    ("qtc", "qtcf_ms", "duration", "ms", _("QTc, any formula"), _("What is QTc?")),
    (
        "spo2",
        "spo2_room_air_pct",
        "percent",
        "%",
        _("Oxygen saturation, room air"),
        _("What is the oxygen saturation in room air?"),
    ),
    ("ldh", "ldh_x_uln", "ratio", "x ULN", _("LDH"), _("What is LDH as a multiple of the upper limit of normal?")),
    ("albumin", "albumin_g_l", "albumin", "g/L", _("Albumin"), _("What is serum albumin?")),
    (
        "uric_acid",
        "uric_acid_x_uln",
        "ratio",
        "x ULN",
        _("Uric acid"),
        _("What is uric acid as a multiple of the upper limit of normal?"),
    ),
)
_SCALES: Final[Mapping[str, tuple[frozenset[str], str, str, str]]] = {
    "performance_lansky_karnofsky": (
        frozenset({"Lansky", "Karnofsky"}),
        "points",
        _("Performance, Lansky or Karnofsky"),
        _("What is the performance score (Lansky or Karnofsky)?"),
    ),
    "performance_lansky": (
        frozenset({"Lansky"}),
        "points",
        _("Performance, Lansky"),
        _("What is the Lansky performance score?"),
    ),
    "performance_karnofsky": (
        frozenset({"Karnofsky"}),
        "points",
        _("Performance, Karnofsky"),
        _("What is the Karnofsky performance score?"),
    ),
    "performance_ecog": (
        frozenset({"ECOG"}),
        "grade",
        _("Performance, ECOG"),
        _("What is the ECOG performance status?"),
    ),
}
SPECS: Final = (
    *(
        FactSpec(
            name,
            K.QUANTITY,
            label,
            question,
            "condition.performance_scale, performance_score",
            "Known on the instruments named; a score on another one is never converted; infants may not be assessable.",
            dimension,
        )
        for name, (_names, dimension, label, question) in _SCALES.items()
    ),
    *(
        FactSpec(
            name,
            K.QUANTITY,
            label,
            question,
            f"condition.{column}",
            "Known as stated; ticked as not done it is not tested.",
            dimension,
        )
        for name, column, dimension, _unit, label, question in _MEASURES
    ),
    FactSpec(
        "qtcf",
        K.QUANTITY,
        _("QTc (Fridericia)"),
        _("What is QTc by Fridericia?"),
        "condition.qtcf_ms, qtc_formula",
        "Known when corrected by Fridericia; another or no formula leaves it open.",
        "duration",
    ),
    FactSpec(
        "dlco",
        K.QUANTITY,
        _("Diffusion capacity (DLCO)"),
        _("What is the diffusion capacity as a share of the predicted value?"),
        "",
        "The dossier has no place for it: always open.",
        "percent",
    ),
    FactSpec(
        "active_infection",
        K.FLAG,
        _("Uncontrolled infection"),
        _("Is there an uncontrolled infection?"),
        "condition.active_infection",
        "Known when answered: none and controlled exclude it.",
    ),
    *(
        FactSpec(
            name,
            K.FLAG,
            label,
            question,
            "condition.hepatitis_hiv",
            'Met when positive; excluded by "all negative" only; "not done" is not tested, anti-HBc alone is open.',
        )
        for name, label, question in (
            ("hiv", _("HIV infection"), _("Was HIV tested, with what result?")),
            ("hepatitis_b", _("Hepatitis B"), _("Was hepatitis B tested, with what result?")),
            ("hepatitis_c", _("Hepatitis C"), _("Was hepatitis C tested, with what result?")),
        )
    ),
    FactSpec(
        "sos_history",
        K.FLAG,
        _("Earlier SOS/VOD"),
        _("Was there ever sinusoidal obstruction syndrome?"),
        "condition.organ_history, transplants.sos, exposure.inotuzumab_sos",
        "Met by any of them; excluded when earlier organ damage was answered without it; else open.",
    ),
    FactSpec(
        "organ_history",
        K.CODES,
        _("Earlier organ damage"),
        _("Which organs were damaged before?"),
        "condition.organ_history",
        'Known when something was chosen; "none" excludes all.',
    ),
    FactSpec(
        "neurological",
        K.CODES,
        _("Nervous system"),
        _("Is there damage of the nervous system?"),
        "condition.neuro",
        'Known when something was chosen; "none" excludes all.',
    ),
    FactSpec(
        "neuropathy_grade",
        K.QUANTITY,
        _("Neuropathy"),
        _("What is the grade of neuropathy?"),
        "condition.neuropathy_grade, neuro",
        "Known as stated; 0 when the nervous system was answered without neuropathy.",
        "grade",
    ),
    FactSpec(
        "swallows_capsules",
        K.FLAG,
        _("Swallows capsules"),
        _("Can the patient swallow capsules?"),
        "condition.can_swallow",
        "Known when answered: tablets count, liquids and tubes do not.",
    ),
    FactSpec(
        "transfusion_dependence",
        K.FLAG,
        _("Needs transfusions"),
        _("Does the patient need transfusions?"),
        "condition.transfusion_dependence",
        "Known when answered yes or no.",
    ),
    FactSpec(
        "transfusion_acceptance",
        K.FLAG,
        _("Accepts transfusions"),
        _("Does the family accept transfusions?"),
        "condition.transfusion_acceptance",
        "Known when answered yes or no.",
    ),
)
_POSITIVE: Final = {"hiv": "HIV+", "hepatitis_b": "HBsAg+", "hepatitis_c": "HCV+"}


def read(content: Block) -> dict[str, Fact]:
    """Return the facts of this group."""
    condition = block(content, "condition")
    measured = {name: _measure(condition, column, unit) for name, column, _dimension, unit, *_words in _MEASURES}
    return {
        **{name: _performance(condition, scales) for name, (scales, *_words) in _SCALES.items()},
        **measured,
        "qtcf": _by_fridericia(condition, measured["qtc"]),
        "dlco": undecided(Reason.NOT_IN_DOSSIER),
        "active_infection": _infection(str(condition.get("active_infection") or "")),
        **{name: _virus(codes(condition, "hepatitis_hiv"), name) for name in _POSITIVE},
        "sos_history": _sos(content, condition),
        "organ_history": several(condition, "organ_history"),
        "neurological": several(condition, "neuro"),
        "neuropathy_grade": _neuropathy(condition),
        "swallows_capsules": _swallows(str(condition.get("can_swallow") or "")),
        "transfusion_dependence": flag(condition.get("transfusion_dependence")),
        "transfusion_acceptance": flag(condition.get("transfusion_acceptance")),
    }


def _measure(condition: Block, column: str, unit: str) -> Fact:
    fact = amount(condition.get(column), unit)
    if fact.value is None and column in codes(condition, "not_done"):
        return undecided(Reason.NOT_TESTED)
    return fact


def _performance(condition: Block, scales: frozenset[str]) -> Fact:
    if condition.get("performance_not_assessable") is True:
        return undecided(Reason.NOT_ASSESSABLE)
    scale, score = str(condition.get("performance_scale") or ""), condition.get("performance_score")
    fact = _measure(condition, "performance_score", "")
    if fact.value is None or scale in scales:
        return fact if fact.value is None else Fact(fact.value, f"{scale} {score}")
    return undecided(Reason.INSTRUMENT if scale else Reason.NOT_GIVEN, f"{scale} {score}".strip())


def _by_fridericia(condition: Block, qtc: Fact) -> Fact:
    formula = str(condition.get("qtc_formula") or "")
    if qtc.value is None or formula == "fridericia":
        return qtc
    return undecided(Reason.FORMULA, f"{qtc.text} {formula}".strip())


def _infection(state: str) -> Fact:
    if state in ("none", "controlled", "uncontrolled"):
        return yes_or_no(state == "uncontrolled", state)
    return NOT_GIVEN


def _virus(found: frozenset[str], name: str) -> Fact:
    """Read one virus; anti-HBc tells of contact, not of infection."""
    text = ", ".join(sorted(found))
    if _POSITIVE[name] in found:
        return yes_or_no(value=True, text=text)
    if name == "hepatitis_b" and "antiHBc+" in found:
        return undecided(Reason.DEFINITION, text)
    if "negative" in found:
        return not_found(text) if len(found) == 1 else undecided(Reason.CONTRADICTORY, text)
    return undecided(Reason.NOT_TESTED if "nd" in found else Reason.NOT_GIVEN, text)


def _sos(content: Block, condition: Block) -> Fact:
    grades = [row.get("sos") for row in rows(content, "transplants")]
    grades.append(block(content, "exposure").get("inotuzumab_sos"))
    history = codes(condition, "organ_history")
    if found := [str(grade) for grade in grades if grade not in (None, "", "none")]:
        return yes_or_no(value=True, text=", ".join(found))
    if "SOS_VOD" in history:
        return yes_or_no(value=True)
    return yes_or_no(value=False) if history else NOT_GIVEN


def _neuropathy(condition: Block) -> Fact:
    stated, signs = condition.get("neuropathy_grade"), codes(condition, "neuro")
    if number(stated) is None and signs and "neuropathy" not in signs:
        return amount(0)
    return amount(stated)


def _swallows(state: str) -> Fact:
    return yes_or_no(state == "tablets", state) if state else NOT_GIVEN
