"""What an emergency may send later, and what the board asks besides."""

import pytest
from django.urls import reverse

from cases.models import Case
from cases.services.drafting import save_section
from cases.services.questioning import write_board_question
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import chair, sign_in
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(client) -> Case:
    """A complete draft whose physician is signed in."""
    case = complete_case()
    sign_in(client, case.author)
    return case


@pytest.fixture
def asked():
    """Two questions of the board: a number, and a choice for another disease group."""
    by = chair()
    wbc = {"label": "Peak of white cells", "kind": "number", "unit": "10⁹/L", "minimum": 0, "maximum": 2000}
    write_board_question(actor=by, key="peak", disease_groups=["T_ALL"], **wbc)
    other = {"label": "HbF raised", "kind": "choice", "choices": ["yes", "no"], "disease_groups": ["JMML"]}
    write_board_question(actor=by, key="hbf", **other)


def section(case: Case, name: str) -> str:
    return reverse("cases:section", args=[case.code, name])


def test_the_task_list_of_an_emergency_says_what_can_follow(client, case):
    values = {"urgency": "emergency", "urgency_reasons": ["organ_threat"]}
    save_section(case=case, actor=case.author, version=case.version, blocks={"case": values})

    page = text_of(client.get(reverse("cases:edit", args=[case.code])))

    assert "May follow after sending" in page
    assert "Give ALT or AST as a multiple of the upper limit" in page


def test_an_emergency_may_tell_treatment_in_a_few_words(client, case):
    url = section(case, "question")
    assert "earlier_treatment_text" not in client.get(url).content.decode()

    send(client, url, urgency="emergency", urgency_reasons=["organ_threat"])
    send(client, url, earlier_treatment_text="ALLTogether1, relapse on day 520.")

    assert Case.objects.get(pk=case.pk).earlier_treatment_text == "ALLTogether1, relapse on day 520."


def test_the_board_asks_only_what_concerns_the_disease(client, stored, asked):
    page = text_of(client.get(section(stored, "disease")))

    assert ("Peak of white cells" in page, "HbF raised" in page) == (True, False)


def test_an_answer_to_the_board_is_kept_with_its_words(client, stored, asked):
    send(client, section(stored, "disease"), **{"board-peak": "412,5"})

    answer = stored.board_answers.get()
    assert (answer.label, answer.answer, answer.unit) == ("Peak of white cells", "412.5", "10⁹/L")
    assert form_of(client.get(section(stored, "disease")))["board-peak"] == ["412.5"]


def test_an_impossible_answer_to_the_board_is_refused_in_a_sentence(client, stored, asked):
    response = send(client, section(stored, "disease"), **{"board-peak": "2001"})

    assert "“Peak of white cells” can be at most 2000." in text_of(response)
    assert not stored.board_answers.exists()


def test_masses_and_stage_are_asked_of_lymphoma_alone(client, stored):
    url = section(stored, "disease")
    assert "rows-masses" not in client.get(url).content.decode()

    response = send(client, url, disease_group="LBL_T", go="next")

    assert response.url == f"{url}#id_lymphoma_stage_initial"
    assert "rows-masses" in client.get(url).content.decode()
