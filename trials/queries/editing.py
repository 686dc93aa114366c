"""The pages on which a trial is written: its draft, its history, two versions side by side, what can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from cases.enums import DiseaseGroup
from iltb.accounts.models import User
from iltb.terminology.models import Concept, System
from trials.curation.codes import Words
from trials.curation.comparing import Change, Entry, changes
from trials.curation.typed import fact_name, takes_limit
from trials.enums import VersionState
from trials.matching.criteria import CriterionError, CriterionKind, Leaf, Not, leaves, parse
from trials.matching.explain import places
from trials.matching.registry import FACTS, UNITS, FactKind, FactSpec
from trials.matching.vocabulary import antigen_names, diseases, drug_classes, drug_names
from trials.models import Arm, Trial, TrialVersion
from trials.queries.wording import disease_names, node_in_words, verification_in_words


@dataclass(frozen=True)
class CohortLine:
    """One cohort of a draft: how many criteria it has, how many of them nobody compares, what is wrong."""

    key: str
    title: str
    criteria: int
    not_compared: int
    problem: str


@dataclass(frozen=True)
class VersionLine:
    """One version in the history of a trial; ``compared_with`` is the one before it that the reader may see."""

    number: int
    is_draft: bool
    written_by: str
    created_at: datetime
    published_by: str
    published_at: datetime | None
    compared_with: int | None


@dataclass(frozen=True)
class DraftPage:
    """The draft of a trial; ``may_publish`` is false for whoever wrote in it."""

    trial: Trial
    draft: TrialVersion
    cohorts: tuple[CohortLine, ...]
    authors: str
    may_publish: bool
    published: int | None


@dataclass(frozen=True)
class ArmChanges:
    """What changed in one cohort; ``note`` says when it is new, gone or not readable."""

    title: str
    note: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """Two versions of a trial; ``facts`` are triples of label, before and after."""

    trial: Trial
    before: int
    after: int
    facts: tuple[tuple[str, str, str], ...]
    arms: tuple[ArmChanges, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return not self.facts and not any(arm.note or arm.changes for arm in self.arms)


@dataclass(frozen=True)
class FactLine:
    """One fact that criteria may ask for, with what may be typed."""

    name: str
    question: str
    how: str
    answers: str


def words_for_criteria() -> Words:
    """Return the words for diseases and countries, with one query."""
    concepts = Concept.objects.filter(system__in=(System.ENTITY, System.COUNTRY), is_active=True)
    rows = list(concepts.values_list("system", "code", "display"))
    known = diseases()
    entities = {code: name for system, code, name in rows if system == System.ENTITY and known.knows(code)}
    groups = {code: str(DiseaseGroup(code).label) for code in known.groups if code in DiseaseGroup.values}
    families = {code: _(label) for code, label in known.family_labels.items()}
    countries = {code: name for system, code, name in rows if system == System.COUNTRY}
    return Words({**entities, **groups, **families}, countries)


def subjects_of_facts() -> list[str]:
    """Return everything that a fact may be about: drugs, classes of drugs, antigens."""
    return sorted({*antigen_names(), *drug_classes(), *drug_names()}, key=str.casefold)


@dataclass(frozen=True)
class ReadBack:
    """What the engine understood: one sentence for each criterion by its number, one for each group of alternatives."""

    sentences: Mapping[str, str]
    groups: tuple[str, ...]


def read_back(document: Mapping[str, Any]) -> ReadBack:
    """Return what the engine understood of a valid document; a criterion that nobody compares has no sentence."""
    found = list(places(parse(document)))
    names = disease_names(place.leaf for place in found)
    groups = {place.choice: Not(place.group) if place.group_turned else place.group for place in found if place.group}
    return ReadBack(
        sentences={
            place.leaf.id: node_in_words(Not(place.leaf) if place.turned else place.leaf, names)
            for place in found
            if not _is_open(place.leaf)
        },
        groups=tuple(node_in_words(group, names) for group in groups.values()),
    )


def entries_of(document: Mapping[str, Any]) -> list[Entry]:
    """Return the criteria of a valid document in words; one of several alternatives is told with its group."""
    found = list(places(parse(document)))
    names = disease_names(place.leaf for place in found)
    entries = []
    for place in found:
        check = node_in_words(Not(place.leaf) if place.turned else place.leaf, names)
        if _is_open(place.leaf):
            check = _("not compared, read by people")
        if place.group is not None:
            group = node_in_words(Not(place.group) if place.group_turned else place.group, names)
            check = _("%(check)s, as part of: %(group)s") % {"check": check, "group": group}
        is_exclusion = place.leaf.kind is CriterionKind.EXCLUSION
        entries.append(Entry(place.leaf.id, place.leaf.text, check, is_exclusion, place.leaf.recoverable))
    return entries


def draft_page(user: User, trial: Trial, draft: TrialVersion) -> DraftPage:
    """Return the page of a draft that ``user`` may edit."""
    authors = list(draft.authors.all())
    published = trial.versions.filter(state=VersionState.PUBLISHED).order_by("-number").first()
    return DraftPage(
        trial=trial,
        draft=draft,
        cohorts=tuple(_cohort(arm) for arm in draft.arms.all()),
        authors=", ".join(author.full_name for author in authors),
        may_publish=user.pk not in {author.pk for author in authors} and draft.created_by_id != user.pk,
        published=published.number if published else None,
    )


def history_of(user: User, trial: Trial) -> tuple[VersionLine, ...]:
    """Return the versions of a trial that ``user`` may see, the newest first."""
    people = User.objects.only("full_name")
    found = TrialVersion.objects.visible_to(user).filter(trial=trial).order_by("-number")
    versions = list(found.prefetch_related(Prefetch("authors", people)).select_related("published_by"))
    older = [version.number for version in versions[1:]]
    return tuple(
        VersionLine(
            number=version.number,
            is_draft=version.state == VersionState.DRAFT,
            written_by=", ".join(author.full_name for author in version.authors.all()) or _("trial file"),
            created_at=version.created_at,
            published_by=version.published_by.full_name if version.published_by else "",
            published_at=version.published_at,
            compared_with=before,
        )
        for version, before in zip(versions, [*older, None], strict=False)
    )


def compare_versions(user: User, trial: Trial, before: int, after: int) -> Comparison | None:
    """Return what changed between two versions that ``user`` may see, ``None`` when one of them is not."""
    versions = {version.number: version for version in _versions(user, trial)}
    if before not in versions or after not in versions:
        return None
    old, new = versions[before], versions[after]
    arms = {arm.key: arm for arm in old.arms.all()}
    compared = [_arm_changes(arms.pop(arm.key, None), arm) for arm in new.arms.all()]
    compared += [_arm_changes(arm, None) for arm in arms.values()]
    return Comparison(trial, before, after, _facts_changed(old, new), tuple(compared))


def document_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what changed from one document to another; one that cannot be read counts as empty."""
    return changes(_entries_or_none(before) or [], _entries_or_none(after) or [])


