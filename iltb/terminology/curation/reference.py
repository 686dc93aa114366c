"""Read the lists that people keep and the reference files that complete them."""

import csv
from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).resolve().parent

Table = list[dict[str, str]]


class NotInReference(ValueError):
    """A line of one of our lists that the reference does not bear out; the message says which and why."""


def table(path: Path) -> Table:
    """Return the rows of one CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
