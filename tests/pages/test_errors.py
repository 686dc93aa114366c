"""Pages for when something went wrong."""

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse


def test_an_unknown_address_says_no_more_than_that(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_plain_words():
    response = Client(enforce_csrf_checks=True).post(reverse("pages:theme"), {"theme": "dark"})

    assert response.status_code == 403
    assert "The form was too old" in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_the_page_for_a_fault_needs_no_database_and_no_request(template):
    html = get_template(template).render()

    assert "</html>" in html


def test_a_refusal_shows_what_was_being_sent(rf):
    typed = [("question_text", "Which combination?")]

    html = get_template("refused.html").render({"message": "The case was submitted.", "typed": typed}, rf.get("/x/"))

    assert "The case was submitted." in html
    assert ">Which combination?</textarea>" in html
