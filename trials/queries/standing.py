"""What changed since the last lists, for the coordinator and the chair: by cohort, with the cases it concerns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.enums import CaseState
from iltb.accounts.models import User
from trials.enums import Availability, ChangeCause, ChangeEffect, MatchOutcome
from trials.models import MatchChange

PAGE_SIZE: Final = 40
CASES_SHOWN: Final = ("all", "open", "past")
_TONES: Final = {ChangeEffect.FITS_NOW: "info", ChangeEffect.FITS_NO_LONGER: "warn"}
_Key: TypeAlias = tuple[UUID, str, str, date]


@dataclass(frozen=True)
class ChangeRow:
    """One case that a change concerns."""

    key: UUID
    code: str
    url: str
    is_past: bool
    before: str
    after: str
    tone: str
    seen: str


@dataclass(frozen=True)
class ChangeGroup:
    """One cohort on one day: what happened and what it means, with the cases of this page."""

    trial: str
    trial_url: str
    sentence: str
    tone: str
    rows: Sequence[ChangeRow]
    unseen: Sequence[UUID]


@dataclass(frozen=True)
class Choice:
    """One of the lists that can be shown."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class ChangesPage:
    """Everything on the page; ``query`` is what its address keeps."""

    groups: Sequence[ChangeGroup]
    page: Page[Any]
    choices: Sequence[Choice]
    query: str
    is_seen_shown: bool


@dataclass(frozen=True)
class Unseen:
    """What nobody of the board has looked at yet."""

    changes: int
    cases: int
    fits_now: int


def unseen_changes(user: User) -> Unseen:
    """Count what waits to be looked at, for the inbox; one query."""
    found = MatchChange.objects.visible_to(user).unseen().values_list("case", "effect")
    rows = list(found)
    return Unseen(len(rows), len({case for case, _effect in rows}), Counter(e for _, e in rows)[ChangeEffect.FITS_NOW])


def changes_page(user: User, *, cases: str = "all", is_seen_shown: bool = False, page: str | int = 1) -> ChangesPage:
    """Return what changed for all, open or past cases, by trial; seen ones only when asked for."""
    cases = cases if cases in CASES_SHOWN else "all"
    found = MatchChange.objects.visible_to(user)
    found = found if is_seen_shown else found.unseen()
    found = {"all": found, "open": found.of_open_cases(), "past": found.of_past_cases()}[cases]
    dated = found.annotate(day=TruncDate("noted_at"), trial_title=F("arm__version__trial__title"))
    rows = dated.select_related("case", "seen_by", "arm__version__trial")
    places = ("trial_title", "arm__version__trial_id", "-day", "arm__position", "arm_id")
    ordered = rows.order_by(*places, "cause", "effect", "case__code")
    current = Paginator(ordered, PAGE_SIZE).get_page(page)
    shown = list(current.object_list)
    counts = _counts(dated, {row.arm_id for row in shown})
    return ChangesPage(
        groups=tuple(_group(list(rows), counts[key]) for key, rows in groupby(shown, _key)),
        page=current,
        choices=tuple(_choice(name, cases, is_seen_shown=is_seen_shown) for name in CASES_SHOWN),
        query=_query(cases, is_seen_shown=is_seen_shown),
        is_seen_shown=is_seen_shown,
    )


def _key(row: Any) -> _Key:
    return row.arm_id, row.cause, row.effect, row.day


def _counts(dated: Any, arms: set[UUID]) -> Mapping[_Key, Counter[bool]]:
    """Count the past (true) and open cases of each group on all pages."""
    grouped = dated.filter(arm__in=arms).order_by().values_list("arm_id", "cause", "effect", "day", "case__state")
    counts: dict[_Key, Counter[bool]] = {}
    for arm, cause, effect, day, state, number in grouped.annotate(number=Count("pk")):
        counts.setdefault((arm, cause, effect, day), Counter())[state == CaseState.CLOSED] += number
    return counts


def _group(rows: Sequence[Any], counts: Counter[bool]) -> ChangeGroup:
    first = rows[0]
    trial = first.arm.version.trial
    return ChangeGroup(
        trial=trial.title,
        trial_url=reverse("trials:detail", args=[trial.key]),
        sentence=_("%(event)s: %(meaning)s") % {"event": _event(first), "meaning": _meaning(first.effect, counts)},
        tone=_TONES.get(first.effect, ""),
        rows=tuple(_row(row) for row in rows),
        unseen=tuple(row.pk for row in rows if row.seen_at is None),
    )


