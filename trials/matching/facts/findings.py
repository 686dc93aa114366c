"""What laboratories found in the current disease. Variants, fusions and antigens are read in ``specimens``."""

from typing import Final

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact, Topics
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.values import Block, block, not_found, rows, undecided, without_value, yes_or_no
from trials.matching.specimens import current_profiles, is_profiled, seen_on

_CURRENT: Final = (
    "Met or not found by a specimen of the current disease only; what was seen or excluded before the last remission, "
    "a gene that nobody looked for, pending and failed tests leave it open."
)
SPECS: Final = (
    FactSpec(
        "variant",
        K.VARIANT,
        _("Gene variant"),
        _("Was this gene examined in the current disease, and with what result?"),
        "specimens.variants, copy_numbers, tested_absent",
        _CURRENT
        + " So does a variant that may be the donor's or is of uncertain significance. Inherited ones are not read.",
    ),
    FactSpec(
        "fusion",
        K.FUSION,
        _("Fusion or rearrangement"),
        _("Was this rearrangement looked for in the current disease, and with what result?"),
        "specimens.fusions, tested_absent",
        _CURRENT + " Founding lesions hold across a remission.",
    ),
    FactSpec(
        "pathway",
        K.PATHWAY,
        _("Pathway"),
        _("Were the genes of this pathway examined in the current disease?"),
        "specimens.variants, copy_numbers, fusions, tested_absent",
        _CURRENT + " Not found only when every gene of the pathway was looked for.",
    ),
    FactSpec(
        "antigen",
        K.ANTIGEN,
        _("Surface antigen"),
        _("Is this antigen expressed on the blasts of the current disease?"),
        "specimens.antigens",
        "Known from the newest specimen of the current disease; measured before treatment against it, it is open.",
        about="antigen",
    ),
    FactSpec(
        "antigen_percent",
        K.ANTIGEN_PERCENT,
        _("Surface antigen, share of blasts"),
        _("On which share of the blasts of the current disease is this antigen found?"),
        "specimens.antigens",
        "As for the antigen; a share of other cells than blasts is open.",
        "percent",
        about="antigen",
    ),
    FactSpec(
        "molecular_profile_current",
        K.FLAG,
        _("Molecular profile of the current disease"),
        _("Was a molecular profile of the current disease made?"),
        "specimens.assays",
        "Known from the state of the profiling methods on specimens of the current disease.",
    ),
    FactSpec(
        "molecular_profile_relapse",
        K.FLAG,
        _("Molecular profile at relapse"),
        _("Was the relapse profiled?"),
        "specimens.assays of a relapse",
        "Known from the state of the profiling methods on specimens of a relapse.",
    ),
    FactSpec(
        "flow_profile_current",
        K.FLAG,
        _("Flow profile of the current disease"),
        _("Was flow cytometry of the current disease done?"),
        "specimens.antigens, specimens.assays",
        "Met by any result of flow cytometry; otherwise from the state of the immunophenotype.",
    ),
    FactSpec(
        "ph_like_signature",
        K.FLAG,
        _("Ph-like signature"),
        _("Was the Ph-like signature determined?"),
        "specimens.signature, diagnosis.entity",
        "Met when the entity says so; otherwise from the signature of the current disease.",
    ),
    FactSpec(
        "ex_vivo_sensitive",
        K.FLAG,
        _("Sensitive in the laboratory to"),
        _("Was drug sensitivity tested, with what result?"),
        "ex_vivo.responses.interpretation",
        "Known as the laboratory calls it, for a single drug on cells of the current disease; a failed, pending or "
        "disputed result is open.",
        about="drug",
    ),
    FactSpec(
        "unread_criteria",
        K.UNREAD,
        _("Further criteria"),
        _("The protocol was not read in full: ask the trial office."),
        "",
        "Stands for criteria that nobody has read: always open.",
    ),
)
_OF_RELAPSE: Final = frozenset({"first_relapse", "later_relapse", "current_relapse"})
_RESPONSES: Final = {"sensitive": True, "intermediate": False, "resistant": False}


def read(content: Block) -> tuple[dict[str, Fact], dict[str, Topics]]:
    """Return the facts of this group, and those about a drug."""
    specimens = rows(content, "specimens")
    molecular, flow = current_profiles(specimens)
    of_relapse = [specimen for specimen in specimens if specimen.get("time_point") in _OF_RELAPSE]
    flat = {
        "molecular_profile_current": _stated(molecular),
        "molecular_profile_relapse": _stated(is_profiled(of_relapse)),
        "flow_profile_current": _stated(flow),
        "ph_like_signature": _ph_like(content, specimens),
    }
    return flat, {"ex_vivo_sensitive": _sensitivities(rows(content, "ex_vivo"), specimens)}


def _stated(found: bool | Reason) -> Fact:  # noqa: FBT001 -- the answer itself, not a switch
    return yes_or_no(found) if isinstance(found, bool) else undecided(found)


def _ph_like(content: Block, specimens: list[Block]) -> Fact:
    if block(block(content, "diagnosis"), "entity").get("code") == "BALL_PH_LIKE":
        return yes_or_no(value=True)
    seen = [(seen_on(one), block(one, "signature").get("ph_like_signature")) for one in specimens]
    stated = [(where, answer) for where, answer in seen if answer in ("yes", "no")]
    current = {answer for where, answer in stated if where.current}
    if len(current) == 1:
        return yes_or_no(value=True) if "yes" in current else not_found()
    if stated:
        return undecided(Reason.CONTRADICTORY if current else Reason.BEFORE_REMISSION)
    return next((without_value(answer) for _where, answer in seen if answer == "nd"), NOT_GIVEN)


def _sensitivities(panels: list[Block], specimens: list[Block]) -> Topics:
    """Return the laboratory's own word for each single drug; two panels that disagree decide nothing."""
    found: dict[str, Fact] = {}
    for panel in panels:
        doubt = _doubt(panel, specimens)
        for row in rows(panel, "responses"):
            if row.get("combination_partners"):
                continue
            fact = _sensitivity(row, panel, doubt)
            for key in {str(row.get(name)).lower() for name in ("code", "display", "name") if row.get(name)}:
                found[key] = _joined(found[key], fact) if key in found else fact
    states = [panel.get("status") for panel in panels]
    if not panels:
        return Topics(found)
    return Topics(found, undecided(Reason.NOT_TESTED) if "done" in states else without_value(states[-1]))


def _doubt(panel: Block, specimens: list[Block]) -> Reason | None:
    if panel.get("status") != "done" or panel.get("qc") == "fail":
        return Reason.PENDING if panel.get("status") == "pending" else Reason.FAILED
    current = {str(one.get("label")): seen_on(one).current for one in specimens}
    label = str(panel.get("specimen") or "")
    if label not in current:
        return None if current and all(current.values()) else Reason.NO_SPECIMEN
    return None if current[label] else Reason.BEFORE_REMISSION


def _sensitivity(row: Block, panel: Block, doubt: Reason | None) -> Fact:
    word = str(row.get("interpretation") or "")
    text = f"{word}, quality borderline" if panel.get("qc") == "borderline" else word
    if doubt is not None:
        return undecided(doubt, text)
    if word == "not_evaluable":
        return undecided(Reason.NOT_ASSESSABLE, text)
    return yes_or_no(_RESPONSES[word], text) if word in _RESPONSES else NOT_GIVEN


def _joined(first: Fact, second: Fact) -> Fact:
    if first.value is None or second.value is None:
        return second if first.value is None else first
    return first if first.value == second.value else undecided(Reason.CONTRADICTORY, f"{first.text}; {second.text}")
