"""List rule and object rule from one method, so that they cannot differ."""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, TypeVar, TypeVarTuple, cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from iltb.accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

M = TypeVar("M", bound=models.Model)
Rows = TypeVar("Rows", bound=models.QuerySet[Any])
Ts = TypeVarTuple("Ts")
Statement: TypeAlias = tuple[str, tuple[Any, ...]]

# Only the key is there: a rule that looks at anything else of the person asks for a row that does not exist.
SOMEBODY: Final = User.from_db(None, ["id"], [UUID(int=1)])
SOME_TEXT: Final = "\0 no text holds this"
AT_READING: Final = datetime.min.replace(tzinfo=UTC)
"""In a rule: the moment at which somebody reads, as against the one at which Django wrote the statement."""


def compiled_once(
    rule: Callable[[Rows, User, *Ts], Rows],
) -> "Callable[[Rows, User | AnonymousUser, *Ts], Rows]":
    """Make ``rule`` a filter whose statement Django writes once in each process; reading fills in who and when.

    ``rule`` gets all rows of the model and somebody who may sign in; it may look at nothing of the person but the key,
    since its statement serves everybody. Who may not sign in gets no row. Rights are asked for dozens of times a page,
    and writing their statements was half of its time.
    """

    @wraps(rule)
    def allowed(rows: Rows, user: "User | AnonymousUser", /, *args: *Ts) -> Rows:
        if user is SOMEBODY:  # a right inside a right becomes part of the one statement
            return rule(rows, SOMEBODY, *args)
        if not user.is_active or user.pk is None:
            return rows.none()
        statement = _rule_as_statement(rule, cast("Any", rows.model), *cast("tuple[Hashable, ...]", args))
        return rows.filter(pk__in=RawSQL(*_filled_in(statement, user)))  # noqa: S611 -- written by Django

    return allowed


@cache
def _rule_as_statement(rule: Callable[..., Any], model: type[models.Model], *args: Hashable) -> Statement:
    keys = rule(model._default_manager.all(), SOMEBODY, *args).order_by().values("pk")
    return _statement(keys, rule)


def _statement(rows: models.QuerySet[Any], source: Callable[..., Any]) -> Statement:
    sql, params = rows.query.sql_with_params()
    if SOMEBODY.pk not in params:
        raise TypeError(f"{source.__qualname__} does not ask who is reading")
    return sql, params


def _filled_in(statement: Statement, user: User, text: str = "") -> Statement:
    sql, params = statement
    values = {SOMEBODY.pk: user.pk, SOME_TEXT: text, AT_READING: timezone.now()}
    return sql, tuple(values.get(value, value) for value in params)


def compiled_row(rows: Callable[[User, str], models.QuerySet[M]]) -> "Callable[[User, str], M | None]":
    """Make ``rows``, which are found by who reads and by one text, a reading of the first of them.

    As with ``compiled_once`` Django writes the statement once in each process. ``rows`` may annotate, join for that and
    order, but not fetch other models beside its own. Who may not sign in gets no row.
    """

    @cache
    def written() -> tuple[type[M], Statement]:
        found = rows(SOMEBODY, SOME_TEXT)
        return found.model, _statement(found, rows)

    @wraps(rows)
    def first(user: User, text: str) -> M | None:
        if not user.is_active:
            return None
        model, statement = written()
        return next(iter(model._default_manager.raw(*_filled_in(statement, user, text))), None)

    return first


def grants_to_people(model: type[models.Model]) -> Any:
    """The manager of the table of grants on ``model`` to people; guardian knows it by its foreign key."""
    return get_user_obj_perms_model(cast("Any", model))._default_manager


def grants_to_groups(model: type[models.Model]) -> Any:
    """The manager of the table of grants on ``model`` to groups."""
    return get_group_obj_perms_model(cast("Any", model))._default_manager


class GrantedQuerySet(models.QuerySet[M]):
    """A queryset of objects that carry guardian grants of their own."""

    @compiled_once
    def granted(self, user: User, codename: str) -> Self:
        """The objects on which ``user`` (or a group of theirs) holds ``codename``; none for the inactive."""
        # As few tables as will do: planning the statement takes longer than reading the rows.
        groups = User.groups.through._default_manager.filter(user=user).values("group")
        by_person = grants_to_people(self.model).filter(permission__codename=codename, user=user)
        by_group = grants_to_groups(self.model).filter(permission__codename=codename, group__in=groups)
        by_person, by_group = by_person.values("content_object"), by_group.values("content_object")
        return self.filter(Q(pk__in=by_person) | Q(pk__in=by_group))

    def with_grants(self, user: User) -> Self:
        """Each of these rows, which are visible to ``user``, with the deeds that are granted: ``may`` tells them.

        What else ``granted`` asks (recusal, emergency) decides whether a row is visible at all, so page and service
        agree.
        """
        people = grants_to_people(self.model).filter(content_object=OuterRef("pk"), user=user)
        groups = grants_to_groups(self.model).filter(content_object=OuterRef("pk"), group__in=user.groups.all())
        return self.annotate(
            grants_of=Value(user.pk, output_field=models.UUIDField()),
            granted_to_person=ArraySubquery(people.values("permission__codename")),
            granted_to_groups=ArraySubquery(groups.values("permission__codename")),
        )


def may(row: Any, codename: str) -> bool:
    """What ``with_grants`` answered for this row."""
    return codename in row.granted_to_person or codename in row.granted_to_groups
