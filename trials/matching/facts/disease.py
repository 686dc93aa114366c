"""The disease and where it stands: diagnosis, relapses, refractoriness, sites."""

from typing import Final

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.values import Block, age, amount, block, code, codes, number, rows, undecided, yes_or_no
from trials.matching.intervals import Interval
from trials.matching.vocabulary import diseases

SPECS: Final = (
    FactSpec(
        "disease",
        K.DISEASE,
        _("Diagnosis"),
        _("What is the exact diagnosis?"),
        "diagnosis.entity, diagnosis.disease_group",
        "Known as stated; a group alone leaves criteria on its entities open.",
    ),
    FactSpec(
        "initial_wbc",
        K.QUANTITY,
        _("White cells at diagnosis"),
        _("What was the white cell count at diagnosis?"),
        "diagnosis.initial_wbc",
        "Known as stated.",
        "cells",
    ),
    FactSpec(
        "initial_cns_status",
        K.CODE,
        _("CNS status at diagnosis"),
        _("What was the CNS status at diagnosis?"),
        "diagnosis.initial_cns_status",
        "Known as the centre reports it.",
    ),
    FactSpec(
        "initial_risk_group",
        K.CODE,
        _("Risk group at diagnosis"),
        _("What was the risk group at diagnosis?"),
        "diagnosis.initial_risk_group",
        "Known as stated.",
    ),
    FactSpec(
        "initial_stage",
        K.CODE,
        _("Stage at diagnosis"),
        _("What was the stage of the lymphoma at diagnosis?"),
        "diagnosis.lymphoma_stage_initial",
        "Known as stated.",
    ),
    FactSpec(
        "secondary_disease",
        K.CODE,
        _("Origin of the disease"),
        _("Did the disease arise de novo?"),
        "diagnosis.secondary_disease",
        "Known as stated.",
    ),
    FactSpec(
        "status_now",
        K.CODE,
        _("Disease status"),
        _("What is the disease status now?"),
        "status.status_now",
        "Known as stated.",
    ),
    FactSpec(
        "in_relapse",
        K.FLAG,
        _("In relapse"),
        _("Is the disease in relapse now?"),
        "status, mrd",
        "Known from the status; a molecular relapse counts when the marrow confirms it (5 % blasts, or 1 % by three "
        "tests), else it is open. A remission is none without an earlier relapse; after one it is open.",
    ),
    FactSpec(
        "refractory",
        K.FLAG,
        _("Refractory disease"),
        _("Is the disease refractory, and by which definition?"),
        "status.status_now",
        "Known from a plain status; definitions differ, so persistent MRD leaves it open.",
    ),
    FactSpec(
        "refractory_definition",
        K.CODE,
        _("Refractory by"),
        _("By which definition is the disease refractory?"),
        "status.refractory_definition",
        "Known as stated.",
    ),
    FactSpec(
        "newly_diagnosed",
        K.FLAG,
        _("Newly diagnosed"),
        _("Is this the first, untreated disease?"),
        "therapy_lines, status.relapse_number",
        "Excluded by any line or relapse; never claimed.",
    ),
    FactSpec(
        "relapse_number",
        K.QUANTITY,
        _("Number of relapses"),
        _("How many relapses has the patient had?"),
        "status.relapse_number",
        "Known as stated; a molecular relapse that is not confirmed may or may not be counted.",
        "count",
    ),
    FactSpec(
        "relapse_timing",
        K.CODE,
        _("Time of relapse"),
        _("Was the relapse very early, early or late?"),
        "status.relapse_timing_class",
        "Known as stated.",
    ),
    FactSpec(
        "relapse_high_risk",
        K.FLAG,
        _("High-risk relapse"),
        _("Is the relapse high-risk, by which protocol?"),
        "status.relapse_number",
        "Excluded without a relapse; protocols define it differently, so it is never claimed.",
    ),
    FactSpec(
        "time_to_first_relapse",
        K.AGE,
        _("Time to first relapse"),
        _("How many months passed from diagnosis to the first relapse?"),
        "status.time_to_first_relapse_months",
        "Known from the completed months.",
        "time",
    ),
    FactSpec(
        "sites",
        K.CODES,
        _("Sites of disease"),
        _("Which sites are involved?"),
        "status.sites",
        "Known when a site was chosen: the others are then not involved.",
    ),
    FactSpec(
        "extramedullary_disease",
        K.FLAG,
        _("Disease outside the marrow"),
        _("Is any site besides marrow and blood involved?"),
        "status.sites",
        "Known when a site was chosen, or by CNS or testis; open for nodes, liver or spleen alone, or an open CNS.",
    ),
    FactSpec(
        "isolated_extramedullary",
        K.FLAG,
        _("Disease only outside the marrow"),
        _("Are only sites besides marrow and blood involved?"),
        "status.sites",
        "Known when a site was chosen.",
    ),
    FactSpec(
        "cns_status",
        K.CODE,
        _("CNS status"),
        _("What is the CNS status now?"),
        "status.cns_status",
        "Known as the centre reports it.",
    ),
    FactSpec(
        "cns_disease",
        K.FLAG,
        _("CNS disease"),
        _("Is the central nervous system involved?"),
        "status.cns_status, status.sites",
        "Known for CNS1, CNS3 and a named site; protocols differ on CNS2, which stays open.",
    ),
    FactSpec(
        "testicular",
        K.CODE,
        _("Testicular disease"),
        _("Is a testis involved?"),
        "status.testicular",
        "Known when examined.",
    ),
)
_OVERT_FROM_PERCENT: Final = 5.0
_CONFIRMED_FROM_PERCENT: Final = 1.0
_TESTS_TO_CONFIRM: Final = 3
_IN_THE_MARROW: Final = frozenset({"bone_marrow", "blood"})
# Infiltrated in most leukaemias; protocols differ on whether that is extramedullary disease.
_INFILTRATED: Final = frozenset({"lymph_nodes", "liver", "spleen"})
_TESTIS: Final = frozenset({"unilateral", "bilateral"})


