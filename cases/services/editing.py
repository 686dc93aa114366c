"""What every edit of a dossier shares: the lock, the version, the check of the columns, approved names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import and_
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.models.case import OPEN_STATES
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.audit.services import record
from iltb.core.errors import Conflict, InvalidInput, StaleVersion
from iltb.terminology.models import Concept
from iltb.terminology.search import resolve

Values = Mapping[str, Any]

_CYP3A4_ROLES: Final = {
    "strong CYP3A4 inhibitor": "strong_inhibitor",
    "moderate CYP3A4 inhibitor": "moderate_inhibitor",
    "strong CYP3A4 inducer": "strong_inducer",
    "moderate CYP3A4 inducer": "moderate_inducer",
}
_FLAG_ROLES: Final = {"P-gp inhibitor": "pgp_inhibitor", "QT-prolonging drug": "qt_prolonging"}
_ACID_CLASSES: Final = frozenset({"proton pump inhibitor", "H2 blocker"})


@contextmanager
def editing(*, case: Case, actor: User, version: int, what: str) -> Iterator[Case]:
    """Lock the case for one edit; on leaving, its version has grown and the edit is in the audit trail.

    Raises ``StaleVersion`` when somebody saved since ``version`` was read, ``Conflict`` when the case is over.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        require(actor, "edit_case", locked)
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
        record("case.edited", subject=locked, actor=actor, what=what, version=locked.version)


def assign(row: models.Model, values: Values, *, path: str = "") -> None:
    """Set the columns, check them, save. Raises ``InvalidInput`` with the fields at fault.

    ``path`` stands before the name of each field, as in ``mrd-0-mrd_fraction``.
    """
    columns = {column.name for column in row._meta.concrete_fields if not column.primary_key}
    unknown = sorted(set(values) - columns)
    if unknown:
        raise InvalidInput({f"{path}{name}": [_("This cannot be set here.")] for name in unknown})
    for name, value in values.items():
        setattr(row, name, value)
    try:
        _check(row)
    except ValidationError as error:
        raise InvalidInput(_by_field(error, columns, path)) from error
    row.save()


def _check(row: models.Model) -> None:
    """As ``full_clean``, which asks the database for each rule on its own; here one query asks for all of them."""
    try:
        row.full_clean(validate_constraints=False)
        constraints = row._meta.constraints
        rules = [models.Q(rule.condition) for rule in constraints if isinstance(rule, models.CheckConstraint)]
        values = row._get_field_expression_map(meta=row._meta)  # type: ignore[attr-defined]  # noqa: SLF001 -- as Django
        holds = not rules or reduce(and_, rules).check(values)
        for constraint in constraints:
            if holds and isinstance(constraint, models.UniqueConstraint):
                constraint.validate(type(row), row)
    except ValidationError:
        holds = False
    if not holds:
        row.full_clean()


def _by_field(error: ValidationError, columns: set[str], path: str) -> dict[str, list[str]]:
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
    """Put ``rows`` in the place of those that ``parent`` has, unless the same stand there already.

    ``prepare`` adds what follows from a row, such as the concept of its name. Errors are named ``kind-0-column``, from
    0.
    """
    given = list(rows)
    if state_the_same(model._default_manager.filter(**parent).order_by("pk"), given):
        return
    model._default_manager.filter(**parent).delete()
    for index, row in enumerate(given):
        assign(model(**parent), prepare(row) if prepare else row, path=f"{kind}-{index}-")


# What follows from other columns, and what a row hangs on or is counted by.
_NOT_STATED: Final = frozenset(
    {"gene", "concept", "case", "specimen_id", "line", "panel", "number", "line_number", "iscn_normalised"}
)


def state_the_same(stored: Iterable[models.Model], rows: Sequence[Values]) -> bool:
    """Whether the stored rows say what ``rows`` say, in the same order; a column that a row leaves out is empty."""
    found = list(stored)
    return len(found) == len(rows) and all(map(states_the_same, found, rows))


def states_the_same(stored: models.Model, values: Values) -> bool:
    """Whether a stored row says what ``values`` say."""
    for column in stored._meta.concrete_fields:
        if column.primary_key or column.name in _NOT_STATED or isinstance(column, models.DateTimeField):
            continue
        if column.is_relation:
            if column.name in values and getattr(values[column.name], "pk", None) != getattr(stored, column.attname):
                return False
            continue
        try:
            wanted = column.to_python(values.get(column.name, column.get_default()))
        except ValidationError:
            return False
        if wanted != getattr(stored, column.name):
            return False
    return True


def known(system: str, name: str) -> Concept | None:
    """The one concept that a name leads to, else None: never a guess."""
    found = resolve(system, name)
    return found if isinstance(found, Concept) else None


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
    concept: Concept | None = values["concept"]
    roles = concept.attributes.get("interaction_roles", []) if concept else []
    classes = concept.attributes.get("classes", []) if concept else []
    effects = [code for role, code in _CYP3A4_ROLES.items() if role in roles]
    found = {"cyp3a4": effects[0]} if effects else {}
    found |= {column: "yes" for role, column in _FLAG_ROLES.items() if role in roles}
    found |= {"acid_suppressant": "yes"} if _ACID_CLASSES & set(classes) else {}
    return {**values, **{column: value for column, value in found.items() if not values.get(column)}}
