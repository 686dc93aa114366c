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
from iltb.accounts.models import User

Content = Mapping[str, Any]

# Confirmed with the button that sends the dossier, so it is not a gap on the way there.
CONFIRMED_LAST: Final = "deidentification_confirmed"

TITLES: Final[Mapping[Section, str | Promise]] = MappingProxyType(
    {
        Section.QUESTION: gettext_lazy("Question"),
        Section.PATIENT: gettext_lazy("Patient"),
        Section.DISEASE: gettext_lazy("Disease and status"),
        Section.FINDINGS: gettext_lazy("Specimens and findings"),
        Section.FUNCTIONAL: gettext_lazy("Germline and drug response"),
        Section.THERAPY: gettext_lazy("Treatment"),
        Section.CONDITION: gettext_lazy("Condition"),
        Section.ACCESS: gettext_lazy("Access to treatment"),
        Section.CONSENT: gettext_lazy("Consent"),
    },
)


@dataclass(frozen=True)
class Task:
    """One section on the task list; ``tone`` is empty when nothing is wanted there."""

    title: str
    url: str
    hint: str
    status: str
    tone: str
    is_done: bool


@dataclass(frozen=True)
class Gap:
    """Something to add or to look at, with the field where."""

    sentence: str
    section: str
    url: str


@dataclass(frozen=True)
class Typed:
    """A part that somebody typed from a report and nobody has confirmed; ``may_confirm`` is False for who typed it."""

    section: str
    specimen: str
    title: str
    may_confirm: bool


@dataclass(frozen=True)
class Hub:
    """The task list. ``query`` is the board's open question.

    ``missing`` is what sections already begun still need, ``missing_elsewhere`` what the others will; ``to_follow``
    is what an emergency may send later.
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
    hints: Sequence[Gap]
    to_follow: Sequence[Gap]
    recommended: Sequence[Gap]
    query: Query | None
    typed: Sequence[Typed]
    version: int
    check_url: str


def hub_of(case: Case, content: Content, *, reader: User) -> Hub:
    """The task list of ``case`` for ``reader``, whose dossier now reads ``content``. At most two queries."""
    gaps = [gap for gap in missing(content) if gap.field != CONFIRMED_LAST]
    tasks = [_task(case, section, content, gaps) for section in Section]
    begun = [gap for gap in gaps if _is_begun(gap.section, content)]
    done = sum(task.is_done for task in tasks)
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
        hints=doubts_of(case.code, content, Grade.HINT),
        to_follow=gaps_of(case.code, gaps, Level.TO_FOLLOW),
        recommended=gaps_of(case.code, begun, Level.RECOMMENDED),
        query=case.queries.open().first() if case.state == enums.CaseState.QUERIED else None,
        typed=_typed(case, reader) if content["transcriptions"] else [],
        version=case.version,
        check_url=reverse("cases:check", args=[case.code]),
    )


def _typed(case: Case, reader: User) -> list[Typed]:
    rows = case.transcriptions.filter(confirmed_by=None).select_related("specimen")
    return [
        Typed(
            section=row.section,
            specimen=str(row.specimen.pk) if row.specimen else "",
            title=f"{TITLES[Section(row.section)]} {row.specimen.label if row.specimen else ''}".strip(),
            may_confirm=row.transcribed_by_id != reader.pk,
        )
        for row in rows
    ]


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
    later = sum(gap.section is section and gap.level is Level.TO_FOLLOW for gap in gaps)
    status, tone = _("Completed"), ""
    if not count and later:
        status, tone = _("May follow later"), "info"
    elif not count and not _is_begun(section, content):
        status, tone = _("Optional"), ""
    elif count and not _is_begun(section, content):
        status, tone = _("Not yet started"), "info"
    elif count:
        status, tone = (
            ngettext("%(count)s answer missing", "%(count)s answers missing", count) % {"count": count},
            "warn",
        )
    is_done = not (count or later) and _is_begun(section, content)
    return Task(str(TITLES[section]), section_url(case.code, section), hint, status, tone, is_done)


_DEFAULTED: Final = frozenset(
    {
        "code",
        "parent_code",
        "submission_type",
        "submitter_role",
        "classification_used",
        "secondary_research",
        "germline_return",
        CONFIRMED_LAST,
        "is_confirmed",
    },
)
_BLOCKS: Final[Mapping[Section, Sequence[str]]] = MappingProxyType(
    {
        Section.QUESTION: ("case",),
        Section.PATIENT: ("patient",),
        Section.DISEASE: ("diagnosis", "status", "mrd"),
        Section.FINDINGS: ("specimens",),
        Section.FUNCTIONAL: ("germline", "ex_vivo"),
        Section.THERAPY: ("therapy_lines", "no_therapy_yet", "transplants", "cell_therapies", "exposure"),
        Section.CONDITION: ("condition",),
        Section.ACCESS: ("access",),
        Section.CONSENT: ("consent",),
    },
)


def _is_begun(section: Section, content: Content) -> bool:
    """Whether anything was answered that has no default."""
    return any(_says(content[block]) for block in _BLOCKS[section])


def _says(block: Any) -> bool:
    """Whether a block holds an answer; an unticked box and "as it stands" are none."""
    if not isinstance(block, Mapping):
        return bool(block)
    answers = (value for name, value in block.items() if not (name in _DEFAULTED or name.endswith("_comparator")))
    return any(value not in (None, "", [], False) for value in answers)


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
        Section.FUNCTIONAL: lambda: [
            _said(_("germline: %(status)s"), content["germline"]["status"]),
            *(_said(_("drug response: %(status)s"), panel["status"]) for panel in content["ex_vivo"][:1]),
        ],
        Section.THERAPY: lambda: [_lines(content), *_cells(content)],
        Section.CONDITION: lambda: [_performance(content["condition"])],
        Section.ACCESS: lambda: [_trials(content["access"])],
        Section.CONSENT: lambda: [_("board discussion agreed") if content["consent"]["board_discussion"] else ""],
    }.get(section, list)()
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


def _said(text: str, status: str) -> str:
    return text % {"status": words.label(enums.BlockStatus, status)} if status else ""


def _cells(content: Content) -> list[str]:
    transplants, cells = len(content["transplants"]), len(content["cell_therapies"])
    exposure = content["exposure"]
    return [
        ngettext("%(count)s transplant", "%(count)s transplants", transplants) % {"count": transplants}
        if transplants
        else (_("no transplant") if exposure["no_transplant"] else ""),
        ngettext("%(count)s cell therapy", "%(count)s cell therapies", cells) % {"count": cells}
        if cells
        else (_("no cell therapy") if exposure["no_cell_therapy"] else ""),
    ]


def _performance(condition: Content) -> str:
    if condition["performance_score"] is None:
        return ""
    return f"{condition['performance_scale']} {condition['performance_score']}".strip()


def _trials(access: Content) -> str:
    count = len(access["trials_considered"])
    if not count:
        return _("no trial considered yet") if access["no_trials_considered"] else ""
    return ngettext("%(count)s trial considered", "%(count)s trials considered", count) % {"count": count}
