"""What every edit of a dossier shares: the lock, the version, the check of the columns, approved names."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile, zip_longest
from typing import Any, Final, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.models.case import OPEN_STATES
from cases.services.typists import Part, is_typist, mark_typed, require_typable
from iltb.accounts.models import User
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, StaleVersion
from iltb.terminology.search import known

Values = Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)

_CYP3A4_ROLES: Final = {
    "strong CYP3A4 inhibitor": "strong_inhibitor",
    "moderate CYP3A4 inhibitor": "moderate_inhibitor",
    "strong CYP3A4 inducer": "strong_inducer",
    "moderate CYP3A4 inducer": "moderate_inducer",
}
_FLAG_ROLES: Final = {"P-gp inhibitor": "pgp_inhibitor", "QT-prolonging drug": "qt_prolonging"}
_ACID_CLASSES: Final = frozenset({"proton pump inhibitor", "H2 blocker"})


@contextmanager
def editing(
    *,
    case: Case,
    actor: User,
    version: int,
    what: str,
    parts: Sequence[Part] = (),
) -> Iterator[Case]:
    """Lock the case for one edit; on leaving, its version has grown and the edit is in the audit trail.

    ``parts`` is what the edit changes. What a coordinator saves is marked as typed from a report, always; an edit that
    names no part is for the case's own team alone.

    Raises ``StaleVersion`` when somebody saved since ``version`` was read, ``Conflict`` when the case is over.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        by_typist = is_typist(case=locked, actor=actor)
        if by_typist:
            require_typable(locked, parts)
        if locked.state not in OPEN_STATES:
            raise Conflict(_("This case is over; it can no longer be changed."))
        if locked.version != version:
            raise StaleVersion(
                _("Somebody else saved this case since you opened the page. Nothing of theirs was overwritten."),
            )
        yield locked
        locked.version += 1
        locked.edited_at = timezone.now()
        locked.save(update_fields=["version", "edited_at"])
        case.version, case.edited_at = locked.version, locked.edited_at
        for part in parts if by_typist else ():
            mark_typed(locked, actor, part)
        verb = "case.transcribed" if by_typist else "case.edited"
        record(verb, subject=locked, actor=actor, what=what, version=locked.version)


def assign(row: models.Model, values: Values, *, path: str = "") -> None:
    """Set the columns, check them, save what differs. Raises ``InvalidInput`` with the fields at fault.

    ``path`` stands before the name of each field, as in ``mrd-0-mrd_fraction``.
    """
    columns = {column.name: column for column in row._meta.concrete_fields if not column.primary_key}
    unknown = sorted(values.keys() - columns)
    if unknown:
        raise InvalidInput({f"{path}{name}": [_("This cannot be set here.")] for name in unknown})
    is_new = row._state.adding  # noqa: SLF001 -- has no public name
    news = {name: value for name, value in values.items() if is_new or not _says(row, columns[name], value)}
    for name, value in news.items():
        setattr(row, name, value)
    try:
        if news or is_new:
            # What stood there was checked before, and what a new row hangs on is there.
            known_good = [name for name, column in columns.items() if column.is_relation or not is_new]
            _save(row, None if is_new else list(news), unchecked=set(known_good) - news.keys())
    except ValidationError as error:
        raise InvalidInput(_by_field(error, columns, path)) from error


def _save(row: models.Model, columns: list[str] | None, *, unchecked: Collection[str]) -> None:
    """The database knows every rule; it is asked for each on its own only where it refuses, for the sentences."""
    try:
        row.clean_fields(exclude=unchecked)
        with transaction.atomic():
            row.save(update_fields=columns)
    except (ValidationError, IntegrityError):
        row.full_clean()
        raise


def restate(row: Row, values: Values, *, path: str = "") -> Row:
    """Save that ``row`` says ``values`` and nothing else: a column that they leave out is emptied."""
    blank = {column.name: column.get_default() for column in _own_columns(row) if not column.is_relation}
    assign(row, {**blank, **values}, path=path)
    return row


