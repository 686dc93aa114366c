"""Finds names of OncoTree for our diagnoses."""

import csv
from collections.abc import Mapping
from functools import cache

from trials.importers.ctml.native import NAMES
from trials.matching.vocabulary import diseases


@cache
def _meanings() -> Mapping[str, frozenset[str]]:
    """Return for each name of the current release that means exactly some codes these codes, groups as entities."""
    lines = (line for line in NAMES.read_text(encoding="utf-8").splitlines() if not line.startswith("# "))
    rows = [row for row in csv.DictReader(lines) if not row["narrower"] and not row["older"]]
    return {row["name"]: _finest(frozenset(row["codes"].split("|"))) for row in rows}


def _finest(codes: frozenset[str]) -> frozenset[str]:
    """Return codes with each group replaced by its entities, and the group itself kept for patients without one."""
    tree = diseases()
    groups = tree.spread(codes)
    entities = {entity for entity, group in tree.group_of.items() if group in groups}
    return frozenset(groups | entities)


def names_for(codes: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """Return names that together mean ``codes``, and whether they mean nothing more.

    Where no exact names exist, the narrowest wider ones are given; no names at all for what OncoTree does not have.
    """
    wanted = _finest(codes)
    exact = _cover(wanted, {name: meaning for name, meaning in _meanings().items() if meaning <= wanted})
    if exact:
        return exact, True
    wider = _cover(wanted, {name: meaning for name, meaning in _meanings().items() if meaning & wanted})
    return wider, False


def _cover(wanted: frozenset[str], names: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Choose names until all of ``wanted`` is covered: much of it first, little beside it, then by the alphabet."""
    chosen: list[str] = []
    missing = set(wanted)
    while missing:
        rest = sorted(names, key=lambda name: (len(names[name] - wanted), -len(names[name] & missing), name))
        best = next((name for name in rest if names[name] & missing), None)
        if best is None:
            return ()
        chosen.append(best)
        missing -= names[best]
    for name in sorted(chosen, key=lambda name: len(names[name])):
        others = [names[other] for other in chosen if other != name]
        if wanted <= frozenset().union(*others):
            chosen.remove(name)
    return tuple(sorted(chosen))
