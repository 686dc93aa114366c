"""What one person corrects at once: title, register numbers, recruitment, places and contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import InvalidInput, StaleVersion
from trials.availability import is_closed
from trials.enums import FreePlaces, TrialStatus, VersionState
from trials.models import Arm, Site, Trial, TrialIdentifier, TrialVersion
from trials.models.arm import RECRUITMENT
from trials.services.standing import catalogue_changed

_TOLD: Final = "told by the trial"


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


@dataclass(frozen=True)
class Told:
    """What somebody of the trial said today about one cohort, of one place alone where ``country_code`` names it.

    ``known`` is the ``standing`` when they were asked. ``closed_elsewhere`` has other places that said lately that they
    take nobody into this cohort, with the day. ``by`` has a key and a name for the audit; ``note`` says how it
    is known.
    """

    arm_key: str
    country_code: str
    place: str
    known: str
    closed_elsewhere: Mapping[tuple[str, str], date]
    status: TrialStatus
    free_places: FreePlaces
    note: str
    by: Any


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
        _in_force(trial, actor, before=before, after=trial.status)
        catalogue_changed()
    return trial


def standing(trial: Trial, arm: Arm, place: Site | None) -> str:
    """Return in one text how far trial, cohort and place are closed: another text later says that this was corrected.

    All that is not closed reads alike, so that one contact's "yes" does not stand against the answer of the next.
    """
    statuses = (trial.status, arm.status, place.status if place else "")
    return " ".join(status if is_closed(status) else "open" for status in statuses)


def place_of(trial: Trial, country_code: str, name: str) -> Site | None:
    """Return the place of a trial by its country and name."""
    return trial.sites.filter(country_code=country_code, name=name).first() if country_code else None


def note_told(*, trial: Trial, told: Told) -> bool:
    """Note what a contact of the trial says of one cohort; in force at once. Call it with the trial locked.

    One open place is enough for the cohort to recruit; it is closed by the last place that closes. Returns false, and
    changes nothing, where a coordinator has to decide: the cohort or place has left the trial, recruitment was
    corrected since they were asked, a "yes" would open what is closed as a whole without speaking for the whole, or one
    place of several closes for one of several cohorts, which has no row of its own.
    """
    version = shown_version(trial)
    arm = version.arms.filter(key=told.arm_key).first() if version else None
    place = place_of(trial, told.country_code, told.place)
    if arm is None or (told.country_code and place is None) or standing(trial, arm, place) != told.known:
        return False
    is_alone, opens = arm.version.arms.count() == 1, told.status == TrialStatus.RECRUITING
    speaks_for_all = place is None or not _is_open_elsewhere(trial, place, {} if is_alone else told.closed_elsewhere)
    if opens and _is_closed_above(trial, arm, place, is_alone=is_alone):
        return False
    if not (is_alone or opens or speaks_for_all):
        return False
    if place is not None and is_alone:
        _note_place(trial, place, told)
    if opens or speaks_for_all:
        _note_cohort(trial, arm, told, is_alone=is_alone, speaks_for_all=speaks_for_all)
    trial.version += 1
    trial.save()
    catalogue_changed()
    return True


def _is_open_elsewhere(trial: Trial, place: Site, closed: Mapping[tuple[str, str], date]) -> bool:
    """Whether another place takes patients; one that was looked at after its contact said no goes by its status."""
    for other in trial.sites.exclude(pk=place.pk):
        said_no = closed.get((other.country_code, other.name))
        is_newer = said_no is not None and other.last_checked_on is not None and other.last_checked_on >= said_no
        if not is_closed(other.status) and (said_no is None or is_newer):
            return True
    return False


def _is_closed_above(trial: Trial, arm: Arm, place: Site | None, *, is_alone: bool) -> bool:
    """Whether a "yes" stands below something closed: a place below its cohort, a cohort below its trial."""
    if place is None and is_alone:
        return False
    return is_closed(trial.status) or (place is not None and is_closed(arm.status))


def _note_place(trial: Trial, place: Site, told: Told) -> None:
    before, place.status, place.last_checked_on = place.status, told.status, timezone.localdate()
    place.save(update_fields=["status", "last_checked_on"])
    record(
        "trial.place_confirmed",
        subject=trial,
        actor=told.by,
        state_before=before,
        state_after=told.status,
        reason=_TOLD,
        place=str(place),
    )


def _note_cohort(trial: Trial, arm: Arm, told: Told, *, is_alone: bool, speaks_for_all: bool) -> None:
    """Write what a cohort does now; one alone in its trial is the trial, as the list of trials shows it."""
    before, today = arm.status or trial.status, timezone.localdate()
    if is_alone:
        _confirm(trial, told, today)
    if arm.status or not is_alone:
        _confirm(arm, told, today)
    if speaks_for_all:
        arm.slots = _places_left(arm.slots, told.free_places)
    elif told.free_places != FreePlaces.NO:
        arm.slots = arm.slots or None
    arm.save(update_fields=RECRUITMENT)
    place = f"{told.country_code} {told.place}".strip()
    _in_force(
        trial, told.by, before=before, after=arm.status or trial.status, reason=_TOLD, cohort=arm.key, place=place
    )


def _confirm(row: Trial | Arm, told: Told, today: date) -> None:
    row.status, row.status_note = told.status, told.note
    row.status_as_of = row.last_checked_on = today
    if isinstance(row, Trial):
        row.status_source = ""


def _places_left(before: int | None, told: FreePlaces) -> int | None:
    """Return the free places: a number that was told before stands only as long as there are some."""
    return {FreePlaces.YES: before or None, FreePlaces.NO: 0, FreePlaces.UNKNOWN: None}[told]


def _in_force(trial: Trial, by: Any, *, before: str, after: str, reason: str = "", **data: str) -> None:
    """Note what recruitment is now."""
    record(
        "trial.status_confirmed",
        subject=trial,
        actor=by,
        state_before=before,
        state_after=after,
        reason=reason,
        **data,
    )


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
            for name in RECRUITMENT:
                setattr(arm, name, getattr(now[arm.key], name))
            arm.save(update_fields=RECRUITMENT)


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
    """Write the places anew; one whose status stands keeps the day on which its own contact confirmed it."""
    told = {(site.country_code, site.name, site.status): site.last_checked_on for site in trial.sites.all()}
    trial.sites.all().delete()
    for row in {(row["country_code"], row["name"]): row for row in rows}.values():
        days = (checked_on, told.get((row["country_code"], row["name"], row["status"])))
        newest = max((day for day in days if day), default=None)
        Site.objects.create(trial=trial, last_checked_on=newest, **row)


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
            arm.status_note, arm.last_checked_on = "", None
        arm.status, arm.slots = row.status, row.slots
        arm.save(update_fields=RECRUITMENT)
