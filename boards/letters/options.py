"""The options as they were voted on, and trials criterion by criterion."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.enums import Direction
from boards.letters import wording
from boards.letters.context import AdvisedOption, Criterion, TrialCheck
from boards.letters.material import Material
from boards.models import AdviceOption
from cases.queries import words
from trials.enums import CriterionVerdict, MatchOutcome, WhyUnknown
from trials.models import Arm, Match, Trial

Item = Mapping[str, Any]

_VERDICTS: Final = (CriterionVerdict.MET, CriterionVerdict.NOT_MET, CriterionVerdict.UNKNOWN)


def with_outcome(material: Material, outcome: AdviceOption.Outcome) -> tuple[AdvisedOption, ...]:
    """The options with this outcome; adopted ones in their rank, others in the order in which they were proposed."""
    rows = [row for row in material.options if row.outcome == outcome]
    rows.sort(key=lambda row: (row.rank or 0, row.option.created_at))
    return tuple(_option(row, material) for row in rows)


def _option(row: AdviceOption, material: Material) -> AdvisedOption:
    option = row.option
    return AdvisedOption(
        number=row.rank,
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
        trial=_trial(option.arm, material) if option.arm else None,
    )


def _reason(row: AdviceOption, material: Material) -> str:
    """Why an option was not adopted; empty for one that was."""
    board = material.advice.review.board
    if row.outcome == AdviceOption.Outcome.ADOPTED:
        return ""
    if not (material.ballot.result or {})["quorum_reached"]:
        return _("The quorum was not reached, so no option could be adopted.")
    if not row.votes_for + row.votes_neutral + row.votes_against:
        return _("Nobody voted for or against it.")
    if row.option.safety_veto:
        return _("A safety concern stands against it and was not resolved.")
    return _("Fewer than %(numerator)s of %(denominator)s counted votes were for it.") % {
        "numerator": board.adoption_numerator,
        "denominator": board.adoption_denominator,
    }


def _interests(names: Sequence[str]) -> str:
    if not names:
        return ""
    text = _("Did not vote on this option, for a disclosed interest: %(names)s.")
    return text % {"names": wording.joined(list(names))}


def _trial(arm: Arm, material: Material) -> TrialCheck:
    trial = arm.version.trial
    match = material.matches.get((trial.pk, arm.key))
    items = _items(match)
    return TrialCheck(
        title=trial.title,
        cohort=arm.title if arm.title != trial.title else "",
        identifiers=_identifiers(trial),
        countries=_countries(arm, material),
        status=arm.get_status_display() if arm.status else trial.get_status_display(),
        status_on=_status_on(arm, trial),
        verification=arm.version.get_verification_display(),
        outcome=str(MatchOutcome(match.outcome).label) if match else _("not compared with the submitted data"),
        counts=_counts(items),
        note=_note(match, arm, material),
        inclusion=tuple(_criteria(item for item in items if item["kind"] != "exclusion")),
        exclusion=tuple(_criteria(item for item in items if item["kind"] == "exclusion")),
    )


def _items(match: Match | None) -> list[Item]:
    if match is None:
        return []
    explanation = match.explanation
    return list(explanation["criteria"] if isinstance(explanation, dict) else explanation)


def _identifiers(trial: Trial) -> str:
    numbers = [
        identifier.value if identifier.is_confirmed else _("%(number)s (number not confirmed)") % {"number": identifier.value}
        for identifier in trial.identifiers.all()
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


def _status_on(arm: Arm, trial: Trial) -> str:
    day: date | None = arm.status_as_of if arm.status else trial.status_as_of
    if day:
        return _("as of %(day)s") % {"day": wording.calendar_day(day)}
    if trial.last_checked_on:
        return _("last checked on %(day)s") % {"day": wording.calendar_day(trial.last_checked_on)}
    return _("date of this status not recorded; ask the trial office")


def _counts(items: Sequence[Item]) -> str:
    if not items:
        return ""
    number = {verdict: sum(item["verdict"] == verdict for item in items) for verdict in _VERDICTS}
    parts = [f"{number[verdict]}{words.NBSP}{verdict.label}" for verdict in _VERDICTS]
    return ngettext("%(count)s criterion: ", "%(count)s criteria: ", len(items)) % {"count": len(items)} + ", ".join(parts)


def _note(match: Match | None, arm: Arm, material: Material) -> str:
    if match is None or material.run is None or material.run.evaluated_on is None:
        return _("This cohort was not compared with the case by the portal. The trial office decides.")
    note = _("Compared with revision %(number)s of the case on %(day)s.") % {
        "number": material.advice.review.revision.number,
        "day": wording.calendar_day(material.run.evaluated_on),
    }
    if match.arm_id != arm.pk:
        note += " " + _("The trial's description has changed since; a different version was compared.")
    return note


def _criteria(items: Iterator[Item]) -> Iterator[Criterion]:
    """One row for each sentence of the protocol; conditions of one sentence with the same verdict share it."""
    ordered = list(items)
    for (ref, text, verdict, _choice), group in groupby(
        ordered,
        key=lambda item: (item["ref"], item["text"], item["verdict"], item.get("choice", "")),
    ):
        yield Criterion(
            ref=ref,
            text=text,
            verdict=verdict,
            word=str(CriterionVerdict(verdict).label),
            reason="; ".join(dict.fromkeys(filter(None, map(_why, group)))),
        )


def _why(item: Item) -> str:
    """The fact behind a verdict, or why there is none."""
    parts = [item.get("found") or ""]
    if item.get("specimen"):
        parts.append(item["specimen"])
    if item.get("day") is not None:
        parts.append(words.day(item["day"]))
    reason = item.get("reason") or ""
    said = [", ".join(filter(None, parts)), str(WhyUnknown(reason).label) if reason in WhyUnknown.values else reason]
    if item["verdict"] == CriterionVerdict.NOT_MET and item.get("choice") and not item.get("blocking"):
        said.append(_("one of several alternatives, it does not rule the trial out"))
    if item["verdict"] == CriterionVerdict.NOT_MET and item.get("recoverable"):
        said.append(_("may still change"))
    return ": ".join(filter(None, said[:2])) + "".join(f"; {part}" for part in said[2:])
