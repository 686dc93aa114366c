"""The office adds a question to the dossier without a change of the programme."""

import pytest
from django.urls import reverse

from cases.models import BoardQuestion
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import coordinator, expert, sign_in

pytestmark = pytest.mark.django_db

NEW = {"key": "csf_method", "label": "How was the CSF examined?", "kind": "choice", "choices": "cytology\nflow"}


@pytest.fixture
def office(client):
    user = coordinator()
    sign_in(client, user)
    return user


def write(client, **changes):
    return send(client, reverse("cases:question_new"), **{**NEW, **changes})


def test_a_question_is_added_for_some_disease_groups(client, office):
    write(client, disease_groups=["T_ALL"])

    question = BoardQuestion.objects.get(key="csf_method")
    assert (question.choices, question.disease_groups, question.version) == (["cytology", "flow"], ["T_ALL"], 1)


def test_a_change_is_a_new_version_under_the_same_key(client, office):
    write(client)
    old = BoardQuestion.objects.get()

    send(client, reverse("cases:question", args=[old.pk]), label="How was the CSF looked at?")

    new = BoardQuestion.objects.get(is_active=True)
    assert (new.key, new.version, new.label) == ("csf_method", 2, "How was the CSF looked at?")
    assert BoardQuestion.objects.get(pk=old.pk).label == NEW["label"]


def test_a_question_that_is_asked_no_longer_leaves_the_list(client, office):
    write(client)
    url = reverse("cases:question", args=[BoardQuestion.objects.get().pk])

    page = client.post(url, {**form_of(client.get(url)), "retire": "1"}, follow=True)

    assert "How was the CSF examined?" not in text_of(page)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"key": "Bad Key"}, "key"), ({"label": ""}, "label"), ({"choices": "only one"}, "")],
)
def test_a_question_at_fault_is_shown_again_with_what_was_typed(client, office, changes, field):
    page = write(client, **changes)

    assert page.status_code == 422
    assert "There is a problem" in text_of(page)
    assert not BoardQuestion.objects.exists()


def test_others_do_not_write_questions(client):
    sign_in(client, expert())

    assert client.get(reverse("cases:questions")).status_code == 403


def test_the_list_says_in_words_what_is_asked_of_whom(client, office):
    write(client, disease_groups=["T_ALL"])
    write(client, key="ldh_peak", label="How high was it?", kind="number", choices="", minimum="0", unit="U/L")

    text = text_of(client.get(reverse("cases:questions")))

    assert "Choice: cytology, flow. T-cell ALL. Version 1." in text
    assert "Number: at least 0, U/L. All disease groups. Version 1." in text
    assert "T_ALL" not in text


def test_a_long_question_is_typed_into_several_lines_and_kept_as_one(client, office):
    page = client.get(reverse("cases:question_new")).content.decode()
    write(client, label="How was the CSF\r\nexamined?")

    assert page.count("<textarea") == 3
    assert BoardQuestion.objects.get().label == "How was the CSF examined?"
