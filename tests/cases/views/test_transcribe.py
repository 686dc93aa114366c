"""The pages on which a coordinator types from a report."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.services.drafting import save_section
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import coordinator, sign_in
from tests.factories.cases import submitted_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return coordinator()


@pytest.fixture
def case(client, office) -> Case:
    sign_in(client, office)
    return submitted_case()


def url(case, name="section", *more):
    return reverse(f"cases:{name}", args=[case.code, *more])


@pytest.mark.parametrize("page", ["boards:case", "cases:triage"])
def test_a_coordinator_finds_the_way_to_it(client, case, page):
    assert url(case, "transcribe") in client.get(reverse(page, args=[case.code])).content.decode()


def test_the_list_offers_what_a_report_tells(client, case):
    page = client.get(url(case, "transcribe"))

    offered = [task.title for task in page.context["page"].tasks]
    assert offered == [
        "Disease and status",
        "Specimens and findings",
        "Germline and drug response",
        "Treatment",
        "Condition",
    ]


@pytest.mark.parametrize("section", ["disease", "findings", "functional", "therapy", "condition"])
def test_each_of_them_opens_and_says_what_saving_means(client, case, section):
    page = client.get(url(case, "section", section))

    assert "You type from a report: what you save is marked" in text_of(page)
    assert url(case, "transcribe") in page.content.decode()
    assert url(case, "edit") + '"' not in page.content.decode()


@pytest.mark.parametrize("section", ["question", "patient", "access", "consent"])
def test_the_others_stay_closed(client, case, section):
    assert client.get(url(case, "section", section)).status_code == 403


def test_neither_import_nor_removal_is_offered(client, case):
    page = client.get(url(case, "section", "findings")).content.decode()

    assert (url(case, "import") in page, "/remove/" in page) == (False, False)


def test_what_is_saved_waits_on_both_lists(client, case):
    answer = send(client, url(case, "section", "condition"), lvef_pct="55", go="back")

    assert answer.url == url(case, "transcribe")
    assert "1 part waits for the physician" in text_of(client.get(url(case, "transcribe")))
    assert "Typed from a report, not yet confirmed" in text_of(sign_in(Client(), case.author).get(url(case, "edit")))


def test_one_click_of_the_physician_confirms(client, case, office):
    save_section(case=case, actor=office, version=case.version, blocks={"condition": {"lvef_pct": 55}})
    physician = sign_in(Client(), case.author)
    assert "Compare it with the report" in text_of(physician.get(url(case, "check")))

    physician.post(url(case, "transcribed"), {"section": "condition", "version": case.version})

    assert case.transcriptions.get().confirmed_by == case.author
    assert "Typed and confirmed" in text_of(client.get(url(case, "transcribe")))


def test_the_last_section_leads_back_to_the_list(client, case):
    address = url(case, "section", "condition")

    answer = client.post(address, {**form_of(client.get(address)), "go": "next"})

    assert answer.url == url(case, "transcribe")


def test_saving_by_itself_is_marked_as_well(client, case):
    address = url(case, "section", "condition")

    client.post(address, {**form_of(client.get(address)), "lvef_pct": "48", "autosave": "1"})

    assert case.transcriptions.get().section == "condition"


def test_a_second_tab_is_told_and_overwrites_nothing(client, case, office):
    address = url(case, "section", "condition")
    form = form_of(client.get(address))
    save_section(case=case, actor=office, version=case.version, blocks={"condition": {"lvef_pct": 55}})

    assert client.post(address, {**form, "lvef_pct": "48"}).status_code == 409
