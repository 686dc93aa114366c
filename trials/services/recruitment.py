"""What one person corrects at once: title, register numbers, recruitment, places and contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import InvalidInput, StaleVersion
from trials.enums import VersionState
from trials.models import Arm, Site, Trial, TrialIdentifier, TrialVersion
from trials.services.standing import catalogue_changed


@dataclass(frozen=True)
class ArmRecruitment:
    """Recruitment of one cohort: ``status`` empty for "as the trial", ``slots`` ``None`` for not known."""

    arm: UUID
    status: str
    slots: int | None


@dataclass(frozen=True)
class Correction:
    """Everything that the page of a trial's recruitment says; ``trial`` holds columns of ``Trial``."""

    trial: Mapping[str, Any]
    identifiers: Sequence[Mapping[str, Any]]
    sites: Sequence[Mapping[str, Any]]
    arms: Sequence[ArmRecruitment]


def shown_version(trial: Trial) -> TrialVersion | None:
    """Return the version whose cohorts recruit: the newest published one, else the draft."""
    versions = sorted(trial.versions.all(), key=lambda version: version.number)
    published = [version for version in versions if version.state == VersionState.PUBLISHED]
    return next(reversed(published or versions), None)


def correct_recruitment(*, trial: Trial, actor: User, version: int, correction: Correction) -> Trial:
    """Note what somebody learnt about recruitment on ``last_checked_on``; in force at once.

    Raises ``StaleVersion`` when somebody saved since ``version``, ``InvalidInput`` for a check in the future and for
    a register number that belongs to another trial.
    """
    with transaction.atomic():
        trial = Trial.objects.select_for_update().get(pk=trial.pk)
        require(actor, "confirm_trial_status", trial)
        if trial.version != version:
            raise StaleVersion(_("Somebody saved this trial while you were writing. Nothing was overwritten."))
        before, checked_on = trial.status, correction.trial["last_checked_on"]
        if checked_on and checked_on > timezone.localdate():
            raise InvalidInput({"last_checked_on": [_("The day of the check lies in the future.")]})
        as_of = _as_of(trial, correction.trial)
        for name, value in correction.trial.items():
            setattr(trial, name, value)
        trial.status_as_of = as_of
        trial.version += 1
        trial.save()
        _replace_identifiers(trial, correction.identifiers)
        _replace_sites(trial, correction.sites, checked_on)
        _correct_arms(trial, correction.arms, checked_on)
        record("trial.status_confirmed", subject=trial, actor=actor, state_before=before, state_after=trial.status)
        catalogue_changed()
    return trial


def _as_of(trial: Trial, columns: Mapping[str, Any]) -> date | None:
    """Return since when the status stands: as typed, else the day of the check when somebody looked anew."""
    typed: date | None = columns["status_as_of"]
    checked_on: date | None = columns["last_checked_on"]
    looked = checked_on != trial.last_checked_on or columns["status"] != trial.status
    return checked_on or typed if typed is None or (typed == trial.status_as_of and looked) else typed


def carry_recruitment(*, before: TrialVersion | None, after: TrialVersion) -> None:
    """Give the cohorts of a new version the recruitment that those of the same key have now."""
    if before is None:
        return
    now = {arm.key: arm for arm in before.arms.all()}
    for arm in after.arms.all():
        if arm.key in now:
            held = now[arm.key]
            arm.status, arm.status_as_of, arm.slots = held.status, held.status_as_of, held.slots
            arm.save(update_fields=["status", "status_as_of", "slots"])


def _replace_identifiers(trial: Trial, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        taken = TrialIdentifier.objects.filter(system=row["system"], value=row["value"]).exclude(trial=trial)
        if other := taken.select_related("trial").first():
            sentence = _("%(number)s belongs to another trial: %(trial)s.")
            raise InvalidInput({"": [sentence % {"number": row["value"], "trial": other.trial.title}]})
    trial.identifiers.all().delete()
    unique = {(row["system"], row["value"]): row for row in rows}
    TrialIdentifier.objects.bulk_create(TrialIdentifier(trial=trial, **row) for row in unique.values())


def _replace_sites(trial: Trial, rows: Sequence[Mapping[str, Any]], checked_on: date | None) -> None:
    trial.sites.all().delete()
    unique = {(row["country_code"], row["name"]): row for row in rows}
    Site.objects.bulk_create(Site(trial=trial, last_checked_on=checked_on, **row) for row in unique.values())


def _correct_arms(trial: Trial, rows: Sequence[ArmRecruitment], checked_on: date | None) -> None:
    version = shown_version(trial)
    arms = {arm.pk: arm for arm in Arm.objects.filter(version=version)} if version else {}
    for row in rows:
        arm = arms.get(row.arm)
        if arm is None:
            raise StaleVersion(_("Another version was published since you opened the page. Nothing was saved."))
        if (arm.status, arm.slots) == (row.status, row.slots):
            continue
        if arm.status != row.status:
            arm.status_as_of = checked_on if row.status else None
        arm.status, arm.slots = row.status, row.slots
        arm.save(update_fields=["status", "status_as_of", "slots"])
