"""Antigens of the disease as it is now, with what became of them since the specimen before.

An antigen is never shown without its time point: a value from before a directed treatment says nothing about today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.safestring import SafeString

from cases import enums
from cases.queries import words
from cases.queries.columns import Row
from cases.queries.dossier_specimens import (
    antigen_amounts,
    antigen_row,
    day_and_month,
    specimen_title,
)
from cases.queries.words import gettext as _
from iltb.core.charts import Antigen, antigen_bars

Content = Mapping[str, Any]

# Antigens that licensed or trial treatments are directed at, in the order of the page; the others follow as reported.
_TARGETS: Final = ("CD19", "CD22", "CD20", "CD7", "CD38", "CD33", "CD123", "CD5", "CD30", "CD52", "CLL-1", "TSLPR")


@dataclass(frozen=True)
class AntigenPanel:
    """The antigens of one specimen."""

    label: str
    title: str
    method: str
    is_current: bool
    chart: SafeString
    columns: Sequence[str]
    rows: Sequence[Sequence[Row]]
    changes: Sequence[str]


@dataclass(frozen=True)
class _Directed:
    on_day: int | None
    name: str


def antigen_panels(specimens: Sequence[Content], content: Content) -> list[AntigenPanel]:
    """One panel for each specimen with antigens; ``specimens`` come newest first, the current disease before all."""
    measured = [specimen for specimen in specimens if specimen.get("antigens")]
    directed = directed_treatments(content)
    return [_panel(specimen, measured[index + 1 :], directed) for index, specimen in enumerate(measured)]


def directed_treatments(content: Content) -> dict[str, list[_Directed]]:
    """Treatments given so far by the antigen they are directed at."""
    found: dict[str, list[_Directed]] = {}
    for therapy in content.get("cell_therapies") or []:
        name = cell_therapy_name(therapy)
        for antigen in therapy.get("target_antigens") or []:
            found.setdefault(antigen, []).append(_Directed(therapy.get("on_day"), name))
    for line in content.get("therapy_lines") or []:
        for drug in line.get("drugs") or []:
            for group in drug.get("classes") or []:
                if group.endswith("-directed therapy"):
                    given = _Directed(line.get("start_on_day"), drug["display"])
                    found.setdefault(group.removesuffix("-directed therapy"), []).append(given)
    return found


def cell_therapy_name(therapy: Content) -> str:
    """The product as it is called, and what it is directed at where no product is named."""
    product, own = therapy.get("product"), therapy.get("product_text") or ""
    targets = "/".join(therapy.get("target_antigens") or [])
    shown = words.label(enums.CellProduct, product) if product else ""
    name = own if own and product in {"", None, "academic", "other", "allogeneic"} else shown
    return name or _("%(antigens)s cell therapy") % {"antigens": targets or "?"}


def _panel(specimen: Content, older: Sequence[Content], directed: Mapping[str, Sequence[_Directed]]) -> AntigenPanel:
    antigens = sorted(specimen["antigens"], key=_rank)
    bars, changes = [], []
    for antigen in antigens:
        before = _before(antigen, older)
        bars.append(_bar(antigen, before, _timing(antigen, specimen, directed)))
        if before:
            changes.append(_change(antigen, *before))
    title = _("%(label)s, %(title)s, %(when)s") % {
        "label": specimen["label"],
        "title": specimen_title(specimen).lower(),
        "when": day_and_month(specimen.get("taken_on_day")),
    }
    methods = {words.label(enums.AntigenMethod, antigen.get("method")) for antigen in antigens}
    return AntigenPanel(
        label=specimen["label"],
        title=title,
        method=", ".join(sorted(methods)),
        is_current=bool(specimen.get("is_current_disease")),
        chart=antigen_bars(bars, label=_("Antigens, per cent positive: %(title)s") % {"title": title}),
        columns=[name for name, _value in antigen_row({})],
        rows=[antigen_row(antigen) for antigen in antigens],
        changes=changes,
    )


def _rank(antigen: Content) -> int:
    name = antigen["antigen"]
    return _TARGETS.index(name) if name in _TARGETS else len(_TARGETS)


def _before(antigen: Content, older: Sequence[Content]) -> tuple[Content, Content] | None:
    """The newest older measurement of the same antigen in the same compartment, with its specimen."""
    for specimen in older:
        for other in specimen["antigens"]:
            if (other["antigen"], other.get("compartment")) == (antigen["antigen"], antigen.get("compartment")):
                return other, specimen
    return None


def _bar(antigen: Content, before: tuple[Content, Content] | None, timing: str) -> Antigen:
    percent = antigen.get("percent_positive")
    earlier = before[0].get("percent_positive") if before else None
    shown = words.compared(antigen.get("percent_comparator"), words.percent(percent)) if percent is not None else ""
    return Antigen(
        name=_named(antigen),
        percent=None if percent is None else Decimal(percent),
        note=", ".join(filter(None, [*_notes(antigen), timing])),
        before=None if earlier is None else Decimal(earlier),
        shown=shown,
    )


def _named(antigen: Content) -> str:
    """Where the antigen sits is part of its name, except for the surface, where one expects it."""
    compartment = antigen.get("compartment")
    if compartment in {"cytoplasmic", "nuclear"} and not antigen["antigen"].startswith("cy"):
        return f"{antigen['antigen']} ({words.label(enums.Compartment, compartment)})"
    return str(antigen["antigen"])


def _notes(antigen: Content) -> list[str]:
    intensity, pattern = antigen.get("intensity"), antigen.get("pattern")
    notes = []
    if antigen.get("percent_of") == enums.PercentOf.NUCLEATED_CELLS:
        notes.append(words.label(enums.PercentOf, antigen["percent_of"]))
    if intensity and intensity != "unknown":
        notes.append(words.label(enums.Intensity, intensity))
    if pattern and pattern not in {"unknown", "homogeneous"}:
        notes.append(words.label(enums.Pattern, pattern))
    if antigen.get("negative_subclone_pct") is not None:
        notes.append(_("%(share)s of cells negative") % {"share": words.percent(antigen["negative_subclone_pct"])})
    return [*notes, *antigen_amounts(antigen)]


def _timing(antigen: Content, specimen: Content, directed: Mapping[str, Sequence[_Directed]]) -> str:
    """Before or after the treatments directed at this antigen; empty when there was none."""
    given = directed.get(antigen["antigen"].removeprefix("cy"), ())
    if not given:
        return ""
    taken = specimen.get("taken_on_day")
    if taken is None or any(one.on_day is None for one in given):
        return _("before or after %(name)s is not known") % {"name": given[-1].name}
    past = [one for one in given if one.on_day is not None and one.on_day <= taken]
    if past:
        return _("after %(names)s") % {"names": ", ".join(dict.fromkeys(one.name for one in past))}
    return _("before %(name)s") % {"name": given[0].name}


def _change(antigen: Content, before: Content, specimen: Content) -> str:
    """What became of an antigen since, with both time points; "lost" only where the laboratory calls it negative."""
    values = {
        "antigen": _named(antigen),
        "before": _value(before),
        "now": _value(antigen),
        "specimen": specimen["label"],
        "when": words.label(enums.TimePoint, specimen.get("time_point")),
    }
    was_negative, is_negative = (one.get("intensity") == "negative" for one in (before, antigen))
    if is_negative and not was_negative:
        return _("%(antigen)s lost: %(before)s at %(when)s (%(specimen)s), now %(now)s") % values
    if was_negative and not is_negative:
        return _("%(antigen)s gained: %(before)s at %(when)s (%(specimen)s), now %(now)s") % values
    return _("%(antigen)s: %(before)s at %(when)s (%(specimen)s), now %(now)s") % values


def _value(antigen: Content) -> str:
    share = words.compared(antigen.get("percent_comparator"), words.percent(antigen.get("percent_positive")))
    intensity = antigen.get("intensity")
    return f"{share}, {words.label(enums.Intensity, intensity)}" if intensity not in {None, "", "unknown"} else share
