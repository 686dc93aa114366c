"""A finding that somebody brings from a paste or a file and has not yet taken into the dossier."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "variant",
    "fusion",
    "class_event",
    "karyotype",
    "copy_number",
    "antigen",
    "drug_response",
    "absence",
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One finding for a person to accept or drop; ``values`` are named like the columns of the model."""

    line: int
    original: str
    kind: Kind
    values: dict[str, object]
    specimen: str = ""
    warnings: list[str] = field(default_factory=list)
