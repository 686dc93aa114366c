"""One-click sign-in, which exists in the demonstration only."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from iltb.pages import demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def physician():
    return get_user_model().objects.create_user("physician@demo.example", demo.PASSWORD, full_name="Dr Paula Invented")


def test_the_demonstration_offers_its_people(client):
    html = client.get(reverse("pages:demo")).content.decode()

    assert all(f'value="{email}"' in html for email in demo.addresses())


def test_one_click_signs_in(client, physician):
    response = client.post(reverse("pages:demo_login"), {"email": physician.email})

    assert response["Location"] == reverse("boards:inbox")
    assert client.session["_auth_user_id"] == str(physician.pk)


def test_a_link_does_not_sign_in(client, physician):
    response = client.get(reverse("pages:demo_login"), {"email": physician.email})

    assert response.status_code == 405


@pytest.mark.parametrize("email", ["", "somebody@hospital.example", "PHYSICIAN@demo.example"])
def test_nobody_else_is_offered(client, email):
    get_user_model().objects.create_user("somebody@hospital.example", None, full_name="Somebody Real")

    assert client.post(reverse("pages:demo_login"), {"email": email}).status_code == 404


def test_a_closed_account_is_unknown(client, physician):
    get_user_model().objects.update(is_active=False)

    assert client.post(reverse("pages:demo_login"), {"email": physician.email}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_demonstration_the_doors_do_not_exist(client, settings, physician, method):
    settings.ILTB_DEMO = False

    name = "pages:demo" if method == "get" else "pages:demo_login"
    response = getattr(client, method)(reverse(name), {"email": physician.email})

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_banner_stands_on_every_page_of_the_demonstration(client):
    assert "Synthetic data" in client.get("/").content.decode()


def test_a_real_board_has_no_banner(client, settings):
    settings.ILTB_DEMO = False

    assert "Synthetic data" not in client.get("/").content.decode()
