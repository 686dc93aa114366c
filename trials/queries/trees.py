"""The trees of published cohorts, read once in each process: a published cohort never changes."""

import logging
from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from trials.matching.criteria import CriterionError, Node, parse
from trials.models import Arm

log = logging.getLogger(__name__)

_KEPT: Final = 20_000
_trees: dict[UUID, Node | None] = {}


def tree_of(arm: Arm) -> Node | None:
    """Return the tree of a published cohort, ``None`` for criteria that this version of the portal cannot read."""
    if arm.pk not in _trees:
        _keep(arm.pk, arm.criteria)
    return _trees[arm.pk]


def trees_of(arms: Collection[UUID]) -> dict[UUID, Node | None]:
    """Return the trees of published cohorts by their keys, with at most one query for those not read yet."""
    found = {pk: _trees[pk] for pk in arms if pk in _trees}
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
