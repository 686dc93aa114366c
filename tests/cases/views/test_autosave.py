"""A page of the dossier saves itself while one types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case
from cases.services.drafting import save_block
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import sign_in
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case) -> str:
    return reverse("cases:section", args=[case.code, "patient"])


def autosave(client, url, form=None, **typed):
    form = form or form_of(client.get(url))
    return client.post(url, {**form, **typed, "autosave": "yes"}, headers={"HX-Request": "true"})


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_an_answer_is_stored_and_the_time_is_said(client, case, url):
    response = autosave(client, url, weight_kg="27,4")

    page = response.content.decode()
    assert (response.status_code, str(again(case).patient.weight_kg)) == (200, "27.4")
    assert f"Draft saved {again(case).edited_at:%H:%M} UTC" in text_of(response)
    assert 'name="version" value="2" id="case-version" hx-swap-oob="true"' in page


def test_the_new_version_saves_the_next_answer(client, case, url):
    form = form_of(client.get(url))
    autosave(client, url, form, weight_kg="27")

    response = autosave(client, url, {**form, "version": "2"}, weight_kg="28")

    assert (response.status_code, again(case).patient.weight_kg, again(case).version) == (200, 28, 3)


def test_an_invalid_answer_is_said_and_the_valid_ones_are_stored(client, case, url):
    autosave(client, url, weight_kg="27")

    response = autosave(client, url, weight_kg="270", height_cm="131")

    patient = again(case).patient
    assert (response.status_code, patient.weight_kg, patient.height_cm) == (422, 27, 131)
    assert "Not saved yet: “Weight in kg” can be at most 250." in text_of(response)


def test_what_only_the_service_refuses_is_left_out_too(client, case):
    url = reverse("cases:section", args=[case.code, "condition"])

    response = autosave(client, url, performance_scale="Lansky", performance_score="75", can_swallow="tablets")

    condition = again(case).condition
    assert (response.status_code, condition.performance_score, condition.can_swallow) == (422, None, "tablets")
    assert "steps of ten" in text_of(response)


def test_a_stale_version_overwrites_nothing_and_shows_both_texts(client, case, url):
    old = form_of(client.get(url))
    send(client, url, weight_kg="30")

    response = autosave(client, url, old, weight_kg="40")

    rows = [(row.label, row.mine, row.theirs) for row in response.context["differences"]]
    assert (response.status_code, rows) == (409, [("Weight in kg", "40", "30")])
    assert again(case).patient.weight_kg == 30


def test_my_text_can_be_saved_on_purpose_from_the_note(client, case, url):
    old = form_of(client.get(url))
    send(client, url, weight_kg="30")
    note = autosave(client, url, old, weight_kg="40").content.decode()

    assert 'name="version" value="2"' in note
    client.post(url, {**old, "weight_kg": "40", "version": ["1", "2"]})

    assert again(case).patient.weight_kg == 40


def test_nothing_typed_is_nothing_saved(client, case, url):
    response = autosave(client, url)

    assert (response.status_code, again(case).version) == (200, 1)
    assert "Not saved yet" in text_of(response)


def test_a_row_that_is_begun_leaves_its_table_as_stored_and_saves_the_rest(client):
    case = complete_case()
    sign_in(client, case.author)
    specimen = case.specimens.get()

    url = reverse("cases:specimen", args=[case.code, specimen.pk])
    response = autosave(client, url, **{"antigens-0-antigen": "", "blasts_pct_of_cells": "70"})

    specimen.refresh_from_db()
    assert (specimen.blasts_pct_of_cells, specimen.antigens.get().antigen) == (70, "CD7")
    assert "Antigen 1: Fill in “Antigen”." in text_of(response)


def test_a_new_specimen_gets_its_own_address(client, case):
    url = reverse("cases:specimen_new", args=[case.code])

    response = autosave(client, url, tissue="BM", time_point="current_relapse")

    specimen = case.specimens.get()
    assert response["HX-Replace-Url"] == reverse("cases:specimen", args=[case.code, specimen.pk])
    assert 'id="made-for"' in response.content.decode()


def test_a_new_specimen_waits_for_what_it_cannot_do_without(client, case):
    response = autosave(client, reverse("cases:specimen_new", args=[case.code]), tissue="BM")

    assert (response.status_code, case.specimens.count()) == (422, 0)
    assert "Choose an answer for “Time point”." in text_of(response)


def test_without_a_session_what_was_typed_is_kept(client, case, url):
    form = form_of(client.get(url))
    client.logout()

    response = autosave(client, url, form, weight_kg="27")

    assert (response.status_code, "your session has ended" in text_of(response)) == (403, True)
    sign_in(client, case.author)
    assert form_of(client.get(url))["weight_kg"] == ["27"]


@pytest.fixture
def full(client) -> Case:
    """A complete case, opened by its author."""
    case = complete_case()
    save_block(case=case, actor=case.author, version=case.version, block="exposure", values={})
    sign_in(client, case.author)
    return case


def specimen_url(case: Case) -> str:
    return reverse("cases:specimen", args=[case.code, case.specimens.get().pk])


@pytest.mark.parametrize(
    ("page", "typed", "table"),
    [
        ("patient", {"weight_kg": "28"}, "cases_patient"),
        ("therapy", {"lines-1-regimen_name": "Nelarabine"}, "cases_therapyline"),
        ("specimen", {"blasts_pct_of_cells": "31"}, "cases_specimen"),
        ("specimen", {"variants-0-depth": "400"}, "cases_variantfinding"),
    ],
)
def test_one_changed_answer_writes_one_row(client, full, page, typed, table):
    url = specimen_url(full) if page == "specimen" else reverse("cases:section", args=[full.code, page])
    form = form_of(client.get(url))

    with CaptureQueriesContext(connection) as queries:
        assert autosave(client, url, form, **typed).status_code == 200

    written = [query["sql"].split('"')[1] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert written == [table, "cases_case", "audit_auditevent"]


def test_names_that_stand_there_are_not_looked_up_again(client, full):
    url = specimen_url(full)
    form = form_of(client.get(url))

    with CaptureQueriesContext(connection) as queries:
        autosave(client, url, form, blasts_pct_of_cells="31")

    assert not [query for query in queries if "terminology_concept" in query["sql"]]
