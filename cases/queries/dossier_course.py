"""Treatment, transplants, cell therapies and residual disease along the time since diagnosis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.safestring import SafeString

from cases import enums
from cases.models import CellTherapy, MrdMeasurement, TherapyDrug, Transplant
from cases.queries import words
from cases.queries.columns import Row, Stated, in_words, stated
from cases.queries.dossier_antigens import cell_therapy_name
from cases.queries.dossier_specimens import day_and_month
from cases.queries.words import gettext as _
from iltb.core.charts import (
    DAYS_PER_MONTH,
    Event,
    Residual,
    Treatment,
    mrd_chart,
    series_class,
    treatment_chart,
)

Content = Mapping[str, Any]

# A line is drawn in the colour of the first of these that one of its drugs belongs to.
_KINDS: Final = (
    ("cell therapy", "cell"),
    ("immunotherapy", "targeted"),
    ("targeted agent", "targeted"),
    ("cytotoxic agent", "chemotherapy"),
    ("supportive drug", "supportive"),
)


@dataclass(frozen=True)
class DrugName:
    """A drug of a line; one that no list knows is shown as written and marked."""

    name: str
    is_known: bool
    detail: str = ""


@dataclass(frozen=True)
class LineView:
    """One line of treatment as text."""

    number: int
    setting: str
    regimen: str
    drugs: Sequence[DrugName]
    days: str
    stop_reason: str
    best_response: str
    detail: str = ""
    toxicities: Sequence[str] = ()


@dataclass(frozen=True)
class CellEvent:
    """A transplant or a cell therapy."""

    title: str
    when: str
    stated: Stated


@dataclass(frozen=True)
class MrdView:
    """Residual disease as a picture and as a table; ``chart`` is empty when nothing can be drawn."""

    chart: SafeString | str
    legend: Sequence[Row]
    columns: Sequence[str]
    rows: Sequence[Sequence[Row]]


@dataclass(frozen=True)
class Course:
    """Everything that happened since diagnosis."""

    lines: Sequence[LineView]
    chart: SafeString | None
    legend: Sequence[Row]
    cells: Sequence[CellEvent]
    never: Sequence[str]  # said not to have been given; what nobody answered is not among them
    mrd: MrdView | None


def course_of(content: Content) -> Course:
    """How treatment so far reads."""
    rows = _rows(content)
    events = relapses_of(content)
    # Months of age are coarse, and may be missing: a relapse is drawn also where it lies after them.
    until = max([_day_of_question(content), *(event.on_day for event in events)])
    measured = content.get("mrd") or []
    return Course(
        lines=[line_view(line) for line in content.get("therapy_lines") or []],
        chart=treatment_chart(rows, events, until_day=until) if rows else None,
        legend=_legend(content, has_relapse=bool(events)),
        cells=[*map(_transplant, content.get("transplants") or []), *map(_cell, content.get("cell_therapies") or [])],
        never=_never(content),
        mrd=_mrd(measured, [*events, *_given(rows)], until) if measured else None,
    )


def _never(content: Content) -> list[str]:
    exposure = content.get("exposure") or {}
    said = {
        ("no_transplant", "transplants"): _("No transplant so far."),
        ("no_cell_therapy", "cell_therapies"): _("No cell therapy so far."),
    }
    return [sentence for (none, kind), sentence in said.items() if exposure.get(none) and not content.get(kind)]


def _day_of_question(content: Content) -> int:
    patient = content.get("patient") or {}
    now, then = patient.get("age_months_at_submission"), patient.get("age_months_at_diagnosis")
    return int(((now or 0) - (then or now or 0)) * DAYS_PER_MONTH)


def _rows(content: Content) -> list[Treatment]:
    """Lines as bars, transplants and cell therapies as discs, in the order in which they happened."""
    rows = [
        Treatment(
            label=f"{line['line_number']}. {line['regimen_name']}",
            start_on_day=line["start_on_day"],
            stop_on_day=line.get("stop_on_day"),
            kind=kind_of_line(line),
            response=words.label(enums.BestResponse, line.get("best_response")),
        )
        for line in content.get("therapy_lines") or []
    ]
    for transplant in content.get("transplants") or []:
        name = _("Transplant %(number)s") % {"number": transplant["number"]}
        rows += _point(name, transplant.get("on_day"), words.label(enums.Donor, transplant.get("donor")))
    for therapy in content.get("cell_therapies") or []:
        best = therapy.get("best_response")
        response = words.label(enums.BestResponse, best) if best else ""
        rows += _point(words.capitalised(cell_therapy_name(therapy)), therapy.get("on_day"), response)
    return sorted(rows, key=lambda row: row.start_on_day)


def _point(label: str, day: int | None, response: str) -> list[Treatment]:
    """Nothing when the day is not stated: the text has it, the axis has no place for it."""
    return [] if day is None else [Treatment(label, day, day, "cell", response, is_point=True)]


def _given(rows: Iterable[Treatment]) -> list[Event]:
    return [Event(row.start_on_day, row.label) for row in rows if row.is_point]


def relapses_of(content: Content) -> list[Event]:
    """Relapses with a day; the first one, known by its month, only where no day says the same.

    There are never more than the dossier counts: a specimen tells of a relapse only where one has no other day.
    """
    events = [
        Event(transplant["relapse_on_day"], _("relapse after transplant %(number)s") % {"number": transplant["number"]})
        for transplant in content.get("transplants") or []
        if transplant.get("relapse_on_day") is not None
    ]
    status = content.get("status") or {}
    months = status.get("time_to_first_relapse_months")
    if months is not None:
        first = Event(int(months * DAYS_PER_MONTH), _("first relapse"))
        events = events if _is_said(first, events) else [first, *events]
    for event in _seen_on_specimens(content, has_first=months is not None):
        if len(events) < (status.get("relapse_number") or 0) and not _is_said(event, events):
            events.append(event)
    return sorted(events, key=lambda event: event.on_day)


def _is_said(event: Event, events: Iterable[Event]) -> bool:
    """Whether one of ``events`` is so near that both are the same relapse."""
    return any(abs(event.on_day - other.on_day) <= DAYS_PER_MONTH for other in events)


def _seen_on_specimens(content: Content, *, has_first: bool) -> list[Event]:
    """Relapses by the day of their specimen, the present one first: it is the surest.

    Of the present one the earliest specimen counts, of later ones each; of the first only where no month is stated.
    """
    events = []
    for point in (enums.TimePoint.CURRENT_RELAPSE, enums.TimePoint.FIRST_RELAPSE, enums.TimePoint.LATER_RELAPSE):
        taken = [
            Event(row["taken_on_day"], f"{point.label} ({row.get('label') or '?'})")
            for row in content.get("specimens") or []
            if row.get("time_point") == point and row.get("taken_on_day") is not None
        ]
        taken.sort(key=lambda event: event.on_day)
        if point == enums.TimePoint.FIRST_RELAPSE and has_first:
            continue
        events += taken if point == enums.TimePoint.LATER_RELAPSE else taken[:1]
    return events


def kind_of_line(line: Content) -> str:
    """The colour of a line: the first of ``_KINDS`` that one of its drugs belongs to, "" when none is known."""
    classes = {name for drug in line.get("drugs") or [] for name in drug.get("classes") or []}
    return next((kind for name, kind in _KINDS if name in classes), "")


def _legend(content: Content, *, has_relapse: bool) -> list[Row]:
    """The colours that the chart uses, each once, in the order of ``_KINDS``."""
    names = {
        "cell": _("transplant or cell therapy"),
        "targeted": _("targeted or immunotherapy"),
        "chemotherapy": _("chemotherapy"),
        "supportive": _("supportive"),
        "": _("drugs not stated, or other"),
        "event-mark": _("dashed line: relapse"),
    }
    used = {kind_of_line(line) for line in content.get("therapy_lines") or []}
    if content.get("transplants") or content.get("cell_therapies"):
        used.add("cell")
    if has_relapse:
        used.add("event-mark")
    return [(kind, shown) for kind, shown in names.items() if kind in used]


def line_view(line: Content) -> LineView:
    """How one line of treatment reads."""
    stop = line.get("stop_on_day")
    days = _("from day %(start)s") if stop is None else _("day %(start)s to %(stop)s")
    lasted, trial = line.get("response_duration_days"), line.get("trial_id")
    details = [] if lasted is None else [_("lasted %(days)s days") % {"days": lasted}]
    if trial:
        details.append(_("in no trial") if trial == "none" else _("in the trial %(trial)s") % {"trial": trial})
    return LineView(
        number=line["line_number"],
        setting=words.label(enums.LineSetting, line.get("setting")),
        regimen=words.text(line.get("regimen_name")),
        drugs=[_drug(drug) for drug in line.get("drugs") or []],
        days=days % {"start": line["start_on_day"], "stop": stop},
        stop_reason=words.label(enums.StopReason, line.get("stop_reason")),
        best_response=words.label(enums.BestResponse, line.get("best_response")),
        detail=", ".join(details),
        toxicities=[_toxicity(toxicity) for toxicity in line.get("toxicities") or []],
    )


def _drug(drug: Content) -> DrugName:
    rows = stated(TherapyDrug, drug, omit=("name",)).rows
    details = [f"{name.lower()} {value}" for name, value in rows]
    written = drug.get("name") or ""
    if written and written.casefold() != drug["display"].casefold():
        details.insert(0, _("reported as “%(text)s”") % {"text": written})
    return DrugName(drug["display"], is_known=bool(drug.get("code")), detail=", ".join(details))


def _toxicity(toxicity: Content) -> str:
    ongoing = {"yes": _("still there"), "no": _("over"), "unknown": _("whether it is over is unknown")}
    parts = [
        toxicity["term"].replace("_", " "),
        _("grade %(grade)s") % {"grade": toxicity["grade"]},
        ongoing.get(toxicity.get("ongoing") or "", ""),
    ]
    return ", ".join(filter(None, parts))


def _transplant(transplant: Content) -> CellEvent:
    return CellEvent(
        title=_("Transplant %(number)s") % {"number": transplant["number"]},
        when=day_and_month(transplant.get("on_day")),
        stated=stated(Transplant, transplant, omit=("number", "on_day")),
    )


def _cell(therapy: Content) -> CellEvent:
    return CellEvent(
        title=_("Cell therapy %(number)s: %(name)s")
        % {"number": therapy["number"], "name": cell_therapy_name(therapy)},
        when=day_and_month(therapy.get("on_day")),
        stated=stated(CellTherapy, therapy, omit=("number", "on_day")),
    )


def _mrd(measured: Sequence[Content], events: Sequence[Event], until: int) -> MrdView:
    series = list(dict.fromkeys(_series(row) for row in measured))
    points = [point for row in measured if (point := _point_of(row, series.index(_series(row))))]
    drawn = {point.series for point in points}
    return MrdView(
        chart=mrd_chart(points, events, until_day=until) if points else "",
        legend=[(series_class(index), name) for index, name in enumerate(series) if index in drawn],
        columns=[label for label, _value in _mrd_row({})],
        rows=[_mrd_row(row) for row in measured],
    )


def _series(row: Content) -> str:
    method, tissue = words.label(enums.MrdMethod, row.get("method")), words.label(enums.MrdTissue, row.get("tissue"))
    return f"{method}, {tissue}"


def _point_of(row: Content, series: int) -> Residual | None:
    """A mark needs a day and a value; "below" without a value is drawn at the limit of detection."""
    day, value = row.get("measured_on_day"), row.get("mrd_fraction")
    is_below = row.get("comparator") in {"<", "<="}
    if is_below and (value is None or not Decimal(value)):
        value = row.get("detection_limit")
    if day is None or value is None or not Decimal(value):
        return None
    return Residual(day, Decimal(value), is_below=is_below, shown=_shown(row, value), series=series)


def _shown(row: Content, value: str) -> str:
    return words.compared(row.get("comparator"), words.power_of_ten(value))


def _mrd_row(row: Content) -> list[Row]:
    status, value = row.get("status"), row.get("mrd_fraction")
    if status and status != "done":
        result = words.label(enums.BlockStatus, status)
    elif value is None and row.get("comparator") in {"<", "<="} and row.get("detection_limit"):
        result = _shown(row, row["detection_limit"])
    elif value is None:
        result = words.not_stated()
    else:
        percent = words.compared(row.get("comparator"), words.percent_of_fraction(value))
        result = f"{_shown(row, value)} ({percent})"
    known = ("method", "tissue", "mrd_fraction", "measured_on_day", "status", "detection_limit")
    return [
        (_("Method"), _series(row)),
        (_("When"), day_and_month(row.get("measured_on_day"))),
        (_("Result"), result),
        (_("Limit of detection"), words.power_of_ten(row.get("detection_limit"))),
        (_("Remarks"), in_words(MrdMeasurement, row, omit=known) or "–"),
    ]
