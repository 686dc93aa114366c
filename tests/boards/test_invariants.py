from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from boards.invariants import INVARIANTS
from tests.factories.boards import stored_letter

pytestmark = pytest.mark.django_db(transaction=True)


def behind_the_triggers(statement):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_all_promises_hold_after_a_whole_story():
    stored_letter()
    out = StringIO()

    call_command("check_invariants", stdout=out)

    assert out.getvalue().count("holds") == len(INVARIANTS) + 1  # one of them is called "the audit chain holds"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE boards_vote SET position = 'against'", "I2"),
        ("UPDATE boards_vote SET cast_at = now() + interval '1 hour'", "I2"),
        ("UPDATE boards_seat SET declared_at = NULL, state = 'invited'", "I5"),
        ("UPDATE cases_caserevision SET content = '{}'", "I6"),
        ("UPDATE boards_signedadvice SET sha256 = 'x'", "I6"),
        ("UPDATE boards_letter SET sha256 = 'x'", "I7"),
        ("DELETE FROM boards_letter", "I7"),
        ("UPDATE audit_auditevent SET reason = 'x' WHERE sequence = 5", "I8"),
        ("UPDATE cases_case SET state = 'closed'", "I8"),
        ("UPDATE mail_outboundmail SET created_at = now() - interval '11 minutes'", "I11"),
    ],
)
def test_every_broken_promise_is_named(statement, name):
    stored_letter()
    behind_the_triggers(statement)

    with pytest.raises(CommandError, match=name):
        call_command("check_invariants", stdout=StringIO())
