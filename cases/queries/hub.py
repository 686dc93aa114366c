"""The task list of a dossier: what is done, what is missing, what would help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases import enums
from cases.completeness import Level, Missing, Section, missing
from cases.models import Case, Query
from cases.plausibility import Grade, doubts
from cases.queries import words

Content = Mapping[str, Any]

# Confirmed with the button that sends the dossier, so it is not a gap on the way there.
CONFIRMED_LAST: Final = "deidentification_confirmed"

TITLES: Final[Mapping[Section, str | Promise]] = MappingProxyType(
    {
        Section.QUESTION: gettext_lazy("Question"),
        Section.PATIENT: gettext_lazy("Patient"),
        Section.DISEASE: gettext_lazy("Disease and status"),
        Section.FINDINGS: gettext_lazy("Specimens and findings"),
        Section.THERAPY: gettext_lazy("Treatment lines"),
        Section.CONSENT: gettext_lazy("Consent"),
    },
)


@dataclass(frozen=True)
class Task:
    """One section on the task list; ``tone`` is empty when it is completed."""

    title: str
    url: str
    hint: str
    status: str
    tone: str


@dataclass(frozen=True)
class Gap:
    """Something to add or to look at, with the field where."""

    sentence: str
    section: str
    url: str


@dataclass(frozen=True)
class Hub:
    """The task list. ``query`` is the board's open question.

    ``missing`` is what sections already begun still need, ``missing_elsewhere`` what the others will.
    """

    code: str
    centre: str
    is_draft: bool
    is_with_board: bool
    is_new: bool
    saved_at: datetime
    progress: str
    tasks: Sequence[Task]
    missing: Sequence[Gap]
    missing_elsewhere: Sequence[Gap]
    contradictions: Sequence[Gap]
    doubtful: Sequence[Gap]
    recommended: Sequence[Gap]
    query: Query | None
    check_url: str


def hub_of(case: Case, content: Content) -> Hub:
    """The task list of ``case``, whose dossier now reads ``content``. At most one query."""
    gaps = [gap for gap in missing(content) if gap.field != CONFIRMED_LAST]
    tasks = [_task(case, section, content, gaps) for section in Section]
    begun = [gap for gap in gaps if _is_begun(gap.section, content)]
    done = sum(not task.tone for task in tasks)
    progress = _("%(done)s of %(all)s sections completed.") % {"done": done, "all": len(tasks)}
    return Hub(
        code=case.code,
        centre=case.centre.name,
        is_draft=case.state == enums.CaseState.DRAFT,
        is_with_board=case.state in (enums.CaseState.SUBMITTED, enums.CaseState.ACCEPTED),
        is_new=case.version == 1,
        saved_at=case.edited_at,
        progress=progress,
        tasks=tasks,
        missing=gaps_of(case.code, begun, Level.MANDATORY),
        missing_elsewhere=gaps_of(case.code, [gap for gap in gaps if gap not in begun], Level.MANDATORY),
        contradictions=doubts_of(case.code, content, Grade.ERROR),
        doubtful=doubts_of(case.code, content, Grade.WARNING),
        recommended=gaps_of(case.code, begun, Level.RECOMMENDED),
        query=case.queries.open().first() if case.state == enums.CaseState.QUERIED else None,
        check_url=reverse("cases:check", args=[case.code]),
    )


def section_url(code: str, section: Section, field: str = "") -> str:
    """The page of a section, at one of its fields."""
    return reverse("cases:section", args=[code, section.value]) + (f"#id_{field}" if field else "")


def gaps_of(code: str, gaps: Sequence[Missing], level: Level) -> list[Gap]:
    """The gaps of one level, each with the way to its field."""
    return [
        Gap(str(gap.sentence), str(TITLES[gap.section]), section_url(code, gap.section, gap.field))
        for gap in gaps
        if gap.level is level and gap.field != CONFIRMED_LAST
    ]


def doubts_of(code: str, content: Content, grade: Grade) -> list[Gap]:
    """What does not fit together, each with the way to its field."""
    return [
        Gap(str(doubt.sentence), str(TITLES[doubt.section]), section_url(code, doubt.section, doubt.field))
        for doubt in doubts(content)
        if doubt.grade is grade
    ]


def _task(case: Case, section: Section, content: Content, gaps: Sequence[Missing]) -> Task:
    hint = _hint(section, content)
    count = sum(gap.section is section and gap.level is Level.MANDATORY for gap in gaps)
    status, tone = _("Completed"), ""
    if count and not _is_begun(section, content):
        status, tone = _("Not yet started"), "info"
    elif count:
        status, tone = (
            ngettext("%(count)s answer missing", "%(count)s answers missing", count) % {"count": count},
            "warn",
        )
    return Task(str(TITLES[section]), section_url(case.code, section), hint, status, tone)


_DEFAULTED: Final = frozenset(
    {"code", "submission_type", "classification_used", "secondary_research", CONFIRMED_LAST, "board_discussion"},
)


def _is_begun(section: Section, content: Content) -> bool:
    """Whether anything was answered that has no default."""
    if section is Section.FINDINGS:
        return bool(content["specimens"])
    if section is Section.THERAPY:
        return bool(content["therapy_lines"] or content["no_therapy_yet"])
    blocks = {
        Section.QUESTION: ("case",),
        Section.PATIENT: ("patient",),
        Section.DISEASE: ("diagnosis", "status"),
        Section.CONSENT: ("consent",),
    }[section]
    answers = [(name, value) for block in blocks for name, value in content[block].items()]
    return any(value not in (None, "", []) for name, value in answers if name not in _DEFAULTED) or bool(
        section is Section.CONSENT and content["consent"]["board_discussion"],
    )


def _hint(section: Section, content: Content) -> str:
    """A word on what stands there, so that one need not open it."""
    parts = {
        Section.QUESTION: lambda: [_stated(enums.Urgency, content["case"]["urgency"])],
        Section.PATIENT: lambda: [
            words.age(content["patient"]["age_months_at_submission"])
            if content["patient"]["age_months_at_submission"] is not None
            else "",
            _stated(enums.Sex, content["patient"]["sex"]),
        ],
        Section.DISEASE: lambda: [
            _stated(enums.DiseaseGroup, content["diagnosis"]["disease_group"]),
            _stated(enums.StatusNow, content["status"]["status_now"]),
        ],
        Section.FINDINGS: lambda: [_specimens(content["specimens"])],
        Section.THERAPY: lambda: [_lines(content)],
        Section.CONSENT: lambda: [_("board discussion agreed") if content["consent"]["board_discussion"] else ""],
    }[section]()
    return ", ".join(filter(None, parts))


def _stated(choices: Any, code: str | None) -> str:
    return words.label(choices, code) if code else ""


def _specimens(specimens: Sequence[Content]) -> str:
    if not specimens:
        return ""
    results = sum(len(s[kind]) for s in specimens for kind in ("variants", "fusions", "antigens", "tested_absent"))
    count = len(specimens)
    return "{}, {}".format(
        ngettext("%(count)s specimen", "%(count)s specimens", count) % {"count": count},
        ngettext("%(count)s result", "%(count)s results", results) % {"count": results},
    )


def _lines(content: Content) -> str:
    count = len(content["therapy_lines"])
    if not count:
        return _("none given yet") if content["no_therapy_yet"] else ""
    return ngettext("%(count)s line", "%(count)s lines", count) % {"count": count}