def read(content: Block, measured: dict[str, Fact], mrd_by_method: dict[str, Interval]) -> dict[str, Fact]:
    """Return the facts of this group; ``measured`` holds the marrow blasts, ``mrd_by_method`` current marrow MRD."""
    diagnosis, status = block(content, "diagnosis"), block(content, "status")
    now, count = code(status.get("status_now")), number(status.get("relapse_number"))
    confirmed = _confirmed(measured, mrd_by_method)
    return {
        "disease": _disease(diagnosis),
        "initial_wbc": amount(diagnosis.get("initial_wbc"), "x 10^9/L"),
        "initial_cns_status": code(diagnosis.get("initial_cns_status")),
        "initial_risk_group": code(diagnosis.get("initial_risk_group")),
        "initial_stage": code(diagnosis.get("lymphoma_stage_initial")),
        "secondary_disease": code(diagnosis.get("secondary_disease")),
        "status_now": now,
        "in_relapse": _in_relapse(now, count, confirmed=confirmed),
        "refractory": _refractory(now),
        "refractory_definition": code(status.get("refractory_definition")),
        "newly_diagnosed": yes_or_no(value=False) if rows(content, "therapy_lines") or count else NOT_GIVEN,
        "relapse_number": _relapse_number(now, count, confirmed=confirmed),
        "relapse_timing": code(status.get("relapse_timing_class")),
        "relapse_high_risk": yes_or_no(value=False, text="no relapse") if count == 0 else _by_definition(count),
        "time_to_first_relapse": age(status.get("time_to_first_relapse_months")),
        **_sites(status),
        "cns_status": code(status.get("cns_status")),
        "cns_disease": _cns_disease(status),
        "testicular": code(status.get("testicular")),
    }


def _disease(diagnosis: Block) -> Fact:
    """Return entity and group; an entity that is a group of its own (APL) wins over the wider group beside it (AML)."""
    entity, group = code(diagnosis.get("entity")), code(diagnosis.get("disease_group"))
    entity_code = entity.value if isinstance(entity.value, str) else ""
    group_code = group.value if isinstance(group.value, str) else diseases().group_of.get(entity_code, "")
    group_code = entity_code if entity_code in diseases().groups else group_code
    if not (entity_code or group_code):
        return NOT_GIVEN
    return Fact((entity_code, group_code), entity.text or group.text)


def _confirmed(measured: dict[str, Fact], mrd_by_method: dict[str, Interval]) -> bool:
    """Whether the marrow shows a relapse: 5 % blasts, or 1 % by morphology and two other tests.

    The Ponte-di-Legno consensus asks for more tests between 5 and 25 %; the status of the physician stands for them.
    Source: Buchmann S et al. Blood 2022;139:1785-1793. doi:10.1182/blood.2021012328
    """
    blasts = {name: measured[f"bm_blasts_{name}"].value for name in ("morphology", "flow")}
    lows = {name: value.low for name, value in blasts.items() if isinstance(value, Interval)}
    if any(low >= _OVERT_FROM_PERCENT for low in lows.values()):
        return True
    for method, fraction in mrd_by_method.items():
        lows[method] = max(lows.get(method, 0), fraction.low * 100)
    return sum(low >= _CONFIRMED_FROM_PERCENT for low in lows.values()) >= _TESTS_TO_CONFIRM


