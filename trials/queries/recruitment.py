"""Recruitment in words, always with the date on which somebody looked."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import CaseRevision
from trials.availability import Recruitment
from trials.enums import TrialStatus
from trials.models import Arm, Trial


@dataclass(frozen=True)
class RecruitmentLine:
    """One line: the status, how sure it is, and what the source said. ``tone`` is a tag's tone, never the good one."""

    text: str
    note: str
    is_closed: bool
    tone: str
    is_full: bool = False

    @property
    def said(self) -> str:
        """What the source said, as a sentence."""
        return _("The source said: %(note)s") % {"note": self.note}


def recruitment_of(arm: Arm, *, today: date) -> Recruitment:
    """Return the recruitment of a cohort, which is its trial's unless it has one of its own.

    A trial that is closed closes all its cohorts. What somebody learnt of a cohort alone is as old as that, whenever
    its trial was looked at.
    """
    trial = arm.version.trial
    found = recruitment_of_trial(trial, today=today)
    if arm.status and not found.is_closed:
        found = Recruitment.of(
            arm.status,
            note=arm.status_note,
            as_of=arm.status_as_of,
            checked_on=arm.last_checked_on or trial.last_checked_on,
            today=today,
        )
    return replace(found, is_full=arm.slots == 0)


def recruitment_of_trial(trial: Trial, *, today: date) -> Recruitment:
    """Return the recruitment of a trial as judged on ``today``."""
    return Recruitment.of(
        trial.status,
        note=trial.status_note,
        as_of=trial.status_as_of,
        checked_on=trial.last_checked_on,
        today=today,
    )


def in_words(recruitment: Recruitment) -> RecruitmentLine:
    """Put recruitment into words; a status that is old or was never checked is never called open."""
    label = str(recruitment.status.label)
    tone = "bad" if recruitment.is_closed else ("info" if recruitment.is_confirmed else "warn")
    text = _with_date(label, recruitment)
    if recruitment.is_full:
        text = _("%(recruitment)s; no free place when last asked") % {"recruitment": text}
    return RecruitmentLine(text, recruitment.note, recruitment.is_closed, tone, recruitment.is_full)


def _with_date(label: str, recruitment: Recruitment) -> str:
    if recruitment.is_confirmed and recruitment.checked_on is not None:
        day = recruitment.as_of or recruitment.checked_on
        return _("%(status)s as of %(day)s") % {"status": label, "day": date_format(day, "j F Y")}
    if recruitment.checked_on is not None:
        day = recruitment.checked_on
        return _("%(status)s, not confirmed since %(day)s") % {"status": label, "day": date_format(day, "j F Y")}
    if recruitment.status is TrialStatus.UNKNOWN:
        return label
    return _("%(status)s, never confirmed at the register") % {"status": label}


def country_of(revision: CaseRevision) -> str:
    """Return the code of the country in which the patient is treated, "" where it is not stated."""
    country = (revision.content.get("patient") or {}).get("country") or {}
    return str(country.get("code") or "")
