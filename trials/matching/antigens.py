"""Antigens on the blasts of the current disease, and whether treatment came between the specimen and now."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from trials.matching.answers import Reason
from trials.matching.intervals import Interval, measured
from trials.matching.molecular import Seen
from trials.matching.specimens import percent_of, seen_on
from trials.matching.vocabulary import antigen_called, inside_the_cell, positive_from_percent, with_wider_classes

Block: TypeAlias = Mapping[str, Any]

_SURFACE: Final = "surface"


@dataclass(frozen=True, slots=True)
class AntigenSeen:
    """One antigen of the current disease, by its newest results taken together.

    ``percent`` is of blasts; it is missing when other cells were counted, the antigen was looked for elsewhere in the
    cell, or results contradict each other. ``doubt`` then says why, ``stale`` why treatment may have changed it since.
    """

    percent: Interval | None
    intensity: str
    text: str
    seen: Seen
    doubt: Reason | None = None
    stale: Reason | None = None


def antigens_of(
    specimens: Sequence[Block], lines: Sequence[Block], cells: Sequence[Block] = ()
) -> tuple[dict[str, AntigenSeen], Reason]:
    """Return the newest current result of each antigen, and the reason that holds for all others.

    Values from before the last remission never count as current.
    """
    results: dict[str, list[AntigenSeen]] = defaultdict(list)
    inside: dict[str, list[AntigenSeen]] = defaultdict(list)
    measured_before = False
    for specimen in specimens:
        seen = seen_on(specimen)
        for row in specimen.get("antigens") or []:
            measured_before = measured_before or not seen.current
            if seen.current:
                antigen = antigen_called(str(row.get("antigen", "")))
                one = _result(antigen, row, seen, _stale(antigen, seen, lines, cells))
                (results if _is_where_it_counts(antigen, row) else inside)[antigen].append(one)
    found = {antigen: _together(_newest(ones)) for antigen, ones in {**inside, **results}.items()}
    return found, Reason.BEFORE_REMISSION if measured_before and not found else Reason.NOT_TESTED


def _is_where_it_counts(antigen: str, row: Block) -> bool:
    """Treatment reaches what is on the surface; in the cytoplasm CD3, CD22 or CD79a are found without being there."""
    return antigen in inside_the_cell() or (row.get("compartment") or _SURFACE) == _SURFACE


def _result(antigen: str, row: Block, seen: Seen, stale: Reason | None) -> AntigenSeen:
    percent, intensity = percent_of(row.get("percent_positive")), str(row.get("intensity") or "unknown")
    comparator = str(row.get("percent_comparator") or "=")
    share = "" if percent is None else f" {'' if comparator == '=' else f'{comparator} '}{row['percent_positive']} %"
    text = f"{antigen}{share}, {intensity}"
    if not _is_where_it_counts(antigen, row):
        return AntigenSeen(None, "unknown", f"{text}, {row['compartment']}", seen, Reason.DETAIL, stale)
    of_blasts = row.get("percent_of") == "blasts"
    return AntigenSeen(
        percent=measured(percent, comparator, 100.0) if of_blasts and percent is not None else None,
        intensity=intensity,
        text=text,
        seen=seen,
        doubt=Reason.DENOMINATOR if percent is not None and not of_blasts else None,
        stale=stale,
    )


def _newest(results: Sequence[AntigenSeen]) -> list[AntigenSeen]:
    """Return the results of the newest day; one without a day may be as new."""
    newest = max((one.seen.day for one in results if one.seen.day is not None), default=None)
    taken = [one for one in results if one.seen.day in (newest, None)]
    return sorted(taken, key=lambda one: one.seen.day is None)


def _together(results: Sequence[AntigenSeen]) -> AntigenSeen:
    """Read several results as one: their shares as a range; positive beside negative is a contradiction."""
    first = results[0]
    if len(results) == 1:
        return first
    text = "; ".join(dict.fromkeys(one.text for one in results))
    stale = first.stale if all(one.stale for one in results) else None
    if len({sign for one in results for sign in _signs(one)}) > 1:
        return AntigenSeen(None, "unknown", text, first.seen, Reason.CONTRADICTORY, stale)
    shares = [one.percent for one in results if one.percent is not None]
    percent = None
    if shares:
        top = max(shares, key=lambda share: (share.high, not share.high_open))
        percent = Interval(min(share.low for share in shares), top.high, high_open=top.high_open)
    intensity = next((one.intensity for one in results if one.intensity != "unknown"), "unknown")
    doubt = Reason.CONTRADICTORY if len(set(shares)) > 1 else first.doubt
    return AntigenSeen(percent, intensity, text, first.seen, doubt, stale)


def _signs(one: AntigenSeen) -> Iterator[bool]:
    """Yield what a result says, positive and negative; a weak share without a word says neither."""
    if one.intensity == "negative" or (one.percent is not None and one.percent.high == 0):
        yield False
    named = one.intensity not in ("negative", "unknown")
    if named or (one.percent is not None and one.percent.low >= positive_from_percent()):
        yield True


def _stale(antigen: str, seen: Seen, lines: Sequence[Block], cells: Sequence[Block]) -> Reason | None:
    """Return why the antigen may have changed since: treatment against it, or treatment of unknown direction."""
    reasons = [*_drugs_since(antigen, seen, lines), *_cells_since(antigen, seen, cells)]
    if reasons and seen.day is None:
        return Reason.NO_DAY
    return Reason.AFTER_THERAPY if Reason.AFTER_THERAPY in reasons else next(iter(reasons), None)


def _drugs_since(antigen: str, seen: Seen, lines: Sequence[Block]) -> Iterator[Reason]:
    """Look at every line that did not end before the specimen was taken, also where it began long before."""
    for line in lines:
        stop = line.get("stop_on_day")
        drugs = line.get("drugs") or []
        if not drugs and _may_follow(seen, stop):
            yield Reason.FREE_TEXT_REGIMEN
        for drug in drugs:
            last = drug.get("last_given_on_day")
            if not _may_follow(seen, stop if stop is None or last is None else last):
                continue
            if not drug.get("classes"):
                yield Reason.DRUG_CLASS if drug.get("code") else Reason.DRUG_NAME
            elif _names(antigen, with_wider_classes(drug["classes"])):
                yield Reason.AFTER_THERAPY


def _cells_since(antigen: str, seen: Seen, cells: Sequence[Block]) -> Iterator[Reason]:
    """Look at cells that were given after the specimen was taken; a product that could not be made was not given."""
    for row in cells:
        day = row.get("on_day")
        if not _may_follow(seen, day) or (day is None and row.get("manufacturing_failed") == "yes"):
            continue
        targets = [antigen_called(str(target)) for target in row.get("target_antigens") or []]
        if not targets:
            yield Reason.DETAIL
        elif antigen in targets:
            yield Reason.AFTER_THERAPY


def _may_follow(seen: Seen, day: object) -> bool:
    """Whether treatment up to ``day`` may have been given after the specimen: only two days can exclude it."""
    return seen.day is None or not isinstance(day, int) or day >= seen.day


def _names(antigen: str, classes: Iterable[str]) -> bool:
    """Whether a class names the antigen, with its hyphens or without: CLL-1 and CLL1, but not CD7 in CD70."""
    spelling = "-?".join(re.escape(letter) for letter in antigen.lower().replace("-", ""))
    return any(re.search(rf"(?<![a-z0-9]){spelling}(?![a-z0-9])", name.lower()) for name in classes)