def _in_relapse(now: Fact, count: float | None, *, confirmed: bool) -> Fact:
    """Read the status as "in relapse".

    In remission, or with residual disease only, a patient who never relapsed is in no relapse by any reading. One who
    did is: some protocols mean active disease, others "relapsed" as history (CAR-T given in a second remission with
    residual disease), and "remission at high risk" does not tell how deep it is. So that stays open: neither a child
    in remission is taken for one in relapse, nor is a trial lost that would have accepted it.
    """
    match now.value:
        case "relapse_untreated" | "relapse_on_treatment" | "refractory_relapse":
            return yes_or_no(value=True, text=now.text)
        case "MRD_relapse":
            return yes_or_no(value=True, text=now.text) if confirmed else undecided(Reason.MRD_RELAPSE, now.text)
        case "primary_refractory":
            return undecided(Reason.CONTRADICTORY, now.text) if count else yes_or_no(value=False, text=now.text)
        case "MRD_persistent" | "remission_high_risk" if count is not None:
            return undecided(Reason.DEFINITION, now.text) if count else yes_or_no(value=False, text=now.text)
    return undecided(Reason.NOT_GIVEN, now.text)


def _refractory(now: Fact) -> Fact:
    """Read the status as "refractory"; the definitions differ, so anything but a plain statement is unknown."""
    match now.value:
        case "primary_refractory" | "refractory_relapse":
            return yes_or_no(value=True, text=now.text)
        case "relapse_untreated":
            return yes_or_no(value=False, text=now.text)
        case "MRD_persistent":
            return undecided(Reason.DEFINITION, now.text)
    return undecided(Reason.NOT_GIVEN, now.text)


def _relapse_number(now: Fact, count: float | None, *, confirmed: bool) -> Fact:
    if count is None:
        return NOT_GIVEN
    if now.value == "MRD_relapse" and not confirmed and count >= 1:
        return Fact(Interval(count - 1, count), f"{count:.0f} (molecular relapse)", Reason.MRD_RELAPSE)
    return Fact(Interval.exactly(count), f"{count:.0f}")


def _by_definition(count: float | None) -> Fact:
    return NOT_GIVEN if count is None else undecided(Reason.DEFINITION)


def _sites(status: Block) -> dict[str, Fact]:
    """Read the sites; disease of the CNS or the testes that the status states is one of them, ticked or not."""
    chosen, cns = codes(status, "sites"), _cns_disease(status)
    stated = {"CNS"} if cns.value is True else set()
    stated |= {"testis"} if status.get("testicular") in _TESTIS else set()
    sites = chosen | stated
    text = ", ".join(sorted(sites))
    outside = _outside_the_marrow(sites, status, cns)
    only_outside = yes_or_no(value=False, text=text) if sites & _IN_THE_MARROW else outside
    return {
        "sites": Fact(sites, text) if chosen else NOT_GIVEN,
        "extramedullary_disease": outside,
        "isolated_extramedullary": only_outside if chosen else NOT_GIVEN,
    }


def _outside_the_marrow(sites: frozenset[str], status: Block, cns: Fact) -> Fact:
    text, beyond = ", ".join(sorted(sites)), sites - _IN_THE_MARROW
    if not sites:
        return NOT_GIVEN
    if beyond:
        return undecided(Reason.DEFINITION, text) if beyond <= _INFILTRATED else yes_or_no(value=True, text=text)
    if cns.value is None and status.get("cns_status"):
        return undecided(cns.reason or Reason.NOT_GIVEN, cns.text)
    return yes_or_no(value=False, text=text)


def _cns_disease(status: Block) -> Fact:
    stated = code(status.get("cns_status"))
    value = stated.value if isinstance(stated.value, str) else ""
    if "CNS" in codes(status, "sites") or value.startswith("CNS3") or value == "positive":
        return yes_or_no(value=True, text=stated.text)
    if value in ("CNS1", "negative"):
        return yes_or_no(value=False, text=stated.text)
    return undecided(Reason.DEFINITION, stated.text) if value else stated
