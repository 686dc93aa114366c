"""Begin a case and fill in its sections."""

import pytest
from django.urls import reverse

from cases.models import Case
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from tests.factories.accounts import centre, centre_of, coordinator, physician, sign_in
from tests.factories.cases import complete_case, draft, submitted_case

pytestmark = pytest.mark.django_db


def section(case: Case, name: str) -> str:
    return reverse("cases:section", args=[case.code, name])


@pytest.fixture
def case(client) -> Case:
    made = draft()
    sign_in(client, made.author)
    return made


def test_a_physician_of_one_centre_begins_a_draft_with_one_button(client):
    doctor = physician()
    sign_in(client, doctor)

    response = client.post(reverse("cases:new"))

    case = Case.objects.get()
    assert (response.url, case.centre) == (reverse("cases:edit", args=[case.code]), centre_of(doctor))


def test_the_task_list_opens(client, case):
    response = client.get(reverse("cases:edit", args=[case.code]))

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["question", "patient", "disease", "consent", "findings", "therapy", "findings/new"])
def test_every_section_opens(client, case, name):
    assert client.get(reverse("cases:edit", args=[case.code]) + name + "/").status_code == 200


def test_check_opens(client):
    case = complete_case()
    sign_in(client, case.author)
    assert client.get(reverse("cases:check", args=[case.code])).status_code == 200


def test_triage_opens(client):
    case = submitted_case()
    sign_in(client, coordinator())
    assert client.get(reverse("cases:triage", args=[case.code])).status_code == 200
