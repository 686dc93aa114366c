"""Drug response outside the body: one picture for each assay and readout, and the laboratory's own words.

Values of different assays and readouts never share an axis. Nothing is recomputed: percentile and interpretation are
the laboratory's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.safestring import SafeString

from cases import enums
from cases.models import ExVivoPanel
from cases.queries import words
from cases.queries.columns import Row, Stated, stated
from cases.queries.words import gettext as _
from iltb.core.charts import Response, response_chart

Content = Mapping[str, Any]

_DOUBTFUL: Final = ("borderline", "fail")
_SAID: Final = ("status", "qc", "caveat", "assay_platform")
_UNITS: Final = {"nM": "nM", "percent": "%", "fraction": "", "score": "", "z": ""}
_INTERPRETATION_TONES: Final = {"sensitive": "good", "resistant": "warn"}


@dataclass(frozen=True)
class ResponseRow:
    """One drug in words."""

    drug: str
    value: str
    percentile: str
    cohort: str
    interpretation: str
    tone: str
    detail: str
    has_bar: bool


@dataclass(frozen=True)
class Readout:
    """All drugs of one readout; ``chart`` is empty when no drug has a percentile."""

    name: str
    chart: SafeString | str
    rows: Sequence[ResponseRow]
    columns: Sequence[str]
    table: Sequence[Sequence[Row]]

    @property
    def without_bar(self) -> Sequence[ResponseRow]:
        """Drugs without a percentile, which have no place on the axis."""
        return [row for row in self.rows if not row.has_bar]

    @property
    def remarks(self) -> Sequence[ResponseRow]:
        """Drugs of which more is said than the picture shows."""
        return [row for row in self.rows if row.detail]


@dataclass(frozen=True)
class PanelView:
    """One run of an assay."""

    title: str
    status: str
    tone: str
    is_done: bool
    quality: str
    quality_tone: str
    is_doubtful: bool
    caveat: str
    stated: Stated
    readouts: Sequence[Readout]


def response_panels(panels: Sequence[Content]) -> list[PanelView]:
    """How the panels read, in the order of the dossier."""
    return [_panel(panel) for panel in panels]


def _panel(panel: Content) -> PanelView:
    qc, status = panel.get("qc") or "", panel.get("status")
    platform = words.label(enums.ExVivoPlatform, panel.get("assay_platform"))
    specimen = panel.get("specimen") or ""
    readouts: dict[str, list[Content]] = {}
    for row in panel.get("responses") or []:
        readouts.setdefault(row.get("readout") or "", []).append(row)
    title = words.capitalised(platform) if panel.get("assay_platform") else _("Assay not stated")
    return PanelView(
        title=f"{title}, {specimen}" if specimen else title,
        status=words.label(enums.BlockStatus, status),
        tone={"pending": "warn", "failed": "bad"}.get(status or "", ""),
        is_done=status == "done",
        quality=words.label(enums.Quality, qc) if qc else "",
        quality_tone={"pass": "good", "borderline": "warn", "fail": "bad"}.get(qc, ""),
        is_doubtful=qc in _DOUBTFUL,
        caveat=panel.get("caveat") or "",
        stated=stated(ExVivoPanel, panel, omit=_SAID if status == "pending" else (*_SAID, "expected_day")),
        readouts=[_readout(title, name, rows, is_doubtful=qc in _DOUBTFUL) for name, rows in readouts.items()],
    )


def _readout(panel: str, readout: str, rows: Sequence[Content], *, is_doubtful: bool) -> Readout:
    ordered = sorted(rows, key=lambda row: -Decimal(row.get("percentile_in_cohort") or -1))
    shown = [(row, _row(row)) for row in ordered]
    name = words.label(enums.Readout, readout)
    bars = [
        Response(
            name=view.drug,
            percentile=Decimal(row["percentile_in_cohort"]),
            shown=f"{view.value}, {view.interpretation}",
            cohort=f"n{words.NBSP}{row['reference_cohort_n']}" if row.get("reference_cohort_n") else _("n not stated"),
            is_doubtful=is_doubtful,
        )
        for row, view in shown
        if view.has_bar
    ]
    label = _("%(panel)s, %(readout)s: percentile in the laboratory's cohort") % {"panel": panel, "readout": name}
    return Readout(
        name=name,
        chart=response_chart(bars, label=label) if bars else "",
        rows=[view for _row_, view in shown],
        columns=[column for column, _value in _table_row(_row({}))],
        table=[_table_row(view) for _row_, view in shown],
    )


def _table_row(view: ResponseRow) -> list[Row]:
    return [
        (_("Drug"), view.drug),
        (_("Value"), view.value),
        (_("Percentile"), view.percentile),
        (_("Cohort"), view.cohort),
        (_("Interpretation of the laboratory"), view.interpretation),
        (_("Remarks"), view.detail or "–"),
    ]


def _row(row: Content) -> ResponseRow:
    interpretation = row.get("interpretation")
    percentile = row.get("percentile_in_cohort")
    return ResponseRow(
        drug=_drug(row),
        value=_value(row),
        percentile=words.number(percentile),
        cohort=_cohort(row),
        interpretation=words.label(enums.Sensitivity, interpretation) if interpretation else _("not interpreted"),
        tone=_INTERPRETATION_TONES.get(interpretation or "", ""),
        detail="; ".join(_remarks(row)),
        has_bar=percentile is not None,
    )


def _drug(row: Content) -> str:
    names = [row.get("display") or row.get("name") or "", *(row.get("combination_partners") or [])]
    return " + ".join(names)


def _value(row: Content) -> str:
    unit = _UNITS.get(row.get("unit") or "", row.get("unit") or "")
    value = words.compared(row.get("comparator"), words.number(row.get("value"), unit))
    dose = row.get("dose_nm")
    return value if dose is None else _("%(value)s at %(dose)s") % {"value": value, "dose": words.number(dose, "nM")}


def _cohort(row: Content) -> str:
    number, same = row.get("reference_cohort_n"), row.get("reference_same_disease")
    size = _("n not stated") if number is None else f"n{words.NBSP}{number}"
    disease = {"yes": _("same disease"), "no": _("other diseases too"), "unknown": _("diseases unknown")}.get(
        same or ""
    )
    return f"{size}, {disease}" if disease else size


def _remarks(row: Content) -> list[str]:
    remarks = []
    code, name, shown = row.get("code"), row.get("name") or "", row.get("display") or ""
    if row and not code:
        remarks.append(_("drug not recognised"))
    if name and shown and name.casefold() != shown.casefold():
        remarks.append(_("reported as “%(text)s”") % {"text": name})
    reached = {
        "yes": _("this level is reached in patients"),
        "no": _("this level is not reached in patients"),
        "unknown": _("whether this level is reached in patients is unknown"),
    }.get(row.get("clinically_achievable") or "")
    remarks += [reached] if reached else []
    if row.get("synergy_score") is not None or row.get("synergy_metric"):
        metric = words.label(enums.SynergyMetric, row.get("synergy_metric"))
        remarks.append(
            _("synergy %(score)s (%(metric)s)")
            % {
                "score": words.number(row.get("synergy_score")),
                "metric": metric,
            }
        )
    return [*remarks, *filter(None, [row.get("caveat")])]
