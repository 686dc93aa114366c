"""Load, publish and correct trials."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import InvalidInput, NotAllowed, StaleVersion
from trials.enums import TrialStatus, VersionState
from trials.importers.own import CatalogueError, IdentifierRecord, TrialRecord, read_file
from trials.matching.criteria import CriterionError, parse
from trials.models import Arm, Site, Trial, TrialIdentifier, TrialVersion
from trials.models.trial import first_edit
from trials.services.recruitment import carry_recruitment
from trials.services.standing import catalogue_changed
from trials.workflow import VERSION_WORKFLOW

CATALOGUE: Final = Path(__file__).resolve().parent.parent / "data" / "catalogue"


@dataclass(frozen=True)
class Refusal:
    """A file that was left out: the place in it and the reason."""

    file: str
    path: str
    reason: str


@dataclass
class CatalogueReport:
    """What a load did, by trial key."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def load_catalogue(folder: Path = CATALOGUE, *, publish: bool | None = None) -> CatalogueReport:
    """Bring the database to what the trial files say; a second run changes nothing.

    A changed file becomes the next version, a draft where people wrote the last one on the portal. Versions are drafts
    unless ``publish`` (default: in the demo), so that nothing reaches a physician before a coordinator checked it. A
    file that cannot be used is reported, the others are loaded.
    """
    report = CatalogueReport()
    seen: set[str] = set()
    for file in sorted(folder.glob("*.yaml")):
        try:
            _load_file(file, report, seen, publish=settings.ILTB_DEMO if publish is None else publish)
        except CatalogueError as error:
            report.refused.append(Refusal(file.name, error.path, error.reason))
        except OSError as error:
            report.refused.append(Refusal(file.name, "$", str(error.strerror)))
    return report


def _load_file(file: Path, report: CatalogueReport, seen: set[str], *, publish: bool) -> None:
    trial_record = read_file(file, today=timezone.localdate())
    if trial_record.key in seen:
        raise CatalogueError("$.key", f"{trial_record.key!r} is used by another file")
    seen.add(trial_record.key)
    with transaction.atomic():
        outcome = _store(trial_record, publish=publish)
    {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}[outcome].append(trial_record.key)


def _store(trial_record: TrialRecord, *, publish: bool) -> str:
    trial, is_new = Trial.objects.get_or_create(key=trial_record.key, defaults={"title": trial_record.title})
    trial = Trial.objects.select_for_update().get(pk=trial.pk)
    newest = trial.versions.order_by("-number").first()
    by_hand = trial.versions.filter(authors__isnull=False).exists()
    if newest is not None and newest.fingerprint == trial_record.fingerprint:
        if publish and newest.state == VersionState.DRAFT and not by_hand:
            _publish(newest, actor=None)
            return "changed"
        return "unchanged"
    if newest is not None and by_hand and newest.state == VersionState.DRAFT:
        raise CatalogueError("$", "somebody edits this trial on the portal: publish or discard that draft first")
    _replace_identifiers(trial, trial_record.identifiers)
    _describe(trial, trial_record, is_new=is_new)
    version = _write_version(trial, trial_record, newest)
    record("trial.loaded", subject=trial, version=version.number, verification=trial_record.verification.value)
    if publish and not by_hand:
        _publish(version, actor=None)
    return "added" if is_new else "changed"


def _describe(trial: Trial, trial_record: TrialRecord, *, is_new: bool) -> None:
    """Take over title and recruitment; a status that somebody checked later than the file stands."""
    trial.title = trial_record.title
    checked = trial_record.last_checked_on
    if is_new or trial.last_checked_on is None or (checked is not None and checked >= trial.last_checked_on):
        trial.status, trial.status_note = trial_record.status, trial_record.status_note
        trial.status_as_of, trial.status_source = trial_record.status_as_of, trial_record.status_source
        trial.last_checked_on = checked
    trial.version += 1
    trial.save()
    named = [(site.country, site.name) for site in trial_record.sites]
    without_names = set(trial_record.countries) - {country for country, _name in named}
    places = {(country, "") for country in without_names} | set(named)
    Site.objects.bulk_create(
        (Site(trial=trial, country_code=country, name=name) for country, name in sorted(places)), ignore_conflicts=True
    )
    trial.sites.filter(name="", last_checked_on=None).exclude(country_code__in=without_names).delete()


