"""What changed from one list of criteria to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Entry:
    """One criterion in words: the source's sentence and what is compared, its group included."""

    id: str
    text: str
    check: str
    is_exclusion: bool
    recoverable: bool


@dataclass(frozen=True)
class Change:
    """A criterion that came (``before`` is ``None``), went (``after`` is ``None``) or reads otherwise now."""

    before: Entry | None
    after: Entry | None


def changes(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[Change, ...]:
    """Return what changed, in the order of the newer list, what went last.

    A criterion that only got another number did not change. Of the others the same number makes a pair, then the
    same sentence.
    """
    old, new = _without_equals(before, after)
    partner = _pairs(old, new)
    gone = [entry for number, entry in enumerate(old) if number not in partner.values()]
    came = [Change(old[partner[number]] if number in partner else None, entry) for number, entry in enumerate(new)]
    return (*came, *(Change(entry, None) for entry in gone))


def _without_equals(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    unnumbered = [replace(entry, id="") for entry in before]
    old, new = list(before), []
    for entry in after:
        same = replace(entry, id="")
        if same in unnumbered:
            place = unnumbered.index(same)
            del unnumbered[place], old[place]
        else:
            new.append(entry)
    return old, new


def _pairs(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """Return for places in ``new`` the place in ``old`` that became it."""
    partner: dict[int, int] = {}
    for column in ("id", "text"):
        for number, entry in enumerate(new):
            if number in partner:
                continue
            free = (place for place in range(len(old)) if place not in partner.values())
            place = next((place for place in free if getattr(old[place], column) == getattr(entry, column)), None)
            if place is not None:
                partner[number] = place
    return partner
