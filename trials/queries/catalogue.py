"""The catalogue's two pages: all trials, and one trial with its criteria."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from iltb.accounts.enums import Role
from iltb.accounts.models import User
from trials.enums import IdentifierSystem, TrialStatus, Verification, VersionState
from trials.matching.criteria import CriterionError, CriterionKind, Not, parse
from trials.matching.explain import Place, places
from trials.models import Arm, Site, Trial, TrialVersion
from trials.queries.contacts import RemarkLine, shown_remarks
from trials.queries.recruitment import RecruitmentLine, in_words, recruitment_of, recruitment_of_trial
from trials.queries.wording import disease_names, node_in_words, verification_in_words

PAGE_SIZE: Final = 20


@dataclass(frozen=True)
class TrialRow:
    """One trial in the list."""

    title: str
    url: str
    numbers: str
    agents: str
    countries: str
    recruitment: RecruitmentLine
    verification: str
    is_draft: bool


@dataclass(frozen=True)
class TrialListPage:
    """A page of the list with the words it was searched by."""

    rows: tuple[TrialRow, ...]
    page: Page[Any]
    search: str
    total: int
    may_enter: bool


@dataclass(frozen=True)
class RequirementLine:
    """What the protocol asks in one place: source sentences, and what is compared."""

    ids: str
    texts: tuple[str, ...]
    check: str
    recoverable: bool
    is_exclusion: bool


@dataclass(frozen=True)
class ArmSection:
    """One cohort with its criteria; ``recruitment`` only where it differs from the trial's.

    ``slots`` are free places as last told, ``None`` for not known. ``problem`` says why the criteria cannot be shown.
    """

    title: str
    recruitment: RecruitmentLine | None
    slots: int | None
    inclusion: tuple[RequirementLine, ...]
    exclusion: tuple[RequirementLine, ...]
    problem: str


@dataclass(frozen=True)
class NumberLine:
    """A register number; ``is_confirmed`` is false for one that nobody checked."""

    system: str
    value: str
    is_confirmed: bool


@dataclass(frozen=True)
class PlaceLine:
    """A country or place where the trial can be entered, with whom to ask; ``status`` empty for not stated."""

    name: str
    contact: str
    status: str


@dataclass(frozen=True)
class TrialPage:
    """One trial in the newest version that the reader may see."""

    key: str
    title: str
    numbers: tuple[NumberLine, ...]
    facts: tuple[tuple[str, str], ...]
    recruitment: RecruitmentLine
    status_source: str
    verification: str
    is_verified: bool
    is_draft: bool
    sources: tuple[str, ...]
    remarks: str
    arms: tuple[ArmSection, ...]
    places: tuple[PlaceLine, ...]
    contact_remarks: tuple[RemarkLine, ...]
    may_edit: bool


def trial_list_page(user: User, *, search: str = "", page: str | int = 1) -> TrialListPage:
    """Return one page of the trials that ``user`` may see; a page number out of range gives the nearest page."""
    trials = (
        Trial.objects.visible_to(user).search(search, user).with_newest_version(user).order_by(Lower("title"), "key")
    )
    paginator = Paginator(trials, PAGE_SIZE)
    current = paginator.get_page(page)
    rows = tuple(_row(trial) for trial in current.object_list)
    return TrialListPage(
        rows=rows, page=current, search=search, total=paginator.count, may_enter=user.has_role(Role.COORDINATOR)
    )


def trial_page(user: User, key: str) -> TrialPage | None:
    """Return one trial, ``None`` when it does not exist or is not for ``user``."""
    trial = Trial.objects.visible_to(user).with_newest_version(user).filter(key=key).first()
    version = _newest(trial) if trial is not None else None
    if trial is None or version is None:
        return None
    return TrialPage(
        key=trial.key,
        title=trial.title,
        numbers=tuple(
            NumberLine(str(IdentifierSystem(row.system).label), row.value, row.is_confirmed)
            for row in trial.identifiers.all()
        ),
        facts=_facts(trial, version),
        recruitment=in_words(recruitment_of_trial(trial, today=timezone.localdate())),
        status_source=trial.status_source,
        verification=verification_in_words(version),
        is_verified=version.verification == Verification.VERIFIED,
        is_draft=version.state == VersionState.DRAFT,
        sources=tuple(version.sources),
        remarks=version.remarks,
        arms=tuple(_arm(trial, version, arm) for arm in version.arms.all()),
        places=tuple(_place(site) for site in trial.sites.all() if site.name or site.contact),
        contact_remarks=shown_remarks(trial),
        may_edit=Trial.objects.granted(user, "edit_trial").filter(pk=trial.pk).exists(),
    )


def open_arm(trial_key: str, arm_key: str = "") -> Arm:
    """Return the named cohort of the published trial, its first one by default; raises ``Arm.DoesNotExist``."""
    arms = Arm.objects.current().filter(version__trial__key=trial_key).order_by("position", "key")
    arm = (arms.filter(key=arm_key) if arm_key else arms).first()
    if arm is None:
        raise Arm.DoesNotExist(f"{trial_key} {arm_key}".strip())
    return arm


def _newest(trial: Trial) -> TrialVersion | None:
    versions: list[TrialVersion] = getattr(trial, "shown_versions", [])
    return versions[0] if versions else None


def _row(trial: Trial) -> TrialRow:
    version = _newest(trial)
    return TrialRow(
        title=trial.title,
        url=reverse("trials:detail", args=[trial.key]),
        numbers=", ".join(row.value for row in trial.identifiers.all()),
        agents=version.agents_text if version else "",
        countries=", ".join(sorted({site.country_code for site in trial.sites.all()})),
        recruitment=in_words(recruitment_of_trial(trial, today=timezone.localdate())),
        verification=verification_in_words(version) if version else "",
        is_draft=version is not None and version.state == VersionState.DRAFT,
    )


def _place(site: Site) -> PlaceLine:
    stated = "" if site.status == TrialStatus.UNKNOWN else str(TrialStatus(site.status).label)
    return PlaceLine(str(site), site.contact, stated)


def _facts(trial: Trial, version: TrialVersion) -> tuple[tuple[str, str], ...]:
    countries = ", ".join(sorted({site.country_code for site in trial.sites.all()}))
    if countries and not version.countries_complete:
        countries = _("%(countries)s and possibly others") % {"countries": countries}
    facts = (
        (_("Agents"), version.agents_text),
        (_("Sponsor"), version.sponsor),
        (_("Phase"), version.phase),
        (_("Age limits"), version.age_limits),
        (_("Countries"), countries),
    )
    return tuple((label, value or _("not stated")) for label, value in facts)


def _arm(trial: Trial, version: TrialVersion, arm: Arm) -> ArmSection:
    version.trial, arm.version = trial, version
    own = recruitment_of(arm, today=timezone.localdate())
    recruitment = in_words(own) if arm.status or own.is_full else None
    try:
        found = list(places(parse(arm.criteria)))
    except CriterionError as error:
        problem = str(error) if arm.criteria else _("No criteria have been entered yet.")
        return ArmSection(arm.title, recruitment, arm.slots, (), (), problem)
    names = disease_names(place.leaf for place in found)
    grouped = groupby(found, key=lambda place: place.choice or place.leaf.id)
    lines = tuple(_requirement(list(group), names) for _key, group in grouped)
    return ArmSection(
        title=arm.title,
        recruitment=recruitment,
        slots=arm.slots,
        inclusion=tuple(line for line in lines if not line.is_exclusion),
        exclusion=tuple(line for line in lines if line.is_exclusion),
        problem="",
    )


def _requirement(found: list[Place], names: dict[str, str]) -> RequirementLine:
    first = found[0]
    node, turned = (first.group, first.group_turned) if first.group else (first.leaf, first.turned)
    kept = [place.leaf for place in found]
    return RequirementLine(
        ids=", ".join(leaf.id for leaf in kept),
        texts=tuple(dict.fromkeys(leaf.text for leaf in kept)),
        check=node_in_words(Not(node) if turned else node, names),
        recoverable=any(leaf.recoverable for leaf in kept),
        is_exclusion=all(leaf.kind is CriterionKind.EXCLUSION for leaf in kept),
    )
