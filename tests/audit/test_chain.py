import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from iltb.audit.models import AuditEvent
from iltb.audit.services import record, verify_chain
from tests.factories.accounts import centre, physician

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entries():
    user = physician()
    for number in range(3):
        with transaction.atomic():
            record("test.done", subject=user, actor=user, number=number)
    return list(AuditEvent.objects.order_by("sequence"))


def as_superuser(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_entries_are_sealed_in_one_chain_at_commit(entries):
    hashes = [entry.hash for entry in entries]

    assert [entry.previous_hash for entry in entries] == ["", *hashes[:-1]]
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert verify_chain().fault == ""


def test_an_entry_needs_the_transaction_of_its_deed():
    user = centre()

    with pytest.raises(RuntimeError, match="transaction"):
        record("test.done", subject=user)


def deed_that_fails(subject):
    with transaction.atomic():
        record("test.done", subject=subject)
        raise ZeroDivisionError


def test_no_deed_no_entry():
    subject = centre()
    before = AuditEvent.objects.count()

    with pytest.raises(ZeroDivisionError):
        deed_that_fails(subject)

    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditevent SET verb = 'x'", "DELETE FROM audit_auditevent", "UPDATE audit_auditevent SET hash = ''"],
)
def test_the_database_refuses_to_change_the_trail(entries, statement):
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET actor_name = 'somebody else' WHERE sequence = 2",
        "DELETE FROM audit_auditevent WHERE sequence = 2",
        "UPDATE audit_auditevent SET data = '{}' WHERE sequence = 3",
        "UPDATE audit_auditevent SET sequence = sequence + 10 WHERE sequence = 4",
    ],
)
def test_tampering_behind_the_triggers_is_found(entries, statement):
    as_superuser(statement)

    assert verify_chain().fault


def test_an_anchor_finds_a_tail_that_was_cut(entries, tmp_path):
    anchor = tmp_path / "anchor.json"
    call_command("verify_audit", anchor=anchor, stdout=StringIO())
    as_superuser("DELETE FROM audit_auditevent WHERE sequence = %s", entries[-1].sequence)

    assert verify_chain().fault == ""
    with pytest.raises(CommandError, match="anchored"):
        call_command("verify_audit", anchor=anchor, stdout=StringIO())


def test_an_anchor_moves_forward(entries, tmp_path):
    anchor = tmp_path / "anchor.json"

    call_command("verify_audit", anchor=anchor, stdout=StringIO())

    assert json.loads(anchor.read_text()) == {"sequence": len(entries), "hash": entries[-1].hash}
