"""What a person may do with the rows of a page, asked together with the rows themselves."""

from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef

from iltb.accounts.models import User
from iltb.accounts.querysets import GrantedQuerySet, grants_to_groups, grants_to_people

Q = TypeVar("Q", bound=GrantedQuerySet[Any])


def with_grants(rows: Q, user: User) -> Q:
    """Each of ``rows``, which are visible to ``user``, with the deeds that are granted: ``may`` tells them.

    What else ``granted`` asks (recusal, emergency) decides whether a row is visible at all, so page and service agree.
    """
    people = grants_to_people(rows.model).filter(content_object=OuterRef("pk"), user=user)
    groups = grants_to_groups(rows.model).filter(content_object=OuterRef("pk"), group__in=user.groups.all())
    return rows.annotate(
        granted_to_person=ArraySubquery(people.values("permission__codename")),
        granted_to_groups=ArraySubquery(groups.values("permission__codename")),
    )


def may(row: Any, codename: str) -> bool:
    """What ``with_grants`` answered for this row."""
    return codename in row.granted_to_person or codename in row.granted_to_groups


def asked(row: models.Model, name: str) -> bool:
    """A yes-or-no column that the query computed beside the row."""
    return bool(getattr(row, name))
