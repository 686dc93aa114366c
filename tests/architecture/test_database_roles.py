"""The serving role can do its work and cannot rewrite what was done."""

import pytest
from django.apps import apps
from django.db import connection

from iltb.audit.models import AuditEvent
from iltb.audit.services import record
from iltb.core.privileges import grant_app_privileges
from tests.database import refused
from tests.factories.accounts import centre
from tests.factories.boards import stored_letter

pytestmark = pytest.mark.django_db

FORBIDDEN = [
    "UPDATE audit_auditevent SET verb = 'x'",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent",
    "UPDATE audit_readevent SET verb = 'x'",
    "DELETE FROM audit_readevent",
    "TRUNCATE boards_vote CASCADE",
    "DELETE FROM boards_vote",
    "UPDATE boards_signedadvice SET sha256 = 'x'",
    "DELETE FROM boards_signedadvice",
    "DELETE FROM cases_caserevision",
    "UPDATE cases_caserevision SET content = '{}'",
    "UPDATE boards_letter SET sha256 = 'x'",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "DROP TABLE boards_vote",
    "CREATE TABLE intruder (id int)",
]


@pytest.fixture
def app_role(settings):
    """The privileges of production, in a role that exists for the time of the test."""
    settings.ILTB_DATABASE_APP_USER = "iltb_app_under_test"
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE iltb_app_under_test")
    grant_app_privileges()
    return "iltb_app_under_test"


def test_the_serving_role_is_refused_what_would_rewrite_the_past(app_role):
    stored_letter()

    assert [statement for statement in FORBIDDEN if not refused(statement, role=app_role)] == []


def test_the_serving_role_may_write_what_it_must_and_the_chain_is_sealed(app_role):
    subject = centre()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE iltb_app_under_test")
        entry = record("test.done", subject=subject)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")

    assert AuditEvent.objects.get(pk=entry.pk).sequence is not None


def test_every_table_of_the_portal_can_be_read_by_the_serving_role(app_role):
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute("SELECT has_table_privilege(%s, %s, 'SELECT')", [app_role, model._meta.db_table])
            assert cursor.fetchone() == (True,)
