from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from boards.invariants import INVARIANTS
from boards.models import Board
from tests.factories.boards import stored_letter

pytestmark = pytest.mark.django_db

BROKEN = {
    "UPDATE boards_vote SET position = 'against'": "I2",
    "UPDATE boards_vote SET cast_at = now() + interval '1 hour'": "I2",
    "UPDATE boards_seat SET declared_at = NULL, state = 'invited'": "I5",
    "UPDATE cases_caserevision SET content = '{}'": "I6",
    "UPDATE boards_signedadvice SET sha256 = 'x'": "I6",
    "UPDATE boards_letter SET sha256 = 'x'": "I7",
    "DELETE FROM boards_letter": "I7",
    "UPDATE audit_auditevent SET reason = 'x' WHERE sequence = 5": "I8",
    "UPDATE cases_case SET state = 'closed'": "I8",
    "UPDATE mail_outboundmail SET created_at = now() - interval '11 minutes'": "I11",
}


@pytest.fixture
def whole_story():
    """A case from draft to letter, its audit entries sealed as a commit would."""
    stored_letter()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def violated_after(statement):
    """Break the data behind the triggers, ask, and undo."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        broken = [name.split()[0] for name, check in INVARIANTS.items() if check()]
        transaction.set_rollback(True)
    return broken


def test_all_promises_hold_after_a_whole_story(whole_story):
    out = StringIO()

    call_command("check_invariants", stdout=out)

    assert len(out.getvalue().splitlines()) == len(INVARIANTS)


def test_a_new_rule_of_the_board_leaves_earlier_results_as_they_were_counted(whole_story):
    Board.objects.update(quorum_experts=9, adoption_numerator=9, adoption_denominator=10)

    assert INVARIANTS["I2 stored results equal the votes"]() == []


def test_every_broken_promise_is_named(whole_story):
    named = {statement: violated_after(statement) for statement in BROKEN}

    assert {statement: name for statement, name in BROKEN.items() if name not in named[statement]} == {}


def test_a_broken_promise_fails_the_command(whole_story):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE boards_signedadvice SET sha256 = 'x'")

    with pytest.raises(CommandError, match="I6"):
        call_command("check_invariants", stdout=StringIO())
