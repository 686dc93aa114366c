"""Opens files of trial registers and finds out which register wrote each record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from trials.importers.ctml.documents import read_documents
from trials.importers.ctml.tree import CtmlError
from trials.importers.registers.clinicaltrials_gov import read_classic, read_extract, read_v2
from trials.importers.registers.european import read_ctis, read_euctr
from trials.importers.registers.isrctn import read_isrctn
from trials.importers.registers.record import RegisterRecord

# Each format by a key that no other has, the surest first.
_FORMATS: Final[tuple[tuple[str, Callable[[Mapping[str, Any]], RegisterRecord]], ...]] = (
    ("protocolSection", read_v2),
    ("id_info", read_classic),
    ("ctNumber", read_ctis),
    ("a2_eudract_number", read_euctr),
    ("isrctn", read_isrctn),
    ("brief_title", read_extract),
)


class UnknownFormat(Exception):
    """A record of no register that is known here."""


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A file or record that was left out: the place and a sentence."""

    source: str
    path: str
    reason: str


@dataclass(slots=True)
class RegisterReport:
    """What was read and what was not."""

    records: list[RegisterRecord] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)


def read_record(document: object) -> RegisterRecord:
    """Read one record of any known register; raises ``UnknownFormat`` when it is of none or has no number."""
    if not isinstance(document, Mapping):
        raise UnknownFormat(f"expected a record, found {type(document).__name__}")
    reader = next((reader for key, reader in _FORMATS if key in document), None)
    if reader is None:
        raise UnknownFormat("is no record of ClinicalTrials.gov, CTIS, the EU Clinical Trials Register or ISRCTN")
    record = reader(document)
    if not record.number.removeprefix("ISRCTN"):
        raise UnknownFormat("has no register number")
    return record


def is_record(document: object) -> bool:
    """Whether some register wrote this."""
    return isinstance(document, Mapping) and any(key in document for key, _ in _FORMATS)


def read_files(paths: Iterable[Path]) -> RegisterReport:
    """Read files with one or several records, as JSON, a JSON list or one record a line; never raises for a content.

    A number that was read before is refused: two protocols of one EudraCT number are two countries of one trial.
    """
    report, seen = RegisterReport(), dict[str, str]()
    for path in paths:
        try:
            for index, document in enumerate(read_documents(path)):
                _read_one(document, path.name if index == 0 else f"{path.name}, record {index + 1}", report, seen)
        except CtmlError as error:
            report.refused.append(RefusedRecord(path.name, error.path, error.reason))
        except OSError as error:
            report.refused.append(RefusedRecord(path.name, "$", str(error.strerror)))
    return report


def _read_one(document: object, source: str, report: RegisterReport, seen: dict[str, str]) -> None:
    try:
        record = read_record(document)
    except UnknownFormat as error:
        report.refused.append(RefusedRecord(source, "$", str(error)))
        return
    if record.number in seen:
        reason = f"{record.number} was read before, from {seen[record.number]}"
        report.refused.append(RefusedRecord(source, "$", reason))
        return
    seen[record.number] = source
    report.records.append(record)
