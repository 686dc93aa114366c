"""Treatment lines."""

import pytest
from django.urls import reverse

from cases.completeness import missing
from cases.queries import dossier_from
from cases.services.contents import content_of
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import sign_in
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db

LINE = {
    "lines-0-regimen_name": "ALLTogether1",
    "lines-0-setting": "frontline",
    "lines-0-drugs": "vincristine, dexamethasone; Wonderdrug",
    "lines-0-start_on_day": "0",
    "lines-0-stop_on_day": "520",
    "lines-0-stop_reason": "progression",
    "lines-0-best_response": "CR_MRDneg",
}


@pytest.fixture
def url(case) -> str:
    return reverse("cases:section", args=[case.code, "therapy"])


def test_a_line_is_saved_with_its_drugs(client, case, url):
    send(client, url, **LINE)

    line = case.therapy_lines.get()
    assert (line.line_number, line.regimen_name, line.stop_on_day) == (1, "ALLTogether1", 520)
    assert [drug.name for drug in line.drugs.all()] == ["vincristine", "dexamethasone", "Wonderdrug"]


def test_a_drug_that_no_list_knows_is_kept_and_marked(client, case, url):
    send(client, url, **LINE)

    assert "Wonderdrug (not recognised)" in text_of(client.get(reverse("cases:check", args=[case.code])))


def test_none_given_yet_is_an_answer(client, case, url):
    send(client, url, none_yet="on")

    case.refresh_from_db()
    assert case.no_therapy_yet


def test_lines_and_none_given_yet_exclude_each_other(client, case, url):
    response = send(client, url, none_yet="on", **LINE)

    assert (response.status_code, case.therapy_lines.count()) == (422, 0)
    assert "Treatment lines are listed below." in text_of(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"lines-0-stop_on_day": "0", "lines-0-start_on_day": "5"}, "Line 1: The line ends before it begins."),
        ({"lines-0-stop_reason": "ongoing"}, "Line 1: A line that is ongoing has no last day."),
        ({"lines-0-start_on_day": ""}, "Line 1: Fill in “Begun on day”."),
        ({"lines-0-start_on_day": "9126"}, "Line 1: “Begun on day” can be at most 9125."),
        ({"lines-0-start_on_day": "-1"}, "Line 1: “Begun on day” must be at least 0."),
        ({"lines-0-setting": ""}, "Line 1: Choose an answer for “Setting”."),
    ],
)
def test_an_impossible_line_is_refused_in_a_sentence(client, case, url, typed, sentence):
    response = send(client, url, **{**LINE, **typed})

    assert (response.status_code, case.therapy_lines.count()) == (422, 0)
    assert sentence in text_of(response)


def test_more_lines_than_the_form_holds_are_refused(client, case, url):
    many = {key.replace("-0-", f"-{n}-"): value for n in range(16) for key, value in LINE.items()}

    response = send(client, url, **many, **{"lines-TOTAL_FORMS": "16"})

    assert "At most 15 rows, please." in text_of(response)


def test_another_line_keeps_everything_typed(client, case, url):
    form = form_of(send(client, url, add="lines", **LINE))

    assert (form["lines-TOTAL_FORMS"], form["lines-0-regimen_name"]) == (["2"], ["ALLTogether1"])


def test_a_removed_line_is_gone_only_after_saving(client, case, url):
    send(client, url, **LINE)

    removed = send(client, url, remove="lines-0")
    still_there = case.therapy_lines.count()
    client.post(url, form_of(removed))

    assert (still_there, case.therapy_lines.count()) == (1, 0)


def test_htmx_gets_the_lines_alone(client, case, url):
    typed = {**form_of(client.get(url)), **LINE, "add": "lines"}

    page = client.post(url, typed, headers={"HX-Request": "true"}).content.decode()

    assert 'id="rows-lines"' in page
    assert "<html" not in page


def test_saving_stored_lines_as_they_are_changes_nothing(client):
    case = complete_case()
    sign_in(client, case.author)

    send(client, reverse("cases:section", args=[case.code, "therapy"]))

    lines = [(line.regimen_name, line.start_on_day, line.drugs.count()) for line in case.therapy_lines.all()]
    assert lines == [("ALLTogether1", 0, 0), ("Nelarabine, cyclophosphamide, etoposide", 535, 3)]


def test_lines_that_somebody_else_changed_are_not_overwritten(client, case, url):
    old = form_of(client.get(url))
    send(client, url, **LINE)

    response = client.post(url, {**old, **LINE, "lines-0-regimen_name": "Interfant-21"})

    shown = {(row.label, row.mine, row.theirs) for row in response.context["differences"]}
    assert response.status_code == 409
    assert ("Line 1: Regimen", "Interfant-21", "ALLTogether1") in shown


@pytest.mark.parametrize(
    ("none", "kind", "sentence"),
    [
        ("no_transplant", "transplants", "No transplant so far."),
        ("no_cell_therapy", "cell_therapies", "No cell therapy so far."),
    ],
)
def test_none_is_an_answer_that_the_board_reads(client, case, url, none, kind, sentence):
    before = content_of(case)
    send(client, url, **{none: "on"})

    content = content_of(case)
    assert (before["exposure"][none], content["exposure"][none], content[kind]) == (False, True, [])
    assert sentence not in dossier_from(before).course.never
    assert list(dossier_from(content).course.never) == [sentence]


def test_a_transplant_and_none_exclude_each_other(client, case, url):
    row = {"transplants-TOTAL_FORMS": "1", "transplants-0-donor": "MSD", "no_transplant": "on"}

    response = send(client, url, **row)

    assert response.status_code == 422
    assert "Rows are listed under “No transplant so far”. Remove them or untick this." in text_of(response)


def test_whether_there_was_a_transplant_is_asked_for_until_it_is_answered(client, case, url):
    send(client, url, **LINE)
    asked = {gap.field for gap in missing(content_of(case))}

    send(client, url, no_transplant="on")

    assert asked >= {"no_transplant", "no_cell_therapy"}
    assert "no_transplant" not in {gap.field for gap in missing(content_of(case))}
