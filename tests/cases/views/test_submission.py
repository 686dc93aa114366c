"""Look over, send, answer, withdraw."""

import pytest
from django.urls import reverse

from cases.enums import CaseState
from cases.models import Case
from cases.services.drafting import save_block
from cases.services.triage import query_case
from iltb.audit.models import AuditEvent
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import coordinator, sign_in
from tests.factories.cases import complete_case, queried_case, submitted_case

pytestmark = pytest.mark.django_db

SEND = "I removed what directly identifies the patient – submit to the board"


def page_of(name: str, case: Case) -> str:
    return reverse(f"cases:{name}", args=[case.code])


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def complete(client) -> Case:
    case = complete_case()
    sign_in(client, case.author)
    return case


@pytest.fixture
def submitted(client) -> Case:
    case = submitted_case()
    sign_in(client, case.author)
    return case


@pytest.fixture
def queried(client) -> Case:
    case = queried_case()
    sign_in(client, case.author)
    return case


def test_the_check_shows_every_answer(client, complete):
    page = text_of(client.get(page_of("check", complete)))

    for words in ("refractory to a nelarabine block", "14 years", "Netherlands", "VAF 39 %", "KMT2A-r", "ALLTogether1"):
        assert words in page


def test_an_incomplete_dossier_has_no_button_to_send_it(client, case):
    page = text_of(client.get(page_of("check", case)))

    assert SEND not in page
    assert "Write your question to the board in at least 20 characters." in page


def test_sending_an_incomplete_dossier_all_the_same_is_refused_with_what_is_missing(client, case):
    response = client.post(page_of("check", case), {"state": "draft", "version": "1"})

    assert (response.status_code, again(case).state) == (422, CaseState.DRAFT)
    assert text_of(response).startswith("Error:")


def test_answers_that_contradict_each_other_are_not_sent(client, complete):
    values = {"status_now": "primary_refractory"}
    save_block(case=complete, actor=complete.author, version=complete.version, block="status", values=values)

    page = text_of(client.get(page_of("check", complete)))

    assert ("Primary refractory means" in page, SEND in page) == (True, False)


def test_one_button_submits_and_leads_to_the_receipt(client, complete):
    response = send(client, page_of("check", complete))

    assert response.url == page_of("submitted", complete)
    assert again(complete).state == CaseState.SUBMITTED
    assert complete.revisions.get().number == 1


def test_the_button_confirms_that_identifiers_were_removed(client, complete):
    values = {"deidentification_confirmed": False}
    save_block(case=complete, actor=complete.author, version=complete.version, block="consent", values=values)

    send(client, page_of("check", complete))

    assert complete.revisions.get().content["consent"]["deidentification_confirmed"] is True


def test_the_confirmation_is_not_kept_when_nothing_was_sent(client, case):
    client.post(page_of("check", case), {"state": "draft", "version": "1"})

    assert not hasattr(again(case), "consent")


def test_the_receipt_names_reference_promise_and_contact(client, submitted):
    page = text_of(client.get(page_of("submitted", submitted)))

    assert all(
        words in page for words in (submitted.code, "Advice promised by", "What happens next", "call the office")
    )


def test_a_draft_has_no_receipt(client, case):
    assert client.get(page_of("submitted", case)).status_code == 404


def test_the_same_draft_cannot_be_submitted_twice(client, complete):
    form = form_of(client.get(page_of("check", complete)))
    client.post(page_of("check", complete), form)

    response = client.post(page_of("check", complete), form)

    assert (response.status_code, complete.revisions.count()) == (409, 1)
    assert "This dossier was already sent, as revision 1." in text_of(response)


def test_what_a_colleague_changed_since_is_not_sent_unseen(client, complete):
    form = form_of(client.get(page_of("check", complete)))
    save_block(
        case=complete, actor=complete.author, version=complete.version, block="patient", values={"height_cm": 150}
    )

    response = client.post(page_of("check", complete), form)

    assert (response.status_code, complete.revisions.count()) == (409, 0)


def test_without_a_change_there_is_no_news_to_send(client, submitted):
    page = text_of(client.get(page_of("check", submitted)))

    assert ("Nothing has changed since the last revision" in page, SEND in page) == (True, False)


def test_news_make_the_next_revision_while_the_case_stays_where_it_is(client, submitted):
    save_block(
        case=submitted, actor=submitted.author, version=submitted.version, block="patient", values={"height_cm": 150}
    )

    send(client, page_of("check", submitted))

    assert (again(submitted).state, submitted.revisions.count()) == (CaseState.SUBMITTED, 2)


def test_the_task_list_shows_the_question_of_the_board(client, queried):
    page = text_of(client.get(page_of("edit", queried)))

    assert "The board asks you Which method showed the fusion? Answer" in page


def test_a_query_is_answered_and_the_dossier_sent_again(client, queried):
    answered = send(client, page_of("query_answer", queried), answer="RNA sequencing.")
    send(client, page_of("check", queried))

    assert answered.url == page_of("edit", queried)
    assert queried.queries.get().answer == "RNA sequencing."
    assert (again(queried).state, queried.revisions.count()) == (CaseState.SUBMITTED, 2)


def test_the_dossier_waits_for_the_answer(client, queried):
    page = text_of(client.get(page_of("check", queried)))

    assert ("The board waits for an answer" in page, SEND in page) == (True, False)


@pytest.mark.parametrize(
    ("answer", "sentence"), [("", "Fill in “Your answer”."), ("x" * 1501, "at most 1500 characters")]
)
def test_an_impossible_answer_is_refused(client, queried, answer, sentence):
    response = send(client, page_of("query_answer", queried), answer=answer)

    assert (response.status_code, sentence in text_of(response)) == (422, True)


def test_where_nothing_was_asked_there_is_nothing_to_answer(client, submitted):
    assert client.get(page_of("query_answer", submitted)).status_code == 409


def test_a_second_query_is_answered_on_its_own(client, queried):
    send(client, page_of("query_answer", queried), answer="RNA sequencing.")
    send(client, page_of("check", queried))
    query_case(case=again(queried), actor=coordinator(), text="And on which day was it?")

    assert "And on which day was it?" in text_of(client.get(page_of("query_answer", queried)))


def test_a_case_is_withdrawn_with_a_reason(client, submitted):
    response = send(client, page_of("withdraw", submitted), reason="consent_withdrawn")

    event = AuditEvent.objects.filter(verb="case.withdrawn").latest("pk")
    assert (response.status_code, again(submitted).state, event.reason) == (
        302,
        CaseState.WITHDRAWN,
        "consent_withdrawn",
    )


def test_a_withdrawal_needs_a_reason(client, submitted):
    response = send(client, page_of("withdraw", submitted))

    assert (response.status_code, again(submitted).state) == (422, CaseState.SUBMITTED)


def test_a_withdrawn_case_cannot_be_withdrawn_again(client, submitted):
    send(client, page_of("withdraw", submitted), reason="settled")

    assert client.get(page_of("withdraw", submitted)).status_code == 409


def test_a_coordinator_cannot_send_a_case(client, submitted):
    sign_in(client, coordinator())

    assert client.get(page_of("check", submitted)).status_code == 403
