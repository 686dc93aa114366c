"""Pages read the dossier from one column that is as new as the case."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from cases.services.contents import content_of, standing_content
from cases.services.drafting import save_block
from tests.factories.dossier import full_case

pytestmark = pytest.mark.django_db


def fresh(case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_it_says_what_the_tables_say():
    case = full_case()

    standing_content(fresh(case))

    assert standing_content(fresh(case)) == content_of(case)


def test_it_is_gathered_once_for_each_version():
    case = fresh(full_case())
    standing_content(case)

    with CaptureQueriesContext(connection) as captured:
        standing_content(case)

    assert len(captured) == 1


def test_an_edit_is_seen_at_once():
    case = fresh(full_case())
    standing_content(case)

    save_block(case=case, actor=case.author, version=case.version, block="patient", values={"weight_kg": 31})

    assert standing_content(fresh(case))["patient"]["weight_kg"] == "31"
