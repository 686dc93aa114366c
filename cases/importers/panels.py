"""Rows that are not about one change of one gene: antigens, copy numbers, answers to drugs."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from cases.importers import cells
from cases.importers.cells import is_nothing
from cases.importers.preview import RefusedRow
from iltb.terminology.names import fold

Record = Mapping[str, str]

COMPARTMENTS: Final = {
    "mpo": "cytoplasmic",
    "cd79a": "cytoplasmic",
    "tdt": "nuclear",
    "pax5": "nuclear",
    "cd3": "unknown",
}
_PREFIX: Final = re.compile(r"(?P<prefix>cyto|cyt|cy|c|i|s|m)(?P<rest>CD\d|IgM|Ig\b|MPO)")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./αβγδκλ-]{0,29}")


def antigen(record: Record, warnings: list[str]) -> dict[str, object]:
    """Read a marker with per cent of cells and intensity. Raises ``RefusedRow`` when it says nothing about it."""
    name = (
        re.sub(r"\s+", "", record["antigen"])
        if record["antigen"].startswith(("CD", "cy"))
        else record["antigen"].strip()
    )
    if not _NAME.fullmatch(name):
        raise RefusedRow(_("This is not the name of an antigen."))
    values: dict[str, object] = {}
    if found := _PREFIX.match(name):
        cytoplasmic = found["prefix"] not in {"s", "m"}
        values["compartment"] = "cytoplasmic" if cytoplasmic else "surface"
        name = f"{'cy' if cytoplasmic else 's'}{name[found.start('rest') :]}"
    elif place := COMPARTMENTS.get(fold(name)):
        values["compartment"] = place
    said = [record.get(field, "").strip() for field in ("intensity", "result")]
    if any(fold(text) in cells.NOT_DONE for text in said if not is_nothing(text)):
        raise RefusedRow(
            _("Not done, failed or pending is not a negative result. Record the state of the test instead.")
        )
    percent = cells.percent(record.get("percent_positive", ""), warnings)
    if percent is not None:
        values |= {"percent_positive": percent, "percent_of": record.get("percent_of", "unknown")}
    intensity = next(filter(None, (_intensity(text) for text in said)), "")
    positive = any(fold(text) in cells.PRESENT or set(text) == {"+"} for text in said)
    if any(fold(text) in {"partial", "partiell", "partieel", "partiel", "teilweise"} for text in said):
        values["pattern"], positive = "partial", True
    if percent is None and not intensity and not positive and is_nothing(record.get("percent_positive", "")):
        raise RefusedRow(_("The row names an antigen but no result; unknown is not negative."))
    if intensity == "negative" and percent is not None and percent >= 20:
        warnings.append(_("Negative and %(percent)s %% positive do not go together. Check it.") % {"percent": percent})
    return {"antigen": name, **values, "intensity": intensity or "unknown"}


def _intensity(text: str) -> str:
    if text in {"-", "−", "–"} or (fold(text) in cells.ABSENT and not is_nothing(text)):
        return "negative"
    return cells.INTENSITY.get(fold(text), "")


def copy_number(record: Record, gene: str, warnings: list[str]) -> dict[str, object]:
    """Read a gain or loss of a gene or region; ``type`` is "" with a warning when nobody says what is lost."""
    region = record.get("region", "").strip() or _interval(record)
    if not gene and is_nothing(region):
        raise RefusedRow(_("Neither a gene nor a region is named."))
    copies = cells.number(record.get("copies", ""))
    if copies is None and not is_nothing(record.get("copies", "")):
        warnings.append(_("The number of copies could not be read."))
    if copies is not None and copies > 100:
        warnings.append(_("More than 100 copies: check the number."))
        copies = None
    word = record.get("copy_type", "")
    kind = cells.COPY_TYPE.get(fold(word), "")
    if not kind and not is_nothing(word) and copies is None and (copies := cells.number(word)) is None:
        raise RefusedRow(_("This is not a change of copy number; write for example gain, het del or hom del."))
    if kind in {"", "undecided"}:
        kind = _kind_of(copies, lost=kind == "undecided", warnings=warnings)
    if not gene and region != "iAMP21":
        warnings.append(_("No gene is named; add the gene that matters here."))
    return {
        "gene": gene,
        "region": region[:60],
        "type": kind,
        "copies": None if copies is None else cells.plain(copies),
    }


def _interval(record: Record) -> str:
    place = [record.get(field, "").strip() for field in ("chromosome", "start", "end")]
    if is_nothing(place[0]):
        return ""
    return f"{place[0]}:{place[1]}-{place[2]}" if place[1] and place[2] else place[0]


def _kind_of(copies: Decimal | None, *, lost: bool, warnings: list[str]) -> str:
    if copies is not None and copies < 2 and copies == copies.to_integral_value():
        return "loss_hom" if copies == 0 else "loss_het"
    if copies is not None and copies > 2 and not lost:
        return "gain"
    if copies == 2 and not lost:
        raise RefusedRow(_("Two copies are no change of copy number."))
    warnings.append(_("Is one copy lost or both? Please say.") if lost else _("What kind of change is it? Please say."))
    return ""


def drug_response(record: Record, warnings: list[str]) -> dict[str, object]:
    """Read the answer to one drug ex vivo. Concentrations are kept in nM. ``1,200`` and ``1.200`` ask."""
    values: dict[str, object] = {"drug": record["drug"].strip()[:80]}
    readout = record.get("readout", "")
    values["readout"] = cells.READOUT.get(fold(readout), "")
    if not values["readout"]:
        warnings.append(_("What was measured (IC50, AUC, DSS …)? Please say."))
    value = record.get("value", "").strip()
    unit = record.get("unit", "").strip()
    amount = cells.number(value)
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", value):
        warnings.append(_("%(value)s: is the sign a decimal point or for thousands? Please say.") % {"value": value})
        amount = None
    elif amount is None and not is_nothing(value):
        warnings.append(_("The value could not be read as one number; type it if you know it."))
    if amount is not None and (factor := TO_NM.get(unit.casefold().replace("μ", "u").replace("µ", "u"))):
        if factor != 1:
            warnings.append(_("%(value)s %(unit)s was converted to nM.") % {"value": value, "unit": unit})
        amount, unit = cells.plain(amount * factor), "nM"
    values |= {"value": amount, "unit": unit[:20]}
    values["percentile_in_cohort"] = _percentile(record, warnings)
    values["interpretation"] = cells.RESPONSE.get(fold(record.get("interpretation", "")), "")
    if amount is None and not values["interpretation"] and is_nothing(value):
        raise RefusedRow(_("The row names a drug but no result; not tested is not resistant."))
    return values


def _percentile(record: Record, warnings: list[str]) -> Decimal | None:
    text = record.get("percentile_in_cohort", "")
    value = cells.number(text)
    if not is_nothing(text) and (value is None or value > 100):
        warnings.append(_("The percentile is not a number of 0 to 100 and was left out."))
        return None
    return None if value is None else cells.plain(value)


TO_NM: Final = {
    "nm": Decimal(1),
    "um": Decimal(1000),
    "mm": Decimal(1_000_000),
    "pm": Decimal("0.001"),
    "nmol/l": Decimal(1),
}
