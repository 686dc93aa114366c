"""Everything once more before it is sent, and what happens after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.completeness import Level, Section, missing
from cases.enums import CaseState
from cases.models import Case, CaseRevision
from cases.plausibility import Grade
from cases.queries.answers import (
    access_rows,
    condition_rows,
    consent_rows,
    disease_rows,
    functional_rows,
    line_details,
    more_on_specimen,
    mrd_rows,
    patient_rows,
    question_rows,
    treatment_rows,
)
from cases.queries.dossier import newest_first
from cases.queries.dossier_alterations import changes, fraction_of, fusion_name
from cases.queries.dossier_course import line_view
from cases.queries.dossier_specimens import antigen_share, specimen_view
from cases.queries.hub import TITLES, Gap, doubts_of, gaps_of, section_url
from cases.queries.promise import promise
from iltb.accounts.enums import Role
from iltb.accounts.models import User

Content = Mapping[str, Any]


@dataclass(frozen=True)
class SectionAnswers:
    """The answers of one section as label and answer, and where to change them."""

    title: str
    url: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class CheckPage:
    """The page before sending. ``may_send`` is False while something is missing or nothing has changed."""

    code: str
    state: str
    version: int
    revision: int
    is_first: bool
    sections: Sequence[SectionAnswers]
    missing: Sequence[Gap]
    contradictions: Sequence[Gap]
    doubtful: Sequence[Gap]
    hints: Sequence[Gap]
    to_follow: Sequence[Gap]
    recommended: Sequence[Gap]
    has_open_query: bool
    is_unconfirmed: bool
    has_news: bool
    readers: str
    may_send: bool


def check_page(case: Case, content: Content, *, has_news: bool, has_open_query: bool, revision: int) -> CheckPage:
    """Everything that ``content`` says, section by section. One query.

    ``revision`` is the number that the next one will have; ``has_news`` whether it would differ from the last.
    """
    gaps = missing(content)
    blocking = gaps_of(case.code, gaps, Level.MANDATORY)
    contradictions = doubts_of(case.code, content, Grade.ERROR)
    is_unconfirmed = not all(row["is_confirmed"] for row in content["transcriptions"])
    return CheckPage(
        code=case.code,
        state=case.state,
        version=case.version,
        revision=revision,
        is_first=revision == 1,
        sections=_sections(case.code, content),
        missing=blocking,
        contradictions=contradictions,
        doubtful=doubts_of(case.code, content, Grade.WARNING),
        hints=doubts_of(case.code, content, Grade.HINT),
        to_follow=gaps_of(case.code, gaps, Level.TO_FOLLOW),
        recommended=gaps_of(case.code, gaps, Level.RECOMMENDED),
        has_open_query=has_open_query,
        is_unconfirmed=is_unconfirmed,
        has_news=has_news,
        readers=_readers(),
        may_send=has_news and not (blocking or contradictions or has_open_query or is_unconfirmed),
    )


def _readers() -> str:
    roles = (Role.COORDINATOR, Role.CHAIR)
    count = User.objects.filter(is_active=True, memberships__role__in=roles).distinct().count()
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def _sections(code: str, content: Content) -> list[SectionAnswers]:
    answers: Mapping[Section, Sequence[tuple[str, str]]] = {
        Section.QUESTION: question_rows(content["case"]),
        Section.PATIENT: patient_rows(content["patient"]),
        Section.DISEASE: [*disease_rows(content["diagnosis"], content["status"]), *mrd_rows(content)],
        Section.FINDINGS: [_specimen_row(specimen) for specimen in newest_first(content["specimens"])]
        or [(_("Specimens"), _("none stated"))],
        Section.FUNCTIONAL: functional_rows(content),
        Section.THERAPY: [*_line_rows(content), *treatment_rows(content)],
        Section.CONDITION: condition_rows(content),
        Section.ACCESS: access_rows(content),
        # The last line is confirmed with the button that sends.
        Section.CONSENT: consent_rows(content["consent"])[:-1],
    }
    return [SectionAnswers(str(TITLES[section]), section_url(code, section), rows) for section, rows in answers.items()]


def _specimen_row(specimen: Content) -> tuple[str, str]:
    view = specimen_view(specimen)
    lines = [f"{view.title}, {view.when}, {_('blasts')} {view.blasts}"]
    lines += [f"{row['gene']} {changes(row)[0]}, {_('VAF')} {fraction_of(row)}" for row in specimen["variants"]]
    lines += [fusion_name(fusion) for fusion in specimen["fusions"]]
    antigens = [f"{antigen['antigen']} {antigen_share(antigen)}" for antigen in specimen["antigens"]]
    lines += [_("Antigens: %(names)s") % {"names": ", ".join(antigens)}] if antigens else []
    absent = ", ".join(view.tested_absent) or _("nothing stated")
    lines.append(_("Tested, not found: %(names)s") % {"names": absent})
    lines += [f"{group.methods}: {group.status}" for group in view.assays]
    lines += more_on_specimen(specimen)
    return view.label, "\n".join(lines)


def _line_rows(content: Content) -> list[tuple[str, str]]:
    if not content["therapy_lines"]:
        return [(_("Treatment lines"), _("none given yet") if content["no_therapy_yet"] else _("none stated"))]
    return [_line_row(line) for line in content["therapy_lines"]]


def _line_row(line: Content) -> tuple[str, str]:
    view, unknown = line_view(line), _("not recognised")
    drugs = ", ".join(drug.name if drug.is_known else f"{drug.name} ({unknown})" for drug in view.drugs)
    facts = [view.setting, drugs, view.days, view.stop_reason, view.best_response]
    details = [", ".join(filter(None, facts)), *line_details(line)]
    return f"{view.number}. {view.regimen}", "\n".join(details)


@dataclass(frozen=True)
class SubmittedPage:
    """What a physician reads after sending."""

    code: str
    revision: int
    is_first: bool
    is_under_screening: bool
    promised: str
    steps: Sequence[str]


def submitted_page(case: Case, revision: CaseRevision) -> SubmittedPage:
    """The receipt for ``revision``, the newest of ``case``."""
    urgency = revision.content["case"]["urgency"]
    return SubmittedPage(
        code=case.code,
        revision=revision.number,
        is_first=revision.number == 1,
        is_under_screening=case.state == CaseState.SUBMITTED,
        promised=promise(urgency, revision.created_at),
        steps=[
            _("A coordinator reads the dossier and may ask you a question."),
            _("The dossier is compared with open trials. Experts of the board read it without knowing your hospital."),
            _("The board votes, the chair signs, and you get a message that the letter is ready."),
        ],
    )
