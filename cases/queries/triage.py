"""What a coordinator needs to decide on a submitted case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases import enums
from cases.completeness import Level, Missing, missing
from cases.models import Case, CaseRevision, Query
from cases.models.case import OPEN_STATES
from cases.models.patient import AGE_LIMIT_MONTHS
from cases.plausibility import doubts
from cases.queries import words
from cases.queries.germline import GermlineRight, shown_content
from cases.queries.profile import Profile, profile_of
from cases.queries.promise import promise
from cases.queries.shape import whole
from cases.workflow import CASE_WORKFLOW

Content = Mapping[str, Any]


@dataclass(frozen=True)
class CheckItem:
    """One line of the checklist; ``verdict`` is met, not_met or unknown."""

    label: str
    verdict: str
    note: str = ""


@dataclass(frozen=True)
class TriagePage:
    """One submitted case before the coordinator."""

    code: str
    centre: str
    state: str
    revision: int
    submitted_on: str
    promised: str
    is_urgent: bool
    urgency: str
    checklist: Sequence[CheckItem]
    missing: Sequence[str]
    recommended: Sequence[str]
    doubts: Sequence[str]
    queries: Sequence[Query]
    profile: Profile
    may_accept: bool
    may_ask: bool
    may_decline: bool
    may_type: bool
    is_own: bool


def triage_page(case: Case, revision: CaseRevision, right: GermlineRight, *, is_own: bool) -> TriagePage:
    """The newest revision with its checklist. One query. ``is_own``: the reader submitted it and may not screen it."""
    content = whole(shown_content(revision.content, right))
    gaps, found = missing(content), doubts(content)
    urgency = content["case"]["urgency"]

    def may(to: enums.CaseState) -> bool:
        return CASE_WORKFLOW.allows(current=case.state, to=to)

    return TriagePage(
        code=case.code,
        centre=case.centre.name,
        state=str(case.get_state_display()),
        revision=revision.number,
        submitted_on=words.moment(revision.created_at),
        promised=promise(urgency, revision.created_at),
        is_urgent=urgency != enums.Urgency.ROUTINE,
        urgency=words.label(enums.Urgency, urgency),
        checklist=_checklist(content, is_complete=not _sentences(gaps, Level.MANDATORY), fits_together=not found),
        missing=_sentences(gaps, Level.MANDATORY),
        recommended=_sentences(gaps, Level.RECOMMENDED),
        doubts=[str(doubt.sentence) for doubt in found],
        queries=list(case.queries.order_by("-asked_at")),
        profile=profile_of(revision, right),
        may_accept=may(enums.CaseState.ACCEPTED) and not is_own,
        may_ask=may(enums.CaseState.QUERIED),
        may_decline=may(enums.CaseState.NOT_ELIGIBLE),
        may_type=not is_own and case.state in OPEN_STATES,
        is_own=is_own,
    )


def _sentences(gaps: Sequence[Missing], level: Level) -> list[str]:
    return [str(gap.sentence) for gap in gaps if gap.level is level]


def _checklist(content: Content, *, is_complete: bool, fits_together: bool) -> list[CheckItem]:
    age, consent, case = content["patient"]["age_months_at_submission"], content["consent"], content["case"]
    status = content["status"]["status_now"]
    return [
        CheckItem(
            _("Younger than 25 years"), _verdict(None if age is None else age < AGE_LIMIT_MONTHS), words.age(age)
        ),
        CheckItem(
            _("Relapsed or refractory"),
            _verdict(None if not status else status != enums.StatusNow.REMISSION_HIGH_RISK),
            words.label(enums.StatusNow, status),
        ),
        CheckItem(
            _("No standard treatment left"),
            _verdict(case["no_standard_of_care"]),
            words.text(case["no_standard_of_care_reason"]),
        ),
        CheckItem(
            _("Consent to discussion on the board"),
            _verdict(consent["board_discussion"]),
            words.labels(enums.ConsentGivenBy, consent["given_by"]),
        ),
        CheckItem(_("Identifiers removed, says the physician"), _verdict(consent["deidentification_confirmed"])),
        CheckItem(_("Mandatory answers complete"), _verdict(is_complete)),
        CheckItem(_("Answers fit together"), _verdict(fits_together)),
    ]


def _verdict(value: bool | None) -> str:  # noqa: FBT001 -- the value itself, not a switch
    return "unknown" if value is None else "met" if value else "not_met"
