"""Pages that anybody may read, without an account."""

import re

import pytest
from django.urls import reverse

PAGES = ("home", "families", "doctors", "privacy", "accessibility")


def words_of(response) -> str:
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_reads_every_public_page(client, page):
    response = client.get(reverse(f"pages:{page}"))

    assert response.status_code == 200
    assert "Last read through on 22 November 2026" in words_of(response)


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_sets_no_cookie_but_the_guard_of_its_forms(client, page):
    response = client.get(reverse(f"pages:{page}"))

    assert set(response.cookies) == {"csrftoken"}


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_asks_no_other_origin_for_anything(client, page):
    html = client.get(reverse(f"pages:{page}")).content.decode()

    assert re.findall(r'(?:src|href|action)="((?:https?:)?//[^"]*)"', html) == []


@pytest.mark.parametrize("page", ["home", "families"])
def test_families_are_told_who_can_take_part_and_whom_to_ask(client, page):
    words = words_of(client.get(reverse(f"pages:{page}")))

    assert "under 25 years" in words
    assert "Please talk to your or your child's doctor." in words
    assert re.search(r"[Aa]sking does not mean your doctors have run out of ideas", words)
    assert re.search(r"cannot promise a (place in a )?trial", words)


@pytest.mark.parametrize("page", ["home", "families"])
def test_families_meet_no_figure_about_survival(client, page):
    words = words_of(client.get(reverse(f"pages:{page}")))

    assert re.findall(r"\d+\s*(?:%|per cent|percent)|surviv\w*|prognos\w*|\bodds\b|\bchances?\b", words) == []


def test_every_public_page_says_that_it_is_no_emergency_service(client):
    words = [words_of(client.get(reverse(f"pages:{page}"))) for page in PAGES]

    assert all("This is not an emergency service." in text for text in words)


def test_doctors_find_telephone_hours_and_the_forms_of_their_country(client):
    words = words_of(client.get(reverse("pages:doctors")))

    assert "+00 00 000 0000" in words
    assert "Monday to Friday, 09:00 to 17:00 (Amsterdam)" in words
    assert "Placeholder, do not use" in words


def test_a_listed_form_is_downloaded(client):
    response = client.get(reverse("pages:patient_form", args=["placeholder-consent-en.txt"]))

    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="placeholder-consent-en.txt"'
    assert b"DO NOT USE WITH A PATIENT" in b"".join(response.streaming_content)


@pytest.mark.parametrize("name", ["site.yaml", "..", "%2e%2e", "other.pdf"])
def test_a_file_that_is_not_listed_is_not_found(client, name):
    assert client.get(f"/doctors/forms/{name}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_is_read_only(client, page):
    assert client.post(reverse(f"pages:{page}")).status_code == 405


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_chosen_colours_stay(client, choice):
    client.post(reverse("pages:theme"), {"theme": choice, "next": "/families/"})

    html = client.get("/families/").content.decode()

    assert f'data-bs-theme="{choice}"' in html


def test_as_my_device_forgets_the_choice(client):
    client.post(reverse("pages:theme"), {"theme": "dark"})

    client.post(reverse("pages:theme"), {"theme": "auto"})

    assert "data-bs-theme" not in client.get("/").content.decode()


def test_a_made_up_theme_cookie_changes_nothing(client):
    client.cookies["iltb_theme"] = '"><script>'

    html = client.get("/").content.decode()

    assert "data-bs-theme" not in html
    assert "><script>" not in html


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_choosing_colours_never_leads_to_another_site(client, target):
    response = client.post(reverse("pages:theme"), {"theme": "dark", "next": target})

    assert response["Location"] == "/"
