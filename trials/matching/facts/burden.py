"""How much disease there is now: blasts, residual disease, masses."""

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
    hull,
    number,
    rows,
    undecided,
    without_value,
    yes_or_no,
)
from trials.matching.intervals import Interval, measured

SPECS: Final = (
    FactSpec(
        "bm_blasts_morphology",
        K.QUANTITY,
        _("Marrow blasts, morphology"),
        _("What is the marrow blast count by morphology?"),
        "status.bm_blasts_morphology_pct_of_cells",
        "Known as stated, with its comparator; a marrow that was not done is not tested.",
        "percent",
    ),
    FactSpec(
        "bm_blasts_flow",
        K.QUANTITY,
        _("Marrow blasts, flow cytometry"),
        _("What is the marrow blast count by flow cytometry?"),
        "status.bm_blasts_flow_pct_of_cells",
        "Known as stated, with its comparator; a marrow that was not done is not tested.",
        "percent",
    ),
    FactSpec(
        "bm_blasts",
        K.QUANTITY,
        _("Marrow blasts"),
        _("What is the marrow blast count?"),
        "status, morphology before flow",
        "Known by morphology, without that by flow cytometry.",
        "percent",
    ),
    FactSpec(
        "pb_blasts",
        K.QUANTITY,
        _("Blasts in blood"),
        _("What is the share of blasts in blood?"),
        "status.pb_blasts_pct_of_cells",
        "Known as stated, with its comparator.",
        "percent",
    ),
    FactSpec(
        "wbc",
        K.QUANTITY,
        _("White cells"),
        _("What is the white cell count?"),
        "status.wbc",
        "Known as stated.",
        "cells",
    ),
    FactSpec(
        "neutrophils",
        K.QUANTITY,
        _("Neutrophils"),
        _("What is the neutrophil count?"),
        "status.anc",
        "Known as stated.",
        "cells",
    ),
    FactSpec(
        "platelets",
        K.QUANTITY,
        _("Platelets"),
        _("What is the platelet count?"),
        "status.platelets",
        "Known as stated.",
        "cells",
    ),
    FactSpec(
        "haemoglobin",
        K.QUANTITY,
        _("Haemoglobin"),
        _("What is the haemoglobin?"),
        "status.hb_g_dl",
        "Known as stated.",
        "haemoglobin",
    ),
    FactSpec(
        "mrd",
        K.QUANTITY,
        _("Minimal residual disease"),
        _("What is the current MRD, by which method?"),
        "mrd, rows of the marrow that are current",
        "Known from the current marrow values together; below a limit is a range, positive without a number is open.",
        "fraction",
    ),
    FactSpec(
        "mrd_method",
        K.CODES,
        _("MRD measured by"),
        _("By which method was MRD measured?"),
        "mrd.method",
        "Known from the current marrow values.",
    ),
    FactSpec(
        "largest_mass",
        K.QUANTITY,
        _("Largest mass"),
        _("What is the greatest diameter of the largest mass or node?"),
        "status.masses",
        "Known when every listed mass has a size; an empty list does not say that there is none.",
        "length",
    ),
    FactSpec(
        "measurable_disease",
        K.FLAG,
        _("Measurable disease"),
        _("Is there measurable disease, and how large?"),
        "status.masses",
        "Met by a node or mass above 1.5 cm; never excluded.",
    ),
)
_MEASURABLE_FROM_CM: Final = 1.5
_PERCENT: Final = 100.0


def read(content: Block) -> dict[str, Fact]:
    """Return the facts of this group."""
    status = block(content, "status")
    morphology = _marrow(status, "morphology")
    flow = _marrow(status, "flow")
    masses = rows(status, "masses")
    return {
        "bm_blasts_morphology": morphology,
        "bm_blasts_flow": flow,
        "bm_blasts": _hull(morphology, flow),
        "pb_blasts": amount(
            status.get("pb_blasts_pct_of_cells"), "% of cells", status.get("pb_blasts_comparator"), _PERCENT
        ),
        "wbc": _count(status, "wbc"),
        "neutrophils": _count(status, "anc"),
        "platelets": _count(status, "platelets"),
        "haemoglobin": amount(status.get("hb_g_dl"), "g/dL", status.get("hb_g_dl_comparator")),
        **_residual(content),
        "largest_mass": _largest(masses),
        "measurable_disease": _measurable(masses),
    }


