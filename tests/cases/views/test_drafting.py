"""Begin a case and fill in its sections."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.completeness import Section
from cases.models import Case
from cases.services.submission import withdraw_case
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from iltb.audit.models import ReadEvent
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import centre, centre_of, coordinator, physician, sign_in
from tests.factories.cases import QUESTION, complete_case, submitted_case

pytestmark = pytest.mark.django_db

PATIENT = {
    "age_months_at_submission": "171",
    "age_months_at_diagnosis": "149",
    "sex": "male",
    "country": "Netherlands",
    "weight_kg": "56,5",
    "down_syndrome": "no",
}
PAGES = [
    "edit/",
    "edit/question/",
    "edit/patient/",
    "edit/disease/",
    "edit/findings/",
    "edit/findings/new/",
    "edit/functional/",
    "edit/therapy/",
    "edit/condition/",
    "edit/access/",
    "edit/consent/",
    "check/",
    "submitted/",
    "answer/",
    "withdraw/",
    "triage/",
]


def section(case: Case, name: str) -> str:
    return reverse("cases:section", args=[case.code, name])


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_physician_of_one_centre_begins_a_draft_with_one_button(client):
    doctor = physician()
    sign_in(client, doctor)

    response = client.post(reverse("cases:new"))

    case = Case.objects.get()
    assert (response.url, case.centre) == (reverse("cases:edit", args=[case.code]), centre_of(doctor))


def test_a_physician_of_two_centres_says_for_which_one(client):
    doctor, other = physician(), centre()
    give_role(user=doctor, role=Role.REFERRING_PHYSICIAN, centre=other)
    sign_in(client, doctor)

    refused = client.post(reverse("cases:new"), {})
    client.post(reverse("cases:new"), {"centre": str(other.pk)})

    assert refused.status_code == 422
    assert Case.objects.get().centre == other


def test_a_centre_of_others_cannot_be_chosen(client):
    doctor = physician()
    give_role(user=doctor, role=Role.REFERRING_PHYSICIAN, centre=centre())
    sign_in(client, doctor)

    response = client.post(reverse("cases:new"), {"centre": str(centre().pk)})

    assert (response.status_code, Case.objects.count()) == (422, 0)


def test_somebody_without_a_centre_cannot_begin_a_case(client):
    sign_in(client, coordinator())

    assert client.get(reverse("cases:new")).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_case_of_others_and_an_unknown_one_are_the_same_404(client, case, page):
    foreign = complete_case()

    theirs = client.get(f"/cases/{foreign.code}/{page}")
    nobodys = client.get(f"/cases/ILTB-2222-222/{page}")

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert text_of(theirs) == text_of(nobodys)


def test_an_unknown_section_does_not_exist(client, case):
    assert client.get(section(case, "nonsense")).status_code == 404


def test_the_task_list_of_a_new_draft_says_that_nothing_is_started(client, case):
    page = text_of(client.get(reverse("cases:edit", args=[case.code])))

    assert (page.count("Not yet started"), page.count("Optional")) == (8, 1)
    assert "0 of 9 sections completed." in page


def test_the_task_list_of_a_complete_draft_asks_for_nothing(client):
    case = complete_case()
    sign_in(client, case.author)

    page = text_of(client.get(reverse("cases:edit", args=[case.code])))

    assert "8 of 9 sections completed." in page
    assert "What is missing" not in page


def test_the_task_list_leads_to_the_field_that_is_missing(client, case):
    send(client, section(case, "patient"), **{**PATIENT, "sex": ""})

    page = client.get(reverse("cases:edit", args=[case.code])).content.decode()

    assert f'href="{section(case, "patient")}#id_sex">Choose the sex.' in page
    assert "1 answer missing" in page


def test_save_and_continue_leads_through_all_sections_to_the_check(client, case):
    names, url = [], section(case, "question")

    while "edit" in url:
        names.append(url.split("/")[-2])
        page = client.get(url)
        form = form_of(page)
        url = client.post(url, {**form, "go": "next"}).url if "version" in form else page.context["page"].next_url

    assert names == [section.value for section in Section]


def test_save_and_come_back_leads_to_the_task_list(client, case):
    response = send(client, section(case, "patient"), go="back", **PATIENT)

    assert response.url == reverse("cases:edit", args=[case.code])


def test_a_section_saves_what_was_typed(client, case):
    send(client, section(case, "patient"), **PATIENT)

    patient = again(case).patient
    assert (patient.age_months_at_submission, patient.weight_kg, patient.country.code) == (171, Decimal("56.5"), "NL")


def test_a_draft_may_be_saved_with_gaps(client, case):
    response = send(client, section(case, "question"), question_text=QUESTION["question_text"])

    assert (response.status_code, again(case).question_text) == (302, QUESTION["question_text"])


def test_an_answer_can_be_taken_back(client):
    case = complete_case()
    sign_in(client, case.author)

    send(client, section(case, "patient"), height_cm="")

    assert again(case).patient.height_cm is None


def test_saving_a_page_as_it_is_changes_nothing(client):
    case = complete_case()
    sign_in(client, case.author)
    before = (case.patient.weight_kg, case.diagnosis.entity, case.status.sites, case.consent.registry_follow_up)

    for name in ("patient", "disease", "consent", "question"):
        assert send(client, section(case, name)).status_code == 302

    now = again(case)
    assert (now.patient.weight_kg, now.diagnosis.entity, now.status.sites, now.consent.registry_follow_up) == before


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        (
            "patient",
            {"age_months_at_submission": "300"},
            "The board takes patients younger than 25 years (300 months).",
        ),
        ("patient", {"age_months_at_submission": "12,5"}, "“Age now, in months” must be a whole number."),
        ("patient", {"weight_kg": "2500"}, "“Weight in kg” can be at most 250."),
        ("patient", {"weight_kg": "0.5"}, "“Weight in kg” must be at least 1."),
        ("patient", {"height_cm": "tall"}, "“tall” is not a number. Write it like 0.41 or 0,41."),
        (
            "patient",
            {"age_months_at_diagnosis": "172"},
            "The age at diagnosis (172 months) is above the age now (171 months).",
        ),
        ("patient", {"country": "Nederlandistan"}, "Nothing on the list is called “Nederlandistan”."),
        ("patient", {"sex": "none"}, "Choose one of the answers for “Sex”."),
        ("question", {"question_text": "Too short"}, "needs at least 20 characters; now it has 9."),
        ("question", {"next_decision_day": "91"}, "“Days until you have to decide” can be at most 90."),
        ("disease", {"relapse_number": "9"}, "“Number of relapses” can be at most 8."),
        ("disease", {"bm_blasts_flow_pct_of_cells": "120"}, "“120” is not between 0 and 100 %."),
        ("disease", {"bm_blasts_flow_pct_of_cells": "0,4"}, "0.4 % or 40 %? Write the number with its unit."),
        ("disease", {"entity": "NOTHING"}, "Choose an entity from the list."),
    ],
)
def test_an_impossible_answer_is_refused_in_a_sentence_and_kept(client, case, name, typed, sentence):
    response = send(client, section(case, name), **({**PATIENT, **typed} if name == "patient" else typed))

    page, (field, value) = text_of(response), next(iter(typed.items()))
    assert (response.status_code, page[:6]) == (422, "Error:")
    assert page.count(sentence) == 2
    assert form_of(response).get(field, [value]) == [value]
    assert again(case).version == 1


def test_reasons_for_urgency_do_not_fit_a_routine_case(client, case):
    typed = {"urgency": "routine", "urgency_reasons": ["organ_threat"]}

    response = send(client, section(case, "question"), **typed)

    assert "The urgency is routine." in text_of(response)


def test_the_assent_is_asked_for_where_the_child_is_old_enough(client):
    case = complete_case()
    sign_in(client, case.author)

    page = client.get(section(case, "consent"))

    assert "assent" in page.context["forms"].form.required_to_submit


def test_a_second_tab_cannot_overwrite_what_the_first_one_saved(client, case):
    url = section(case, "patient")
    first, second = form_of(client.get(url)), form_of(client.get(url))

    client.post(url, {**first, **PATIENT, "weight_kg": "30"})
    response = client.post(url, {**second, **PATIENT, "weight_kg": "40"})

    rows = [(row.label, row.mine, row.theirs) for row in response.context["differences"]]
    assert (response.status_code, rows) == (409, [("Weight in kg", "40", "30")])
    assert again(case).patient.weight_kg == 30


def test_after_a_conflict_my_text_can_be_saved_on_purpose(client, case):
    url = section(case, "patient")
    old = form_of(client.get(url))
    send(client, url, **{**PATIENT, "weight_kg": "30"})

    conflict = client.post(url, {**old, **PATIENT, "weight_kg": "40"})
    client.post(url, form_of(conflict))

    assert again(case).patient.weight_kg == 40


def test_a_page_that_was_refused_keeps_the_version_it_was_made_from(client, case):
    url = section(case, "patient")
    old = form_of(client.get(url))
    send(client, url, **PATIENT)

    refused = client.post(url, {**old, **PATIENT, "weight_kg": "2500"})
    response = client.post(url, {**form_of(refused), "weight_kg": "25"})

    assert response.status_code == 409


def test_a_request_without_a_version_saves_nothing(client, case):
    response = client.post(section(case, "patient"), PATIENT)

    assert (response.status_code, again(case).version) == (409, 1)


def test_a_case_that_is_over_cannot_be_opened_for_editing(client, case):
    withdraw_case(case=case, actor=case.author)

    assert client.get(section(case, "patient")).status_code == 409


def test_a_coordinator_may_see_a_submitted_case_but_not_fill_it_in(client):
    case = submitted_case()
    sign_in(client, coordinator())

    assert client.get(section(case, "patient")).status_code == 403


def test_opening_a_section_is_noted(client, case):
    client.get(section(case, "patient"))

    event = ReadEvent.objects.latest("at")
    assert (event.verb, event.subject_label, event.actor_key) == ("case.opened", case.code, str(case.author.pk))
