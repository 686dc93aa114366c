"""A finding that somebody brings from a paste or a file and has not yet taken into the dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

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


@dataclass(frozen=True)
class Standing:
    """The same finding as ``proposal`` in the dossier already, on ``specimen``.

    ``rows`` are the columns of each row that it could be, ``read`` those of the proposal, both by the names of
    ``model``.
    """

    proposal: Proposal
    specimen: str
    model: type[Any]
    rows: Sequence[Mapping[str, Any]]
    read: Mapping[str, Any]
