from itertools import product

import pytest

from boards import workflow as board_tables
from cases import workflow as case_tables
from iltb.core.errors import TransitionNotAllowed
from iltb.core.workflow import Workflow

TABLES = [
    table for module in (case_tables, board_tables) for table in vars(module).values() if isinstance(table, Workflow)
]
PAIRS = [(table, current, to) for table in TABLES for current, to in product(table.moves, table.moves)]


@pytest.mark.parametrize(("table", "current", "to"), PAIRS, ids=lambda value: getattr(value, "name", value))
def test_every_move_is_allowed_exactly_when_the_table_has_it(table, current, to):
    if to in table.moves[current]:
        table.require(current=current, to=to)
    else:
        with pytest.raises(TransitionNotAllowed, match=str(to.label)):
            table.require(current=current, to=to)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_state_has_a_row(table):
    assert set(table.moves) == set(type(next(iter(table.moves))))


def test_a_state_that_nobody_knows_moves_nowhere():
    with pytest.raises(TransitionNotAllowed, match="lost"):
        case_tables.CASE_WORKFLOW.require(current="lost", to=case_tables.CaseState.SUBMITTED)
