"""What the dossier says about one criterion: the verdict, the fact behind it, or why there is none."""

from dataclasses import dataclass
from enum import StrEnum

from trials.matching.kleene import Verdict


class FactState(StrEnum):
    """Four different things that an empty field must never blur."""

    KNOWN = "known"
    NOT_FOUND = "tested_not_found"
    NOT_TESTED = "not_tested"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a criterion stays unknown; the page has the sentence for each."""

    NOT_GIVEN = "not_given"
    NOT_TESTED = "not_tested"
    PENDING = "pending"
    FAILED = "failed"
    COVERAGE = "coverage"
    BEFORE_REMISSION = "before_remission"
    ABSENT_BEFORE_REMISSION = "absent_before_remission"
    CONTRADICTORY = "contradictory"
    PARTNER = "partner"
    DETAIL = "detail"
    SIGNIFICANCE = "significance"
    DENOMINATOR = "denominator"
    WEAK = "weak"
    AFTER_THERAPY = "after_therapy"
    FREE_TEXT_REGIMEN = "free_text_regimen"
    DRUG_NAME = "drug_name"
    DRUG_CLASS = "drug_class"
    MRD_RELAPSE = "mrd_relapse"
    BORDER = "border"
    GENERAL_DIAGNOSIS = "general_diagnosis"
    UNREAD = "unread"
    NOT_IN_DOSSIER = "not_in_dossier"
    NONE_LISTED = "none_listed"
    DEFINITION = "definition"
    INSTRUMENT = "instrument"
    NOT_ASSESSABLE = "not_assessable"
    NOT_QUANTIFIABLE = "not_quantifiable"
    FORMULA = "formula"
    NO_DAY = "no_day"
    EQUIVALENT = "equivalent"
    CONDITIONING = "conditioning"
    DONOR_SEARCH = "donor_search"
    DONOR_CELLS = "donor_cells"
    ORIGIN = "origin"
    DRUG_ROLE = "drug_role"
    NO_SPECIMEN = "no_specimen"


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion held against one case.

    ``found`` is the fact in short ("CD19 2 %, negative"), ``specimen`` and ``day`` say where it was seen (day 0 is
    the first diagnosis). An unknown verdict carries a ``reason``.
    """

    verdict: Verdict
    state: FactState
    found: str = ""
    specimen: str = ""
    day: int | None = None
    reason: Reason | None = None


def unknown(reason: Reason, found: str = "", specimen: str = "", day: int | None = None) -> Answer:
    """Return an answer without a verdict."""
    state = FactState.NOT_TESTED if reason in _UNTESTED else FactState.UNKNOWN
    return Answer(Verdict.UNKNOWN, state, found, specimen, day, reason)


_UNTESTED = frozenset({Reason.NOT_TESTED, Reason.PENDING, Reason.FAILED})
