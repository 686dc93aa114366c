"""Find concepts by what people type."""

from dataclasses import dataclass
from typing import Final

from iltb.terminology.models import Concept, System
from iltb.terminology.names import fold

LONGEST_LIST: Final = 50
LONGEST_TEXT: Final = 100


@dataclass(frozen=True)
class Ambiguous:
    """A name that leads to several concepts; nobody guesses.

    ``elsewhere`` are approved codes outside the curated table that the name means as well, so a single candidate
    can still be ambiguous: ``MAL`` was MRTFA once and is another gene's symbol today.
    """

    candidates: tuple[Concept, ...]
    elsewhere: tuple[str, ...] = ()


def search(system: str, text: str, limit: int = 10) -> list[Concept]:
    """Active concepts with ``text`` in a name, best first, at most ``limit`` (never above 50). One query.

    ``matched_as`` of a result is the other name it was found by, "" when code or display contain the text.
    """
    found = list(Concept.objects.current(system).matching(text[:LONGEST_TEXT])[: min(limit, LONGEST_LIST)])
    key = fold(text[:LONGEST_TEXT])
    for concept in found:
        concept.matched_as = _matched_as(concept, key)
    return found


def resolve(system: str, text: str) -> Concept | Ambiguous | None:
    """The concept that ``text`` names as a whole, the candidates when it means several, or None. One query.

    A code or display beats every other name (``SET`` is SET), then a former symbol that nothing else is called
    (``EVI1`` is MECOM although RUNX1 has been written ``EVI-1``). After that all names count alike, and hyphens,
    spaces and case do not count: what fits two concepts is handed back, never guessed.
    """
    key, literal = fold(text), text.strip().casefold()
    named = list(Concept.objects.current(system).named(text).order_by("code"))
    elsewhere = tuple(sorted({other for concept in named for other in _elsewhere(concept, key)}))
    if sure := _sure(named, key, literal, shared=bool(elsewhere)):
        return sure
    if len(named) > 1 or elsewhere:
        return Ambiguous(candidates=tuple(named), elsewhere=elsewhere)
    return named[0] if named else None


def known(system: str, text: str) -> Concept | None:
    """The one concept that ``text`` leads to, None where it leads to none or to several: never a guess."""
    found = resolve(system, text)
    return found if isinstance(found, Concept) else None


def approved_symbol(name: str) -> str | None:
    """The approved symbol of the one gene that ``name`` leads to."""
    found = known(System.GENE, name)
    return found.code if found else None


def _sure(named: list[Concept], key: str, literal: str, *, shared: bool) -> Concept | None:
    """The one concept whose code, display or former symbol this is."""
    written = [concept for concept in named if literal in {name.casefold() for name in concept.other_names()}]
    former = [c for c in written if literal in {old.casefold() for old in c.attributes.get("previous_symbols", ())}]
    stages = (
        [concept for concept in named if fold(concept.code) == key],
        [concept for concept in named if fold(concept.display) == key],
        former if len(written) == 1 and not shared else [],
    )
    return next((stage[0] for stage in stages if len(stage) == 1), None)


def _elsewhere(concept: Concept, key: str) -> list[str]:
    return [other for name, others in concept.ambiguous_names().items() if fold(name) == key for other in others]


def _matched_as(concept: Concept, key: str) -> str:
    if key in fold(concept.code) or key in fold(concept.display):
        return ""
    hits = [name for name in concept.other_names() if key in fold(name)]
    return min(hits, key=lambda name: (not fold(name).startswith(key), len(name), name), default="")