def facts_in_words() -> tuple[FactLine, ...]:
    """Return every fact of the registry as a curator types it."""
    words = Words({code: _(label) for code, label in diseases().family_labels.items()}, {})
    return tuple(_fact_line(spec, words) for spec in FACTS.values() if spec.kind is not FactKind.UNREAD)


def _versions(user: User, trial: Trial) -> QuerySet[TrialVersion]:
    versions = TrialVersion.objects.visible_to(user).filter(trial=trial)
    return versions.order_by("-number").prefetch_related("arms")


def _cohort(arm: Arm) -> CohortLine:
    if not arm.criteria:
        return CohortLine(arm.key, arm.title, 0, 0, _("No criteria yet."))
    try:
        found = list(leaves(parse(arm.criteria)))
    except CriterionError as error:
        return CohortLine(arm.key, arm.title, 0, 0, str(error))
    return CohortLine(arm.key, arm.title, len(found), sum(_is_open(leaf) for leaf in found), "")


def _is_open(leaf: Leaf) -> bool:
    return FACTS[leaf.fact].kind is FactKind.UNREAD


def _arm_changes(before: Arm | None, after: Arm | None) -> ArmChanges:
    arm = after or before
    title = arm.title if arm else ""
    if after is None:
        return ArmChanges(title, _("This cohort is gone."), ())
    new = _entries_or_none(after.criteria)
    if before is None:
        return ArmChanges(title, _("A new cohort."), changes([], new or []))
    old = _entries_or_none(before.criteria)
    note = _("The criteria of one version cannot be read.") if old is None or new is None else ""
    if before.title != after.title:
        note = _("Called “%(title)s” before.") % {"title": before.title}
    return ArmChanges(title, note, changes(old or [], new or []))


def _entries_or_none(document: Mapping[str, Any]) -> list[Entry] | None:
    try:
        return entries_of(document)
    except CriterionError:
        return None


def _facts_changed(old: TrialVersion, new: TrialVersion) -> tuple[tuple[str, str, str], ...]:
    rows = (
        (_("Agents"), old.agents_text, new.agents_text),
        (_("Sponsor"), old.sponsor, new.sponsor),
        (_("Phase"), old.phase, new.phase),
        (_("Age limits"), old.age_limits, new.age_limits),
        (_("Countries"), _countries(old), _countries(new)),
        (_("Criteria"), verification_in_words(old), verification_in_words(new)),
        (_("Sources"), ", ".join(old.sources), ", ".join(new.sources)),
        (_("Remarks"), old.remarks, new.remarks),
    )
    return tuple(row for row in rows if row[1] != row[2])


def _countries(version: TrialVersion) -> str:
    return _("all of them are listed") if version.countries_complete else _("there may be more than are listed")


def _fact_line(spec: FactSpec, words: Words) -> FactLine:
    units = ", ".join(UNITS.get(spec.dimension, ()))
    if takes_limit(spec):
        how = _("a number in %(units)s") % {"units": units}
    elif spec.kind is FactKind.FLAG:
        how = _("yes or no")
    elif spec.kind in (FactKind.VARIANT, FactKind.FUSION):
        how = _("a lesion such as FLT3-ITD, KMT2A-r, BCR::ABL1, NRAS")
    elif spec.kind in (FactKind.EXPOSURE, FactKind.ANTIGEN):
        how = _("nothing: it is so, or must not be so")
    else:
        how = _("one or several answers, set apart by semicolons")
    if spec.about:
        how = _("%(how)s; for each %(about)s") % {"how": how, "about": _(spec.about)}
    return FactLine(fact_name(spec), _(spec.question), how, "; ".join(words.of(spec).values()))
