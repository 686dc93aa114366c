"""The dossier as people read it, the tumour profile: words instead of codes, findings by pathway, charts with text.

One reading for triage, review, meeting, case page, print and check before sending. Nothing here asks the database: a
frozen revision holds code and display of everything, so an old dossier reads the same for ever. What is not shown is
named with its reason in ``dossier_omitted``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cases import enums
from cases.completeness import Level, missing
from cases.queries import words
from cases.queries.answers import question_rows
from cases.queries.checklist import Checklist, checklist
from cases.queries.columns import ResultTable, Stated
from cases.queries.dossier_alterations import AlterationTable, alterations
from cases.queries.dossier_antigens import AntigenPanel, antigen_panels
from cases.queries.dossier_course import Course, DrugName, LineView, course_of, kind_of_line
from cases.queries.dossier_patient import (
    AccessView,
    BoardAnswerView,
    ConditionView,
    GermlineView,
    TranscribedView,
    access_view,
    board_answers,
    condition_view,
    consent_stated,
    disease_stated,
    germline_view,
    masses_table,
    patient_stated,
    performance,
    status_stated,
    transcribed,
)
from cases.queries.dossier_responses import PanelView, response_panels
from cases.queries.dossier_specimens import SpecimenView, specimen_title, specimen_view
from cases.queries.germline import is_withheld
from cases.queries.shape import whole
from cases.queries.words import gettext as _

__all__ = ("Dossier", "DrugName", "LineView", "SpecimenView", "dossier_from", "kind_of_line")

Content = Mapping[str, Any]

_BLOCKS: Final = frozenset({"case", "patient", "diagnosis", "status", "specimens", "condition", "access", "consent"})


@dataclass(frozen=True)
class Gap:
    """Answers of one level that are missing."""

    title: str
    tone: str
    sentences: Sequence[str]


@dataclass(frozen=True)
class Dossier:
    """Everything that a revision states, ready to be shown."""

    headline: str
    facts: Sequence[tuple[str, str, str]]
    question: str
    frame: Stated
    gaps: Sequence[Gap]
    alterations: AlterationTable
    checklist: Checklist | None
    specimens: Sequence[SpecimenView]
    antigens: Sequence[AntigenPanel]
    responses: Sequence[PanelView]
    course: Course
    no_therapy_yet: bool
    germline: GermlineView
    condition: ConditionView
    access: AccessView
    disease: Stated
    status: Stated
    masses: ResultTable | None
    patient: Stated
    consent: Stated
    board_answers: Sequence[BoardAnswerView]
    transcribed: Sequence[TranscribedView]

    @property
    def lines(self) -> Sequence[LineView]:
        """The lines of treatment."""
        return self.course.lines

    @property
    def has_current_antigens(self) -> bool:
        """Whether an antigen was measured on the disease as it is now."""
        return any(panel.is_current for panel in self.antigens)

    @property
    def unconfirmed(self) -> str:
        """The parts typed from reports that the physician has not confirmed, in one line."""
        return ", ".join(view.part for view in self.transcribed if not view.is_confirmed)


def dossier_from(content: Content) -> Dossier:
    """How a content reads, frozen or not yet; missing keys read as "not stated"."""
    is_of_today = set(content) >= _BLOCKS
    with words.one_language():
        return _dossier(whole(content), is_of_today=is_of_today)


def _dossier(content: Content, *, is_of_today: bool) -> Dossier:
    case, patient, diagnosis, status = (content.get(key) or {} for key in ("case", "patient", "diagnosis", "status"))
    specimens = newest_first(content.get("specimens") or [])
    return Dossier(
        headline=_headline(diagnosis, status),
        facts=_facts(content, case, patient, status),
        question=words.text(case.get("question_text")),
        frame=_frame(case),
        gaps=_gaps(content) if is_of_today else [],
        alterations=alterations(specimens, specimen_title),
        checklist=checklist(content),
        specimens=[specimen_view(specimen) for specimen in specimens],
        antigens=antigen_panels(specimens, content),
        responses=response_panels(content.get("ex_vivo") or []),
        course=course_of(content),
        no_therapy_yet=bool(content.get("no_therapy_yet")),
        germline=germline_view(content),
        condition=condition_view(content),
        access=access_view(content),
        disease=disease_stated(diagnosis),
        status=status_stated(status),
        masses=masses_table(status),
        patient=patient_stated(patient),
        consent=consent_stated(content.get("consent") or {}),
        board_answers=board_answers(content.get("board_questions") or []),
        transcribed=transcribed(content.get("transcriptions") or []),
    )


def _headline(diagnosis: Content, status: Content) -> str:
    group = words.label(enums.DiseaseGroup, diagnosis.get("disease_group"))
    if not diagnosis.get("disease_group"):
        return _("Disease not stated")
    parts = [words.capitalised(group)]
    if status.get("status_now"):
        parts.append(words.label(enums.StatusNow, status["status_now"]))
    return ", ".join(parts)


def _facts(content: Content, case: Content, patient: Content, status: Content) -> list[tuple[str, str, str]]:
    """The twelve facts that are read first, in three rows of four: label, value and note."""
    urgency, _colon, within = words.label(enums.Urgency, case.get("urgency")).partition(": ")
    sites = words.labels(enums.Site, status.get("sites"))
    return [
        (_("Age"), words.age(patient.get("age_months_at_submission")), ""),
        (_("Weight"), words.number(patient.get("weight_kg"), "kg"), ""),
        (_("Performance"), performance(content.get("condition") or {}), ""),
        (_("Aim"), words.label(enums.TreatmentIntent, case.get("treatment_intent")), ""),
        (_("Disease"), words.named((content.get("diagnosis") or {}).get("entity")), ""),
        (_("Status"), words.label(enums.StatusNow, status.get("status_now")), ""),
        (_("Relapses"), words.count(status.get("relapse_number")), ""),
        (_("Marrow blasts"), *_blasts(status)),
        (_("Sites"), sites, ""),
        (_("CNS"), words.label(enums.CnsStatus, status.get("cns_status")), ""),
        (_("Urgency"), urgency, within),
        (_("Decision needed in"), words.number(case.get("next_decision_day"), _("days")), ""),
    ]


def _blasts(status: Content) -> tuple[str, str]:
    """By morphology, else by flow; "not done" and "pending" are answers."""
    for method, note in (("morphology", ""), ("flow", _("by flow"))):
        share = status.get(f"bm_blasts_{method}_pct_of_cells")
        if share is not None:
            return words.compared(status.get(f"bm_blasts_{method}_comparator"), words.percent(share)), note
    state = status.get("bm_blasts_status")
    return (words.label(enums.BlockStatus, state) if state and state != "done" else words.not_stated()), ""


def _frame(case: Content) -> Stated:
    in_the_strip = {_("Question"), _("Aim of treatment"), _("Urgency"), _("Decision needed in")}
    rows = [row for row in question_rows(case) if row[0] not in in_the_strip]
    if case.get("parent_code"):
        rows.append((_("Follows the case"), str(case["parent_code"])))
    return Stated.among(rows)


def _gaps(content: Content) -> list[Gap]:
    """What is missing by level; a content of an older form was not asked all of it, so it has none."""
    titles = {
        Level.MANDATORY: (_("Missing"), "bad"),
        Level.TO_FOLLOW: (_("To follow"), "warn"),
        Level.RECOMMENDED: (_("Not stated, would help"), ""),
    }
    found = [item for item in missing(content) if not (item.field == "germline" and is_withheld(content))]
    gaps = []
    for level, (title, tone) in titles.items():
        sentences = [str(item.sentence) for item in found if item.level is level]
        if sentences:
            gaps.append(Gap(title, tone, list(dict.fromkeys(sentences))))
    return gaps


def newest_first(specimens: Iterable[Content]) -> list[Content]:
    """The current disease first, then by day; one without a day last of its kind."""

    def age_of(specimen: Content) -> tuple[bool, int]:
        day = specimen.get("taken_on_day")
        return not specimen.get("is_current_disease"), 1 if day is None else -day

    return sorted(specimens, key=age_of)
