"""What a person may do with the rows of a page, asked together with the rows themselves."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from iltb.accounts.models import User
from iltb.accounts.querysets import GrantedQuerySet

Q = TypeVar("Q", bound=GrantedQuerySet[Any])


def with_grants(rows: Q, user: User, *codenames: str) -> Q:
    """Each row with ``may_<codename>``, answered by ``granted`` itself, so that page and service cannot differ."""
    everything = type(rows)(rows.model)
    return rows.annotate(
        **{
            f"may_{codename}": Exists(everything.granted(user, codename).filter(pk=OuterRef("pk")))
            for codename in codenames
        },
    )


def may(row: models.Model, codename: str) -> bool:
    """What ``with_grants`` answered for this row."""
    return asked(row, f"may_{codename}")


def asked(row: models.Model, name: str) -> bool:
    """A yes-or-no column that the query computed beside the row."""
    return bool(getattr(row, name))