def _hull(morphology: Fact, flow: Fact) -> Fact:
    """Return the span of both methods: what they disagree on stays open, regenerating marrow misleads either."""
    if isinstance(morphology.value, Interval) and isinstance(flow.value, Interval):
        top = max(morphology.value, flow.value, key=lambda one: (one.high, not one.high_open))
        low = min(morphology.value.low, flow.value.low)
        return Fact(Interval(low, top.high, top.high_open), f"{morphology.text}, by flow {flow.text}")
    return morphology if morphology.value is not None else flow


def mrd_by_method(content: Block) -> dict[str, Interval]:
    """Return current marrow MRD as fractions, for each method that gave a number."""
    found: dict[str, list[Interval]] = {}
    for row in _current(content):
        value = number(row.get("mrd_fraction"))
        if row.get("status") == "done" and value is not None:
            found.setdefault(str(row.get("method")), []).append(measured(value, row.get("comparator"), 1.0))
    return {method: hull(values) for method, values in found.items()}


def _marrow(status: Block, method: str) -> Fact:
    name = f"bm_blasts_{method}"
    fact = amount(status.get(f"{name}_pct_of_cells"), "% of cells", status.get(f"{name}_comparator"), _PERCENT)
    return without_value(status.get("bm_blasts_status")) if fact.value is None else fact


def _count(status: Block, name: str) -> Fact:
    return amount(status.get(name), "x 10^9/L", status.get(f"{name}_comparator"))


def _current(content: Block) -> list[Block]:
    return [row for row in rows(content, "mrd") if row.get("is_current") is True and row.get("tissue") == "BM"]


def _residual(content: Block) -> dict[str, Fact]:
    current = _current(content)
    values = mrd_by_method(content)
    methods = sorted(values)
    names = {
        "mrd_method": Fact(frozenset(methods), ", ".join(methods)) if methods else NOT_GIVEN,
    }
    if any(_positive_without_number(row) for row in current):
        return {"mrd": undecided(Reason.NOT_QUANTIFIABLE), **names}
    if values:
        texts = [_mrd_text(row) for row in current if number(row.get("mrd_fraction")) is not None]
        return {"mrd": Fact(hull(values.values()), "; ".join(texts), Reason.DETAIL), **names}
    return {"mrd": without_value(current[0].get("status") if current else None), **names}


def _positive_without_number(row: Block) -> bool:
    return row.get("status") == "done" and row.get("quantifiable") == "no" and number(row.get("mrd_fraction")) is None


def _mrd_text(row: Block) -> str:
    percent = (number(row.get("mrd_fraction")) or 0) * 100
    shown = amount(f"{percent:g}", "%", row.get("comparator")).text
    return f"{shown} ({row.get('method')})"


def _largest(masses: list[Block]) -> Fact:
    sizes = [size for row in masses if (size := number(row.get("size_cm"))) is not None]
    if not sizes:
        return undecided(Reason.NOT_GIVEN if masses else Reason.NONE_LISTED)
    largest = max(sizes)
    if len(sizes) < len(masses):
        return Fact(measured(largest, ">="), f"at least {largest:g} cm", Reason.NOT_GIVEN)
    return Fact(Interval.exactly(largest), f"{largest:g} cm")


def _measurable(masses: list[Block]) -> Fact:
    """Read a node above 1.5 cm as measurable; protocols accept other lesions too, so nothing smaller excludes it."""
    largest = _largest(masses)
    if isinstance(largest.value, Interval) and largest.value.low > _MEASURABLE_FROM_CM:
        return yes_or_no(value=True, text=largest.text)
    return undecided(largest.reason or Reason.DEFINITION, largest.text)
