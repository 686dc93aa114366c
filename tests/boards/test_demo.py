from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from boards.demo import seed
from boards.models import Advice, Ballot, FollowUp
from cases.models import Case
from iltb.accounts.services import sync_grants
from iltb.core.errors import Conflict
from tests.factories.remembered import remembered

pytestmark = pytest.mark.django_db
seeded = remembered(seed)


def test_the_demonstration_has_cases_in_every_part_of_the_way():
    seeded()

    assert Counter(Case.objects.values_list("state", flat=True)) == {
        "draft": 1,
        "submitted": 1,
        "queried": 1,
        "accepted": 5,
    }
    assert Ballot.objects.filter(state="open").count() == 1
    assert Counter(Advice.objects.values_list("state", flat=True)) == {"in_review": 1, "signed": 2}
    assert FollowUp.objects.filter(state="answered").count() == 1


def test_a_second_call_changes_nothing():
    seeded()

    assert seed() == []
    assert Case.objects.count() == 8


def test_the_demonstration_keeps_every_promise_and_grant():
    seeded()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert sync_grants() == 0
    from boards.invariants import INVARIANTS

    assert {name: check() for name, check in INVARIANTS.items() if check()} == {}


def test_nothing_is_seeded_outside_the_demo(settings):
    settings.ILTB_DEMO = False

    with pytest.raises(Conflict, match="demo settings"):
        seed()


def test_every_key_of_the_vignettes_has_its_place_in_the_dossier():
    out = StringIO()

    call_command("seed_demo", stdout=out)

    assert out.getvalue().startswith("8 cases created")
