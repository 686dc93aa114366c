"""Trial registers: what a record says as data, and its eligibility text in numbered lines for the curator."""

from trials.importers.registers.reading import (
    RefusedRecord,
    RegisterReport,
    UnknownFormat,
    is_record,
    read_files,
    read_record,
)
from trials.importers.registers.record import RegisterRecord, Site, to_draft

__all__ = (
    "RefusedRecord",
    "RegisterRecord",
    "RegisterReport",
    "Site",
    "UnknownFormat",
    "is_record",
    "read_files",
    "read_record",
    "to_draft",
)