def _row(row: Any) -> ChangeRow:
    seen = ""
    if row.seen_at:
        words = {"person": row.seen_by.full_name, "day": date_format(timezone.localtime(row.seen_at), "j F Y")}
        seen = _("seen by %(person)s on %(day)s") % words
    return ChangeRow(
        key=row.pk,
        code=row.case.code,
        url=reverse("trials:matches", args=[row.case.code]),
        is_past=row.case.state == CaseState.CLOSED,
        before=_before(row),
        after=_stand(row.outcome_after, row.availability_after),
        tone=_TONES.get(row.effect, ""),
        seen=seen,
    )


def _before(row: Any) -> str:
    """Say of the earlier stand only what is no longer so."""
    if row.outcome_after and row.outcome_before == row.outcome_after:
        return str(Availability(row.availability_before).label)
    if row.outcome_before and row.availability_before == row.availability_after:
        return str(MatchOutcome(row.outcome_before).label)
    return _stand(row.outcome_before, row.availability_before)


def _stand(outcome: str, availability: str) -> str:
    if not outcome:
        return _("not in the catalogue")
    words = {"outcome": MatchOutcome(outcome).label, "recruitment": Availability(availability).label}
    return _("%(outcome)s; %(recruitment)s") % words


def _event(row: Any) -> str:
    """Return what happened to a cohort and when, e.g. "Arm C reopened on 3 March 2026"."""
    version = row.arm.version
    words = {"arm": row.arm.title, "day": date_format(row.day, "j F Y"), "number": version.number}
    if row.cause == ChangeCause.VERSION and not row.outcome_after:
        return _("%(arm)s left the trial on %(day)s") % words
    if row.cause == ChangeCause.VERSION and not row.outcome_before:
        return _("%(arm)s is new since %(day)s") % words
    sentences = {
        ChangeCause.VERSION: _("%(arm)s has new criteria since %(day)s (version %(number)s)"),
        ChangeCause.STATUS: _recruitment(row),
        ChangeCause.DATE: _("%(arm)s: an age limit or a wash-out was passed by %(day)s"),
        ChangeCause.ENGINE: _("%(arm)s is read in a new way by the portal since %(day)s"),
        ChangeCause.REVISION: _("%(arm)s, with new data in the dossier on %(day)s"),
    }
    return sentences[row.cause] % words


def _recruitment(row: Any) -> str:
    if row.effect == ChangeEffect.FITS_NOW and row.availability_before == Availability.CLOSED:
        return _("%(arm)s reopened on %(day)s")
    if row.effect == ChangeEffect.FITS_NOW and row.availability_before == Availability.FULL:
        return _("%(arm)s has free places again since %(day)s")
    if row.effect == ChangeEffect.FITS_NOW:
        return _("%(arm)s can be entered since %(day)s")
    if row.availability_after == Availability.CLOSED:
        return _("%(arm)s closed on %(day)s")
    if row.availability_after == Availability.FULL:
        return _("%(arm)s is full since %(day)s")
    return _("Recruitment of %(arm)s changed on %(day)s")


def _meaning(effect: str, counts: Counter[bool]) -> str:
    """Return how many cases are concerned and how, e.g. "2 past cases would now fit"."""
    words = []
    if past := counts[True]:
        words.append(ngettext("%(count)s past case", "%(count)s past cases", past) % {"count": past})
    if still_open := counts[False]:
        words.append(ngettext("%(count)s open case", "%(count)s open cases", still_open) % {"count": still_open})
    cases = _(" and ").join(words)
    total = past + still_open
    sentences = {
        ChangeEffect.FITS_NOW: _("%(cases)s would now fit"),
        ChangeEffect.FITS_NO_LONGER: _("%(cases)s would no longer fit"),
        ChangeEffect.DIFFERS: ngettext("%(cases)s comes out otherwise", "%(cases)s come out otherwise", total),
    }
    return sentences[ChangeEffect(effect)] % {"cases": cases}


def _choice(name: str, current: str, *, is_seen_shown: bool) -> Choice:
    labels = {"all": _("All cases"), "open": _("Open cases"), "past": _("Past cases")}
    query = _query(name, is_seen_shown=is_seen_shown)
    return Choice(labels[name], f"{reverse('trials:changes')}?{query}", name == current)


def _query(cases: str, *, is_seen_shown: bool) -> str:
    return f"cases={cases}" + ("&seen=1" if is_seen_shown else "")
