"""The facts of one frozen revision, each known, tested and not found, not tested, or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from trials.matching.answers import Reason
from trials.matching.intervals import Interval
from trials.matching.molecular import MolecularProfile
from trials.matching.registry import DAYS_PER_MONTH, FACTS
from trials.matching.specimens import AntigenSeen, antigens_of, current_profiles, molecular_profile
from trials.matching.vocabulary import diseases, drug_classes

Block: TypeAlias = Mapping[str, Any]
Value: TypeAlias = Interval | str | bool | frozenset[str] | tuple[str, str]

# Calendar months differ in length; over any span their sum stays within three days of the mean.
_CALENDAR_SLACK_MONTHS: Final = 0.1
_SAYS_NOTHING: Final = frozenset({"", "unknown", "not_examined", "pending", "not_done"})
_MONTHS_SHOWN_BELOW: Final = 24
_OVERT_FROM_PERCENT: Final = 5.0
_NOT_COUNTED_AS_LINE: Final = frozenset({"bridging", "consolidation", "maintenance"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One flat fact: a value with its text, or the reason why there is none."""

    value: Value | None = None
    text: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Therapy:
    """Earlier drugs and classes in lower case, each with the line that gave it.

    ``drugs_unclear`` is set when some line may hide a drug, ``classes_unclear`` when some drug has no class.
    """

    drugs: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    drugs_unclear: Reason | None = Reason.NOT_GIVEN
    classes_unclear: Reason | None = Reason.NOT_GIVEN


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that criteria may ask about one case on one day."""

    flat: Mapping[str, Fact]
    molecular: MolecularProfile
    antigens: Mapping[str, AntigenSeen]
    no_antigens: Reason
    therapy: Therapy
    stated_age_months: float | None = None
    elapsed_days: int = 0

    def get(self, name: str) -> Fact:
        """Return a flat fact; one that the form does not ask yet is unknown for that reason."""
        fact = self.flat.get(name)
        if fact is None:
            return Fact(reason=Reason.NOT_GIVEN if FACTS[name].asked else Reason.NOT_ASKED)
        return fact


def facts_of(content: Block, *, elapsed_days: int = 0) -> Facts:
    """Read the facts of a frozen revision as they stand ``elapsed_days`` after its submission.

    Missing blocks and unreadable values become unknown, never absent; nothing here raises for a thin dossier.
    """
    patient, diagnosis = _block(content, "patient"), _block(content, "diagnosis")
    status, specimens = _block(content, "status"), list(content.get("specimens") or [])
    lines = list(content.get("therapy_lines") or [])
    therapy = _therapy(lines, none_given=bool(content.get("no_therapy_yet")))
    flat = {
        **_patient_facts(patient, elapsed_days),
        **_diagnosis_facts(diagnosis),
        **_status_facts(status),
        **_line_facts(status, lines, none_given=bool(content.get("no_therapy_yet"))),
        **_profile_facts(specimens),
    }
    antigens, no_antigens = antigens_of(specimens, lines)
    return Facts(
        flat=MappingProxyType(flat),
        molecular=molecular_profile(specimens),
        antigens=antigens,
        no_antigens=no_antigens,
        therapy=therapy,
        stated_age_months=_number(patient.get("age_months_at_submission")),
        elapsed_days=elapsed_days,
    )


def age_after(months_at_submission: float, elapsed_days: int) -> Interval:
    """Return the age in months some days after a number of completed months was stated.

    Birth dates are never stored, so the result spans a month, and three days more on either side once time passes.
    """
    if elapsed_days <= 0:
        return Interval.completed(months_at_submission)
    passed = elapsed_days / DAYS_PER_MONTH
    low = max(months_at_submission, months_at_submission + passed - _CALENDAR_SLACK_MONTHS)
    return Interval(low, months_at_submission + 1 + passed + _CALENDAR_SLACK_MONTHS, high_open=True)


def _block(content: Block, name: str) -> Block:
    block = content.get(name)
    return block if isinstance(block, Mapping) else {}


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _amount(value: object, unit: str) -> Fact:
    number = _number(value)
    if number is None:
        return Fact(reason=Reason.NOT_GIVEN)
    return Fact(Interval.exactly(number), f"{value} {unit}".strip())


def _code(value: object) -> Fact:
    code = value.get("code", "") if isinstance(value, Mapping) else value
    if not isinstance(code, str) or code.lower() in _SAYS_NOTHING:
        return Fact(reason=Reason.NOT_GIVEN)
    display = value.get("display") if isinstance(value, Mapping) else None
    return Fact(code, str(display or code))


def _flag(value: object) -> Fact:
    if not isinstance(value, bool):
        return Fact(reason=Reason.NOT_GIVEN)
    return Fact(value, "yes" if value else "no")


def _age(value: object, elapsed_days: int = 0) -> Fact:
    """Compare in months; show years from two years on, as everywhere on the portal."""
    months = _number(value)
    if months is None:
        return Fact(reason=Reason.NOT_GIVEN)
    text = f"{months:.0f} months" if months < _MONTHS_SHOWN_BELOW else f"{months // 12:.0f} years"
    return Fact(age_after(months, elapsed_days), text)


def _patient_facts(patient: Block, elapsed_days: int) -> dict[str, Fact]:
    return {
        "age_at_submission": _age(patient.get("age_months_at_submission"), elapsed_days),
        "age_at_diagnosis": _age(patient.get("age_months_at_diagnosis")),
        "sex": _code(patient.get("sex")),
        "country": _code(patient.get("country")),
        "weight": _amount(patient.get("weight_kg"), "kg"),
        "height": _amount(patient.get("height_cm"), "cm"),
        "down_syndrome": _flag({"yes": True, "no": False}.get(str(patient.get("down_syndrome")))),
    }


def _diagnosis_facts(diagnosis: Block) -> dict[str, Fact]:
    entity, group = _code(diagnosis.get("entity")), _code(diagnosis.get("disease_group"))
    entity_code = entity.value if isinstance(entity.value, str) else ""
    group_code = group.value if isinstance(group.value, str) else diseases().group_of.get(entity_code, "")
    known = bool(entity_code or group_code)
    disease = Fact((entity_code, group_code), entity.text or group.text) if known else Fact(reason=Reason.NOT_GIVEN)
    return {
        "disease": disease,
        "initial_wbc": _amount(diagnosis.get("initial_wbc"), "x 10^9/L"),
        "initial_cns_status": _code(diagnosis.get("initial_cns_status")),
    }


def _status_facts(status: Block) -> dict[str, Fact]:
    morphology = _amount(status.get("bm_blasts_morphology_pct_of_cells"), "% of cells")
    flow = _amount(status.get("bm_blasts_flow_pct_of_cells"), "% of cells")
    sites = frozenset(str(site) for site in status.get("sites") or [])
    now = _code(status.get("status_now"))
    number = _number(status.get("relapse_number"))
    overt = any(
        isinstance(fact.value, Interval) and fact.value.low >= _OVERT_FROM_PERCENT for fact in (morphology, flow)
    )
    return {
        "status_now": now,
        "in_relapse": _in_relapse(now, number, overt=overt),
        "refractory": _refractory(now),
        "relapse_number": _relapse_number(now, number, overt=overt),
        "time_to_first_relapse": _age(status.get("time_to_first_relapse_months")),
        "sites": Fact(sites, ", ".join(sorted(sites))) if sites else Fact(reason=Reason.NOT_GIVEN),
        "cns_status": _code(status.get("cns_status")),
        "bm_blasts_morphology": morphology,
        "bm_blasts_flow": flow,
        "bm_blasts": morphology if morphology.value is not None else flow,
    }


def _in_relapse(now: Fact, number: float | None, *, overt: bool) -> Fact:
    """Read the status as "relapse".

    A molecular relapse counts as one only from 1 % MRD; MRD is not asked yet, so below overt disease (5 % blasts) it
    is unknown. Between 1 and 5 % further tests are needed (Ponte-di-Legno consensus, domain dossier 2.6).
    """
    match now.value:
        case "relapse_untreated" | "relapse_on_treatment" | "refractory_relapse":
            return Fact(value=True, text=now.text)
        case "MRD_relapse":
            return Fact(value=True, text=now.text) if overt else Fact(text=now.text, reason=Reason.MRD_RELAPSE)
        case "primary_refractory":
            return Fact(value=False, text=now.text)
        case "MRD_persistent" | "remission_high_risk" if number == 0:
            return Fact(value=False, text=now.text)
    return Fact(text=now.text, reason=Reason.NOT_GIVEN)


def _refractory(now: Fact) -> Fact:
    """Read the status as "refractory"; the definitions differ, so anything but a plain statement is unknown."""
    match now.value:
        case "primary_refractory" | "refractory_relapse":
            return Fact(value=True, text=now.text)
        case "relapse_untreated":
            return Fact(value=False, text=now.text)
    return Fact(text=now.text, reason=Reason.NOT_GIVEN)


def _relapse_number(now: Fact, number: float | None, *, overt: bool) -> Fact:
    if number is None:
        return Fact(reason=Reason.NOT_GIVEN)
    if now.value == "MRD_relapse" and not overt and number >= 1:
        return Fact(Interval(number - 1, number), f"{number:.0f} (molecular relapse)", Reason.MRD_RELAPSE)
    return Fact(Interval.exactly(number), f"{number:.0f}")


def _line_facts(status: Block, lines: list[Block], *, none_given: bool) -> dict[str, Fact]:
    counted = [line for line in lines if line.get("setting") not in _NOT_COUNTED_AS_LINE]
    relapses = _number(status.get("relapse_number")) or 0
    known = bool(lines) or none_given
    return {
        "lines": _amount(len(counted), "") if known else Fact(reason=Reason.NOT_GIVEN),
        "newly_diagnosed": _flag(False if lines or relapses else None),
    }


def _profile_facts(specimens: list[Block]) -> dict[str, Fact]:
    molecular, flow = current_profiles(specimens)
    return {
        "molecular_profile_current": _flag(molecular) if isinstance(molecular, bool) else Fact(reason=molecular),
        "flow_profile_current": _flag(flow) if isinstance(flow, bool) else Fact(reason=flow),
    }


def _therapy(lines: list[Block], *, none_given: bool) -> Therapy:
    """Collect exposures; a line described in free text only may hide any drug, a drug by free name any other."""
    drugs: dict[str, str] = {}
    classes: dict[str, str] = {}
    unclear = None if lines or none_given else Reason.NOT_GIVEN
    class_unclear = None
    for line in lines:
        where = f"line {line.get('line_number', '?')}"
        listed = line.get("drugs") or []
        if not listed:
            unclear = Reason.FREE_TEXT_REGIMEN
        for drug in listed:
            name = str(drug.get("display") or drug.get("code"))
            for key in (drug.get("code"), drug.get("display")):
                if key:
                    drugs.setdefault(str(key).lower(), f"{name}, {where}")
            if not drug.get("classes"):
                class_unclear = Reason.DRUG_CLASS
            if not drug.get("code"):
                unclear = unclear or Reason.DRUG_NAME
            for drug_class in _with_wider_classes(drug.get("classes") or []):
                classes.setdefault(drug_class, f"{name}, {where}")
    return Therapy(drugs, classes, unclear, unclear or class_unclear)


def _with_wider_classes(names: list[str]) -> list[str]:
    known = drug_classes()
    return sorted({wider for name in names for wider in known.get(str(name).lower(), {str(name).lower()})})
