"""Write trials in the browser: a new one, and the draft that a second person publishes."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, StaleVersion
from trials.enums import VersionState
from trials.importers.own import RESERVED_KEYS
from trials.matching.criteria import CriterionError, parse
from trials.models import Arm, Trial, TrialVersion
from trials.models.arm import RECRUITMENT
from trials.models.trial import first_edit

DESCRIPTION: Final = (
    "sponsor",
    "phase",
    "agents",
    "age_limits",
    "countries_complete",
    "verification",
    "sources",
    "remarks",
)
MOST_ARMS: Final = 60
_COPIED: Final = (*DESCRIPTION, "agents_text", "fingerprint")
_ARM_COPIED: Final = ("key", "title", "position", "criteria", *RECRUITMENT)


def may_enter_trials(user: User) -> bool:
    """Whether ``user`` curates the catalogue."""
    return user.is_active and user.has_role(Role.COORDINATOR)


def enter_trial(*, actor: User, title: str, key: str, description: Mapping[str, Any]) -> TrialVersion:
    """Enter a trial that the catalogue does not have, as a draft with one cohort that has no criteria yet.

    ``key`` names it in addresses, made from the title when empty. Raises ``NotAllowed`` for all but coordinators and
    ``InvalidInput`` for a key that is taken or no address can hold.
    """
    if not may_enter_trials(actor):
        raise NotAllowed(_("Coordinators enter trials."))
    key = key or slugify(title)[:60].strip("-")
    if not key or key in RESERVED_KEYS:
        raise InvalidInput({"key": [_("Give a short name of letters, digits and hyphens.")]})
    with transaction.atomic():
        try:
            with transaction.atomic():
                trial = Trial.objects.create(key=key, title=title)
        except IntegrityError as error:
            sentence = _("The catalogue has a trial of this short name: %(key)s.") % {"key": key}
            raise InvalidInput({"key": [sentence]}) from error
        origin = hashlib.sha256(f"entered {trial.pk}".encode()).hexdigest()
        version = TrialVersion(trial=trial, number=1, created_by=actor, fingerprint=origin, edits=first_edit())
        _describe(version, description)
        version.save()
        version.authors.add(actor)
        Arm.objects.create(version=version, key="main", title=title)
        record("trial.entered", subject=trial, actor=actor, version=version.number)
    return version


def begin_draft(*, trial: Trial, actor: User) -> TrialVersion:
    """Return the draft of a trial; where there is none, begin one as a copy of what is published."""
    with transaction.atomic():
        trial = Trial.objects.select_for_update().get(pk=trial.pk)
        require(actor, "edit_trial", trial)
        newest = trial.versions.order_by("-number").first()
        if newest is None:
            raise Conflict(_("This trial has no version to begin with."))
        if newest.state == VersionState.DRAFT:
            return newest
        draft = TrialVersion(trial=trial, number=newest.number + 1, created_by=actor, edits=first_edit())
        for name in _COPIED:
            setattr(draft, name, getattr(newest, name))
        draft.save()
        draft.authors.add(actor)
        Arm.objects.bulk_create(
            Arm(version=draft, **{name: getattr(arm, name) for name in _ARM_COPIED}) for arm in newest.arms.all()
        )
        record("trial.draft_begun", subject=trial, actor=actor, version=draft.number)
    return draft


def describe_draft(*, draft: TrialVersion, actor: User, edits: int, description: Mapping[str, Any]) -> TrialVersion:
    """Write what the draft says beside its criteria; raises ``StaleVersion`` when somebody saved since ``edits``."""
    with transaction.atomic():
        draft = _open(draft, actor, edits)
        _describe(draft, description)
        _saved(draft, actor, "trial.draft_described")
    return draft


def add_arm(*, draft: TrialVersion, actor: User, edits: int, title: str, copy_of: str = "") -> Arm:
    """Add a cohort, without criteria or with those of the cohort whose key is ``copy_of``."""
    with transaction.atomic():
        draft = _open(draft, actor, edits)
        arms = list(draft.arms.all())
        if len(arms) >= MOST_ARMS:
            raise InvalidInput({"title": [_("A trial holds at most %(most)s cohorts.") % {"most": MOST_ARMS}]})
        arm = Arm(version=draft, title=title, key=_free_key(title, {arm.key for arm in arms}))
        arm.position = max((other.position for other in arms), default=-1) + 1
        arm.criteria = next((other.criteria for other in arms if other.key == copy_of), {})
        arm.save()
        _saved(draft, actor, "trial.cohort_added")
    return arm


def rename_arm(*, arm: Arm, actor: User, edits: int, title: str) -> Arm:
    """Give a cohort of a draft another title; its key stays, so that versions can be compared."""
    with transaction.atomic():
        draft = _open(arm.version, actor, edits, arm)
        arm.title = title
        arm.save(update_fields=["title"])
        _saved(draft, actor, "trial.cohort_renamed")
    return arm


def remove_arm(*, arm: Arm, actor: User, edits: int) -> None:
    """Take a cohort out of a draft; raises ``Conflict`` for the last one."""
    with transaction.atomic():
        draft = _open(arm.version, actor, edits, arm)
        if draft.arms.count() == 1:
            raise Conflict(_("A trial has at least one cohort."))
        Arm.objects.filter(pk=arm.pk).delete()
        _saved(draft, actor, "trial.cohort_removed")


def write_criteria(*, arm: Arm, actor: User, edits: int, document: Mapping[str, Any]) -> Arm:
    """Write the criterion document of one cohort of a draft.

    Raises ``InvalidInput`` with path and reason for a document that the engine cannot read, ``StaleVersion`` when
    somebody saved the draft since ``edits``.
    """
    with transaction.atomic():
        draft = _open(arm.version, actor, edits, arm)
        try:
            parse(document)
        except CriterionError as error:
            raise InvalidInput({"document": [str(error)]}) from error
        arm = Arm.objects.select_for_update().get(pk=arm.pk)
        arm.criteria = dict(document)
        arm.save(update_fields=["criteria"])
        _saved(draft, actor, "trial.criteria_written")
    return arm


def discard_draft(*, draft: TrialVersion, actor: User, edits: int) -> Trial:
    """Throw a draft away, with a trial that was never published all of it; nobody relied on it.

    Raises ``StaleVersion`` when somebody saved it since ``edits``.
    """
    with transaction.atomic():
        draft = _open(draft, actor, edits)
        trial = draft.trial
        record("trial.draft_discarded", subject=trial, actor=actor, version=draft.number)
        draft.delete()
        if not trial.versions.exists():
            trial.delete()
    return trial


def _open(draft: TrialVersion, actor: User, edits: int, arm: Arm | None = None) -> TrialVersion:
    """Lock trial and draft for an edit, of ``arm`` where it is about one, that was made from the ``edits``-th save."""
    trial = Trial.objects.select_for_update().filter(pk=draft.trial_id).first()
    if trial is None:
        raise draft_is_gone()
    require(actor, "edit_trial", trial)
    found = TrialVersion.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None:
        raise draft_is_gone()
    draft = found
    _require_draft(draft)
    if arm is not None and not draft.arms.filter(pk=arm.pk).exists():
        raise cohort_is_gone()
    if draft.edits != edits:
        raise StaleVersion(_("Somebody saved this draft while you were writing. Nothing was overwritten."))
    return draft


def draft_is_gone() -> Conflict:
    """The refusal of an edit whose draft a colleague has published or thrown away; the page shows what was typed."""
    return Conflict(
        _("A colleague published or discarded this draft while you were writing. Nothing of yours was saved.")
    )


def cohort_is_gone() -> Conflict:
    """The refusal of an edit whose cohort a colleague has removed; the page shows what was typed."""
    return Conflict(_("A colleague removed this cohort while you were writing. Nothing of yours was saved."))


def _require_draft(version: TrialVersion) -> None:
    if version.state != VersionState.DRAFT:
        raise Conflict(_("This version is published and never changes. Begin the next one."))


def _describe(version: TrialVersion, description: Mapping[str, Any]) -> None:
    for name in DESCRIPTION:
        setattr(version, name, description[name])
    version.agents_text = ", ".join(version.agents)


def _saved(draft: TrialVersion, actor: User, verb: str) -> None:
    draft.edits += 1
    draft.save()
    draft.authors.add(actor)
    record(verb, subject=draft.trial, actor=actor, version=draft.number, save=draft.edits)


def _free_key(title: str, taken: set[str]) -> str:
    wanted = slugify(title)[:50].strip("-") or "cohort"
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, MOST_ARMS + 2))
    return next(key for key in numbered if key not in taken)
