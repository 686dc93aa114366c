"""From the board's rows to the values that the chair signs."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from boards.enums import ReviewMode
from boards.letters import dossier, options, wording
from boards.letters.context import (
    SCHEMA,
    TEMPLATE,
    Addressee,
    FixedTexts,
    Header,
    LetterContext,
    Signature,
    Summary,
)
from boards.letters.material import Material, gather
from boards.letters.panel import panel
from boards.letters.texts import letter_texts
from boards.models import Advice, AdviceOption
from cases.enums import Urgency
from iltb.accounts.models import User

LANGUAGE: Final = "en-GB"
MEANING: Final = "I have read this advice and sign it for the board."
MAX_LINES: Final = 5


def compose(advice: Advice, *, signed_by: User, signed_at: datetime) -> LetterContext:
    """Everything the letter will say, in English, whatever language the chair works in.

    Reads the database; what it returns needs none. Call it in the transaction of the signature.
    """
    with translation.override("en"):
        return _letter(gather(advice, signed_by=signed_by, signed_at=signed_at))


def _letter(material: Material) -> LetterContext:
    content = material.content
    fixed = letter_texts()
    adopted = options.with_outcome(material, AdviceOption.Outcome.ADOPTED)
    return LetterContext(
        schema=SCHEMA,
        template=TEMPLATE,
        language=LANGUAGE,
        header=_header(material),
        addressee=_addressee(material),
        question=dossier.question(content),
        summary=_summary(material, has_options=bool(adopted)),
        synopsis=dossier.synopsis(content),
        findings=dossier.findings(content),
        options=adopted,
        not_advised=options.with_outcome(material, AdviceOption.Outcome.NOT_ADVISED),
        split=options.with_outcome(material, AdviceOption.Outcome.SPLIT),
        split_views=material.advice.discordance.strip(),
        cautions=material.advice.cautions.strip(),
        diagnostics=material.advice.diagnostics.strip(),
        panel=panel(material),
        limitations=(
            _("The advice refers to revision %(number)s of the submitted dossier.")
            % {"number": material.advice.review.revision.number},
            *dossier.gaps(content),
            *fixed["limitations"].paragraphs,
        ),
        texts=FixedTexts(
            cautions=fixed["cautions"].paragraphs,
            disclaimer=fixed["disclaimer"].paragraphs,
            follow_up=_follow_up(material, fixed["follow_up"].paragraphs),
            scales=fixed["scales"].scales,
            glossary=fixed["glossary"].terms,
            sources=tuple(text.source for text in fixed.values()),
        ),
        signature=Signature(
            name=material.signed_by.full_name,
            part=_("chair of the board"),
            signed_at=wording.utc_time(material.signed_at),
            meaning=MEANING,
        ),
    )


def _header(material: Material) -> Header:
    advice, review = material.advice, material.advice.review
    is_addendum = advice.number > 1
    return Header(
        board=review.board.name,
        title=_("Addendum to the letter of advice") if is_addendum else _("Letter of advice"),
        letter_id=f"{review.case.code}-{advice.number}",
        case_code=review.case.code,
        revision=review.revision.number,
        status=_("addendum %(number)s, replaces letter %(last)s") % {"number": advice.number, "last": advice.number - 1}
        if is_addendum
        else _("final"),
        mode=_mode(material),
        discussed_on=wording.utc_day(_discussed_at(material)),
        confidential=_("Confidential – pseudonymised"),
        is_synthetic=bool(settings.ILTB_DEMO),
    )


def _mode(material: Material) -> str:
    if material.advice.review.mode == ReviewMode.MEETING:
        return _("in a meeting of the board")
    return _("without a meeting (asynchronous, not discussed in plenary)")


def _discussed_at(material: Material) -> datetime:
    """The meeting, where there was one before the voting closed; else the close of the voting."""
    review, closed_at = material.advice.review, material.ballot.closed_at or material.signed_at
    if review.mode == ReviewMode.MEETING and review.meeting and review.meeting.starts_at <= closed_at:
        return review.meeting.starts_at
    return closed_at


def _addressee(material: Material) -> Addressee:
    case = material.advice.review.case
    return Addressee(
        physician=(case.submitted_by or case.author).full_name,
        centre=case.centre.name,
        country=material.countries.get(case.centre.country_code, case.centre.country_code),
    )


def _summary(material: Material, *, has_options: bool) -> Summary:
    advice = material.advice
    lines = [line.strip() for line in advice.summary.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], " ".join(lines[MAX_LINES - 1 :])]
    return Summary(
        lines=tuple(lines),
        no_option="" if has_options else _("The board adopted no option. What it advises instead stands above."),
        first_step=advice.first_step.strip(),
        contact=_("Coordination office, %(email)s") % {"email": settings.ILTB_COORDINATION_EMAIL},
        validity=_validity(material),
    )


def _validity(material: Material) -> str:
    board = material.advice.review.board
    is_fast = material.content["case"]["urgency"] != Urgency.ROUTINE
    weeks = board.advice_valid_weeks_fast if is_fast else board.advice_valid_weeks
    return _("%(day)s (%(weeks)s after signing), or the next disease evaluation, whichever comes first") % {
        "day": wording.utc_day(material.signed_at + timedelta(weeks=weeks)),
        "weeks": wording.weeks(weeks),
    }


def _follow_up(material: Material, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    if not material.content["consent"]["registry_follow_up"]:
        return (_("There is no consent to follow-up, so the board will not ask what became of this advice."),)
    days = material.advice.review.board.follow_up_days
    if not days:
        return paragraphs
    schedule = _("We will ask after %(intervals)s, first on %(first)s. Answer at %(address)s under %(code)s.") % {
        "intervals": wording.intervals(days),
        "first": wording.utc_day(material.signed_at + timedelta(days=min(days))),
        "address": settings.ILTB_BASE_URL,
        "code": material.advice.review.case.code,
    }
    return (*paragraphs, schedule)
