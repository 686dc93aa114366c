"""Reads files of any format that is known here into drafts; finds out by itself what each of them is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from trials.importers.ctml import CtmlError, read_trial
from trials.importers.ctml.documents import read_documents
from trials.importers.ctml.native import to_draft as draft_of_ctml
from trials.importers.drafts import Draft
from trials.importers.own import CatalogueError, TrialRecord
from trials.importers.registers import UnknownFormat, is_record, read_record
from trials.importers.registers import to_draft as draft_of_record


@dataclass(frozen=True, slots=True)
class ReadTrial:
    """One trial that can become a draft: where it is from, in which format, and what its reader has to be told."""

    source: str
    form: str
    document: Mapping[str, Any]
    record: TrialRecord
    notices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file or trial that cannot be used: the place in it and a sentence."""

    source: str
    path: str
    reason: str


@dataclass(slots=True)
class Batch:
    """What some files hold."""

    trials: list[ReadTrial] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_batch(paths: Iterable[Path], *, today: date) -> Batch:
    """Read trials in the own format, in CTML and as register records, in any mixture; never raises for a content.

    A trial with a key or register number that came before is left out, the others are not affected.
    """
    batch, seen = Batch(), dict[str, str]()
    for path in paths:
        try:
            for index, document in enumerate(read_documents(path)):
                source = path.name if index == 0 else f"{path.name}, trial {index + 1}"
                _read_one(document, source, path.stem, batch, seen, today)
        except CtmlError as error:
            batch.left_out.append(LeftOut(path.name, error.path, error.reason))
        except OSError as error:
            batch.left_out.append(LeftOut(path.name, "$", str(error.strerror)))
    return batch


def _read_one(  # noqa: PLR0913, PLR0917 -- one step of the loop above
    document: object, source: str, stem: str, batch: Batch, seen: dict[str, str], today: date
) -> None:
    try:
        form, draft = _draft(document, stem)
        record = draft.record(today=today)
    except (CtmlError, CatalogueError) as error:
        batch.left_out.append(LeftOut(source, error.path, error.reason))
        return
    except UnknownFormat as error:
        batch.left_out.append(LeftOut(source, "$", str(error)))
        return
    names = [record.key, *(row.value for row in record.identifiers)]
    if name := next((name for name in names if name in seen), None):
        batch.left_out.append(LeftOut(source, "$", f"{name} was read before, from {seen[name]}"))
        return
    seen.update(dict.fromkeys(names, source))
    batch.trials.append(ReadTrial(source, form, draft.document, record, draft.notices))


def _draft(document: object, stem: str) -> tuple[str, Draft]:
    if not isinstance(document, Mapping):
        raise UnknownFormat(f"expected a trial, found {type(document).__name__}")
    if "arms" in document:
        return "own format", Draft(document)
    if "treatment_list" in document:
        return "CTML", draft_of_ctml(read_trial(document, otherwise_named=stem))
    if is_record(document):
        record = read_record(document)
        return record.register, draft_of_record(record)
    raise UnknownFormat("is neither our own format nor CTML nor a record of a known register")
