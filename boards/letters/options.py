"""The options as they were voted on, and trials criterion by criterion."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.enums import Direction
from boards.letters import wording
from boards.letters.context import AdvisedOption, Criterion, TrialCheck
from boards.letters.material import Material
from boards.models import AdviceOption
from cases.queries import words
from trials.availability import Recruitment
from trials.enums import CriterionVerdict
from trials.models import Arm, Match, Trial
from trials.queries.explanations import CriterionRow, rows_of
from trials.queries.recruitment import in_words, recruitment_of
from trials.queries.wording import verification_in_words


def with_outcome(material: Material, outcome: AdviceOption.Outcome) -> tuple[AdvisedOption, ...]:
    """The options with this outcome: what to do in its rank, then what not to do.

    Numbers count what to do, since only alternatives are ranked; others have none.
    """
    rows = [row for row in material.options if row.outcome == outcome]
    rows.sort(key=lambda row: (row.option.direction == Direction.AGAINST, row.rank or 0, row.option.created_at))
    is_ranked = outcome == AdviceOption.Outcome.ADOPTED
    return tuple(
        _option(row, material, number if is_ranked and row.option.direction == Direction.FOR else None)
        for number, row in enumerate(rows, start=1)
    )


def _option(row: AdviceOption, material: Material, number: int | None) -> AdvisedOption:
    option = row.option
    return AdvisedOption(
        number=number,
        type=wording.sentence(option.get_type_display()),
        title=option.title,
        is_against=option.direction == Direction.AGAINST,
        votes=wording.votes(
            votes_for=row.votes_for,
            neutral=row.votes_neutral,
            against=row.votes_against,
            abstained=row.votes_abstained,
        ),
        targets=option.targets,
        rationale=option.rationale,
        strength=option.get_strength_display(),
        evidence=option.get_evidence_display(),
        access=option.get_access_route_display(),
        cautions=option.cautions,
        fallback=option.fallback,
        references=option.references,
        reason=_reason(row, material),
        interests=_interests(material.option_recusals.get(option.pk, ())),
        trial=_trial(option.arm, material) if option.arm and row.outcome != AdviceOption.Outcome.NOT_ADVISED else None,
    )


def _reason(row: AdviceOption, material: Material) -> str:
    """Why an option was not adopted; empty for one that was."""
    if row.outcome == AdviceOption.Outcome.ADOPTED:
        return ""
    result = material.ballot.result or {}
    if not result["quorum_reached"]:
        return _("The quorum was not reached, so no option could be adopted.")
    if not row.votes_for + row.votes_neutral + row.votes_against:
        return _("Nobody voted for or against it.")
    if row.option.safety_veto:
        return _("A safety concern stands against it and was not resolved.")
    threshold = Fraction(result["rule"]["threshold"])
    return _("Fewer than %(numerator)s of %(denominator)s counted votes were for it.") % {
        "numerator": threshold.numerator,
        "denominator": threshold.denominator,
    }


def _interests(names: Sequence[str]) -> str:
    if not names:
        return ""
    text = _("Did not vote on this option, for a disclosed interest: %(names)s.")
    return text % {"names": wording.joined(list(names))}


def _trial(arm: Arm, material: Material) -> TrialCheck:
    trial = arm.version.trial
    match = material.matches.get((trial.pk, arm.key))
    criteria = _criteria(rows_of(match.explanation)) if match else ()
    known = recruitment_of(arm, today=material.signed_at.date())
    recruitment = in_words(known)
    return TrialCheck(
        title=trial.title,
        cohort=arm.title if arm.title != trial.title else "",
        identifiers=_identifiers(trial),
        countries=_countries(arm, material),
        recruitment="; ".join(filter(None, (recruitment.text, recruitment.note))),
        checked=_checked(known),
        verification=verification_in_words(arm.version),
        outcome=str(match.get_outcome_display()) if match else _("not compared with the submitted data"),
        counts=_counts(criteria),
        note=_note(match, arm, material),
        inclusion=tuple(criterion for criterion in criteria if not criterion.is_exclusion),
        exclusion=tuple(criterion for criterion in criteria if criterion.is_exclusion),
    )


def _checked(recruitment: Recruitment) -> str:
    """As of when the status holds, and when somebody last looked at the register."""
    as_of = _("status as of %(day)s") % {"day": wording.calendar_day(recruitment.as_of)} if recruitment.as_of else ""
    if recruitment.checked_on is None:
        looked = _("never checked at the register by this board; ask the trial office")
    else:
        looked = _("last checked at the register on %(day)s") % {"day": wording.calendar_day(recruitment.checked_on)}
    return "; ".join(filter(None, (as_of, looked)))


def _identifiers(trial: Trial) -> str:
    numbers = [
        number.value if number.is_confirmed else _("%(number)s (number not confirmed)") % {"number": number.value}
        for number in trial.identifiers.all()
    ]
    return ", ".join(numbers) or _("no register number known")


def _countries(arm: Arm, material: Material) -> str:
    sites = [
        ", ".join(filter(None, (material.countries.get(site.country_code, site.country_code), site.name)))
        for site in arm.version.trial.sites.all()
    ]
    if not sites:
        return _("not known to this portal")
    listed = "; ".join(dict.fromkeys(sites))
    return listed if arm.version.countries_complete else _("%(countries)s (list not complete)") % {"countries": listed}


def _counts(criteria: Sequence[Criterion]) -> str:
    if not criteria:
        return ""
    counts = Counter(criterion.verdict for criterion in criteria)
    said = wording.joined([f"{counts[verdict]}{words.NBSP}{verdict.label}" for verdict in CriterionVerdict])
    return ngettext("%(count)s criterion: %(said)s", "%(count)s criteria: %(said)s", len(criteria)) % {
        "count": len(criteria),
        "said": said,
    }


def _note(match: Match | None, arm: Arm, material: Material) -> str:
    if match is None or material.run is None or material.run.evaluated_on is None:
        return _("This cohort was not compared with the case by the portal.")
    note = _("Compared with revision %(number)s of the case on %(day)s.") % {
        "number": material.advice.review.revision.number,
        "day": wording.calendar_day(material.run.evaluated_on),
    }
    if match.arm_id != arm.pk:
        note += " " + _(
            "The trial's description has changed since the option was proposed; the newer one was compared."
        )
    return note


def _criteria(rows: Iterable[CriterionRow]) -> tuple[Criterion, ...]:
    """One line for each sentence of the protocol; conditions of one sentence with the same verdict share it."""
    return tuple(
        Criterion(
            text=text,
            is_exclusion=is_exclusion,
            verdict=verdict,
            word=word,
            reason="; ".join(dict.fromkeys(filter(None, map(_why, group)))),
        )
        for (text, is_exclusion, verdict, word), group in groupby(
            rows,
            key=lambda row: (row.text, row.is_exclusion, row.verdict, row.verdict_label),
        )
    )


def _why(row: CriterionRow) -> str:
    """The fact behind a verdict, or why there is none."""
    said = [row.evidence, row.reason]
    if row.verdict == CriterionVerdict.NOT_MET:
        if row.is_alternative and not row.is_blocking:
            said.append(_("one of several alternatives; does not rule the trial out"))
        if row.recoverable:
            said.append(_("may still change"))
    return ": ".join(filter(None, said))