def _replace_identifiers(trial: Trial, identifiers: Iterable[IdentifierRecord]) -> None:
    rows = list(identifiers)
    for identifier in rows:
        taken = TrialIdentifier.objects.filter(system=identifier.system, value=identifier.value).exclude(trial=trial)
        if other := taken.select_related("trial").first():
            raise CatalogueError("$.identifiers", f"{identifier.value} belongs to {other.trial.key!r}")
    trial.identifiers.all().delete()
    TrialIdentifier.objects.bulk_create(
        TrialIdentifier(trial=trial, system=row.system, value=row.value, is_confirmed=row.confirmed) for row in rows
    )


def _write_version(trial: Trial, trial_record: TrialRecord, newest: TrialVersion | None) -> TrialVersion:
    """Write the next version; an unpublished one is replaced, since nobody relied on it."""
    number = 1 if newest is None else newest.number + 1
    if newest is not None and newest.state == VersionState.DRAFT:
        number = newest.number
        newest.delete()
    version = TrialVersion.objects.create(
        trial=trial,
        number=number,
        edits=first_edit(),
        sponsor=trial_record.sponsor,
        phase=trial_record.phase,
        agents=list(trial_record.agents),
        agents_text=", ".join(trial_record.agents),
        countries_complete=trial_record.countries_complete,
        verification=trial_record.verification,
        sources=list(trial_record.sources),
        remarks=trial_record.remarks,
        fingerprint=trial_record.fingerprint,
    )
    Arm.objects.bulk_create(
        Arm(
            version=version,
            key=arm.key,
            title=arm.title,
            position=position,
            criteria=arm.criteria,
            status=arm.status or "",
        )
        for position, arm in enumerate(trial_record.arms)
    )
    return version


def publish_version(*, version: TrialVersion, actor: User, edits: int | None = None) -> TrialVersion:
    """Publish a draft that another person wrote; from now on it never changes.

    Asks which match lists read otherwise with it. ``edits`` is the save that the actor has read; a later one is not
    published unread (``StaleVersion``). Raises ``NotAllowed`` for whoever wrote in the draft,
    ``TransitionNotAllowed`` for a published version and ``InvalidInput`` for criteria that cannot be read.
    """
    with transaction.atomic():
        trial = Trial.objects.select_for_update().get(pk=version.trial_id)
        require(actor, "publish_trial", trial)
        version = TrialVersion.objects.select_for_update().get(pk=version.pk)
        VERSION_WORKFLOW.require(current=version.state, to=VersionState.PUBLISHED)
        if version.created_by_id == actor.pk or version.authors.filter(pk=actor.pk).exists():
            raise NotAllowed(_("A second person publishes what you wrote."))
        if edits is not None and version.edits != edits:
            raise StaleVersion(_("Somebody saved this draft since you opened it. Read it again, then publish."))
        _require_readable(version)
        carry_recruitment(before=trial.versions.filter(state=VersionState.PUBLISHED).first(), after=version)
        _publish(version, actor=actor)
        # A page of recruitment that was opened before shows the cohorts of the version before.
        trial.version += 1
        trial.save(update_fields=["version"])
        catalogue_changed()
    return version


def _require_readable(version: TrialVersion) -> None:
    """Refuse a version with a cohort whose criteria the engine cannot read, by cohort, path and reason."""
    problems = []
    for arm in version.arms.all():
        try:
            parse(arm.criteria)
        except CriterionError as error:
            problem = str(error) if arm.criteria else _("no criteria were entered")
            problems.append(f"{arm.title}: {problem}.")
    if problems:
        raise InvalidInput({"": problems})


def _publish(version: TrialVersion, *, actor: User | None) -> None:
    before = version.state
    version.state, version.published_at, version.published_by = VersionState.PUBLISHED, timezone.now(), actor
    version.save(update_fields=["state", "published_at", "published_by"])
    record(
        "trial.published",
        subject=version.trial,
        actor=actor,
        state_before=before,
        state_after=version.state,
        version=version.number,
    )


def confirm_status(*, trial: Trial, actor: User, status: TrialStatus, checked_on: date) -> Trial:
    """Note what the register said about recruitment on the day somebody looked; in force at once."""
    with transaction.atomic():
        trial = Trial.objects.select_for_update().get(pk=trial.pk)
        require(actor, "confirm_trial_status", trial)
        if checked_on > timezone.localdate():
            raise InvalidInput({"checked_on": [_("The day of the check lies in the future.")]})
        before = trial.status
        trial.status, trial.last_checked_on, trial.status_as_of = status, checked_on, checked_on
        if status != before:
            trial.status_note = ""
        trial.version += 1
        trial.save()
        record("trial.status_confirmed", subject=trial, actor=actor, state_before=before, state_after=status.value)
        catalogue_changed()
    return trial
