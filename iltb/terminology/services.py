"""Bring the table to what the curated files say."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from iltb.terminology.files import Row, UnreadableFile, Vocabulary, read_vocabulary
from iltb.terminology.models import CodeSystem, Concept, System

DATA: Final = Path(__file__).resolve().parent / "data"
_COLUMNS: Final = ("display", "version", "parent_id", "synonyms", "attributes", "is_active", "names")
_ONE_LOADER_AT_A_TIME: Final = 7_265_001


@dataclass(frozen=True)
class Counts:
    """What loading did to one vocabulary; ``active`` are the rows that a new entry may use."""

    active: int
    added: int
    changed: int
    deactivated: int


Summary = Mapping[str, Counts]


def load_all(folder: Path = DATA) -> Summary:
    """Load every file of ``folder`` in one transaction: add, update, and switch off what vanished.

    Nothing is deleted, since clinical rows point at concepts. A vocabulary without a file is left as it is. Loading
    the same files again changes nothing. Raises ``UnreadableFile`` before anything is written.
    """
    files = [read_vocabulary(path) for path in sorted(folder.glob("*.csv"))]
    vocabularies = _with_broader_classes({file.origin.system: file for file in files})
    unknown = sorted(set(vocabularies) - set(System.values))
    if unknown:
        raise UnreadableFile(f"No such vocabulary: {', '.join(unknown)}.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_LOADER_AT_A_TIME])
        return {system: _load(vocabulary) for system, vocabulary in vocabularies.items()}


def _load(vocabulary: Vocabulary) -> Counts:
    origin = vocabulary.origin
    known = {concept.code: concept for concept in Concept.objects.filter(system=origin.system)}
    wanted = {row.code: known.get(row.code) or Concept(system=origin.system, code=row.code) for row in vocabulary.rows}
    keys = {code: concept.pk for code, concept in wanted.items()}
    changed = [
        concept
        for row, concept in zip(vocabulary.rows, wanted.values(), strict=True)
        if _apply(concept, row, origin.version, keys) and row.code in known
    ]
    added = [concept for code, concept in wanted.items() if code not in known]
    Concept.objects.bulk_create(added)
    Concept.objects.bulk_update(changed, _COLUMNS)
    vanished = Concept.objects.filter(system=origin.system, is_active=True).exclude(code__in=wanted)
    CodeSystem.objects.update_or_create(
        system=origin.system,
        defaults={key: value for key, value in asdict(origin).items() if key != "system"},
    )
    return Counts(len(wanted), len(added), len(changed), vanished.update(is_active=False))


def _apply(concept: Concept, row: Row, version: str, keys: Mapping[str, UUID]) -> bool:
    """Set what the file says; whether that differs from what the row said."""
    before = [getattr(concept, column) for column in _COLUMNS]
    concept.display = row.display
    concept.version = version
    concept.parent_id = keys[row.parent] if row.parent else None
    concept.synonyms = list(row.synonyms)
    concept.attributes = dict(row.attributes)
    concept.is_active = True
    concept.names = concept.searchable_names()
    return before != [getattr(concept, column) for column in _COLUMNS]


def _with_broader_classes(vocabularies: dict[str, Vocabulary]) -> dict[str, Vocabulary]:
    """Give each drug all classes it belongs to, so that "any FLT3 inhibitor" is one comparison ever after."""
    if System.DRUG not in vocabularies or System.DRUG_CLASS not in vocabularies:
        return vocabularies
    broader = {
        row.code: [code for code in (row.parent, *row.attributes.get("also_in", ())) if code]
        for row in vocabularies[System.DRUG_CLASS].rows
    }
    drugs = vocabularies[System.DRUG]
    rows = tuple(_classified(row, broader) for row in drugs.rows)
    return {**vocabularies, System.DRUG: Vocabulary(drugs.origin, rows)}


def _classified(row: Row, broader: Mapping[str, Sequence[str]]) -> Row:
    attributes: dict[str, Any] = dict(row.attributes)
    own = attributes.get("classes", [])
    unknown = [code for code in (*own, *attributes.get("interaction_roles", [])) if code not in broader]
    if unknown:
        raise UnreadableFile(f"drug {row.code}: no such class: {', '.join(unknown)}.")
    everything = list(own)
    for code in everything:
        everything += [wider for wider in broader[code] if wider not in everything]
    attributes |= {"main_classes": own, "classes": everything}
    return Row(row.code, row.display, row.parent, row.synonyms, attributes)
