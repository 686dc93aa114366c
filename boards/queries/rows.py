"""What pages read of rows, and one line of a list: the same in the inbox and in the list of cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Row:
    """A line that leads somewhere; ``status`` in words, ``tone`` only repeats it in colour."""

    title: str
    url: str
    hint: str = ""
    status: str = ""
    tone: str = ""
    file_url: str = ""


@dataclass(frozen=True)
class Group:
    """A heading with its lines."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Action:
    """One thing to do from a page; ``tone`` is a button's."""

    label: str
    url: str
    tone: str = "secondary"


def asked(row: models.Model, name: str) -> bool:
    """A yes-or-no column that the query computed beside the row."""
    return bool(getattr(row, name))