def _by_field(error: ValidationError, columns: Container[str], path: str) -> dict[str, list[str]]:
    """The sentences by field; a rule over several columns names its field in its code (``fields.rule``)."""
    errors: dict[str, list[str]] = {}
    for name, found in error.error_dict.items():
        for one in found:
            field = str(one.code) if name == NON_FIELD_ERRORS and one.code in columns else name
            field = "" if field == NON_FIELD_ERRORS else field
            errors.setdefault(f"{path}{field}" if field else "", []).extend(one.messages)
    return errors


def replace_rows(
    model: type[models.Model],
    kind: str,
    rows: Iterable[Values],
    prepare: Callable[[Values], Values] | None = None,
    **parent: models.Model,
) -> None:
    """Put ``rows`` in the place of those that ``parent`` has; those that stand there already are left alone.

    ``prepare`` adds what follows from a row, such as the concept of its name. Errors are named ``kind-0-column``, from
    0.
    """
    stored, given = list(model._default_manager.filter(**parent).order_by("pk")), list(rows)
    same = len(list(takewhile(lambda pair: states_the_same(*pair), zip(stored, given, strict=False))))
    old, new = stored[same:], given[same:]
    if len(old) == len(new) and state_the_same(old[1:], new[1:]):
        del new[1:]
    elif old:
        model._default_manager.filter(pk__in=[row.pk for row in old]).delete()
        old = []
    for index, (row, values) in enumerate(zip_longest(old[: len(new)], new), start=same):
        restate(row or model(**parent), prepare(values) if prepare else values, path=f"{kind}-{index}-")


# What follows from other columns, and what a row is counted by.
_NOT_STATED: Final = frozenset({"gene", "concept", "number", "line_number", "iscn_normalised"})


def _own_columns(row: models.Model) -> list[models.Field[Any, Any]]:
    """The columns in which a row says something: neither key, nor time, nor what follows from the others."""
    return [
        column
        for column in row._meta.concrete_fields
        if not (column.primary_key or column.name in _NOT_STATED or isinstance(column, models.DateTimeField))
    ]


def state_the_same(stored: Iterable[models.Model], rows: Sequence[Values]) -> bool:
    """Whether the stored rows say what ``rows`` say, in the same order; a column that a row leaves out is empty."""
    found = list(stored)
    return len(found) == len(rows) and all(map(states_the_same, found, rows))


def states_the_same(stored: models.Model, values: Values) -> bool:
    """Whether a stored row says what ``values`` say."""
    return all(
        _says(stored, column, values.get(column.name, column.get_default()))
        for column in _own_columns(stored)
        if column.name in values or not column.is_relation
    )


def _says(stored: models.Model, column: models.Field[Any, Any], value: Any) -> bool:
    """Whether a column of a stored row says ``value``."""
    if column.is_relation:
        return bool(getattr(value, "pk", None) == getattr(stored, column.attname))
    try:
        return bool(column.to_python(value) == getattr(stored, column.name))
    except ValidationError:
        return False


def with_gene(row: Values) -> Values:
    """The approved symbol where the name leads to one gene; else as written."""
    symbol = str(row.get("gene_symbol") or "").strip()
    concept = known("gene", symbol) if symbol else None
    return {**row, "gene": concept, "gene_symbol": concept.code if concept else symbol}


def with_drug(row: Values) -> Values:
    """The drug of the vocabulary where the name leads to one; the name stays as written."""
    name = str(row.get("name") or "").strip()
    return {**row, "name": name, "concept": known("drug", name) if name else None}


def with_roles(row: Values) -> Values:
    """A drug with its interaction roles from the vocabulary, where the row itself says nothing."""
    values = dict(with_drug(row))
    concept = values["concept"]
    roles = concept.attributes.get("interaction_roles", []) if concept else []
    classes = concept.attributes.get("classes", []) if concept else []
    effects = [code for role, code in _CYP3A4_ROLES.items() if role in roles]
    found = {"cyp3a4": effects[0]} if effects else {}
    found |= {column: "yes" for role, column in _FLAG_ROLES.items() if role in roles}
    found |= {"acid_suppressant": "yes"} if _ACID_CLASSES & set(classes) else {}
    return {**values, **{column: value for column, value in found.items() if not values.get(column)}}
