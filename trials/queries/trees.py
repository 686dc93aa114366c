"""The trees of published cohorts, read once in each process: a published cohort never changes."""

import logging
from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from trials.matching.criteria import CriterionError, Node, parse
from trials.models import Arm

log = logging.getLogger(__name__)

_KEPT: Final = 20_000
_NOT_READ: Final = object()
_trees: dict[UUID, Any] = {}


def tree_of(arm: Arm) -> Node | None:
    """Return the tree of a published cohort, ``None`` for criteria that this version of the portal cannot read."""
    tree: Node | None = _trees.get(arm.pk, _NOT_READ)
    return _keep(arm.pk, arm.criteria) if tree is _NOT_READ else tree


def trees_of(arms: Collection[UUID]) -> dict[UUID, Node | None]:
    """Return the trees of published cohorts by their keys, with at most one query for those not read yet."""
    found = {pk: tree for pk in arms if (tree := _trees.get(pk, _NOT_READ)) is not _NOT_READ}
    if len(found) < len(arms):
        for pk, criteria in Arm.objects.filter(pk__in=set(arms) - set(found)).values_list("pk", "criteria"):
            found[pk] = _keep(pk, criteria)
    return found


def _keep(pk: UUID, criteria: Mapping[str, Any]) -> Node | None:
    try:
        tree = parse(criteria)
    except CriterionError as error:
        log.error("criteria of arm %s cannot be read: %s", pk, error)  # noqa: TRY400 -- path and reason say all
        tree = None
    if len(_trees) >= _KEPT:
        _trees.clear()
    _trees[pk] = tree
    return tree
