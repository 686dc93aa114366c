"""Screen a submitted case."""

import pytest
from django.urls import reverse

from cases.enums import CaseState
from cases.models import Case
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from iltb.audit.models import ReadEvent
from tests.cases.views.page import form_of, text_of
from tests.factories.accounts import coordinator, physician, sign_in
from tests.factories.cases import complete_case, submitted_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client) -> Case:
    """A submitted case, with a coordinator signed in."""
    made = submitted_case()
    sign_in(client, coordinator())
    return made


def triage(client, case: Case, **typed):
    url = reverse("cases:triage", args=[case.code])
    return client.post(url, {**form_of(client.get(url)), **typed}) if typed else client.get(url)


def state_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_the_checklist_says_what_is_met(client, case):
    items = {item.label: item.verdict for item in triage(client, case).context["page"].checklist}

    assert set(items.values()) == {"met"}
    assert "Younger than 25 years" in items


def test_the_page_shows_the_frozen_dossier(client, case):
    page = text_of(triage(client, case))

    for words in ("T-cell ALL, refractory relapse", "p.(Leu242_Leu243insAsnProCys)", "39 %", "STIL::TAL1", "KMT2A-r"):
        assert words in page


def test_a_case_is_accepted(client, case):
    response = triage(client, case, deed="accept", revision=1)

    assert (response.url, state_of(case)) == (reverse("boards:case", args=[case.code]), CaseState.ACCEPTED)
    assert case.revisions.get().released_at is not None


def test_a_question_goes_to_the_physician(client, case):
    triage(client, case, deed="ask", text="Which method showed the fusion?")

    assert (state_of(case), case.queries.get().text) == (CaseState.QUERIED, "Which method showed the fusion?")


def test_a_case_is_declined_with_a_reason_and_a_note(client, case):
    triage(
        client, case, deed="decline", reason="standard_of_care_available", note="Please ask again after the standard."
    )

    declined = Case.objects.get(pk=case.pk)
    assert (declined.state, declined.not_eligible_reason) == (CaseState.NOT_ELIGIBLE, "standard_of_care_available")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"deed": "ask", "text": "Why?"}, "needs at least 10 characters; now it has 4."),
        ({"deed": "decline", "note": "Sorry, not for us."}, "Choose an answer for “Reason”."),
        ({"deed": "decline", "reason": "other"}, "Fill in “Note to the physician”."),
    ],
)
def test_an_incomplete_decision_is_refused_and_kept(client, case, typed, sentence):
    response = triage(client, case, **typed)

    assert (response.status_code, state_of(case)) == (422, CaseState.SUBMITTED)
    assert sentence in text_of(response)
    assert typed.get("note", typed.get("text", "")) in response.content.decode()


def test_a_decision_that_does_not_exist_is_not_found(client, case):
    assert triage(client, case, deed="burn").status_code == 404


def test_a_case_is_not_accepted_twice(client, case):
    url = reverse("cases:triage", args=[case.code])
    form = {**form_of(client.get(url)), "deed": "accept", "revision": 1}
    client.post(url, form)

    response = client.post(url, form)

    assert (response.status_code, case.revisions.count()) == (409, 1)


def test_nobody_screens_the_case_that_they_submitted(client):
    both = physician()
    give_role(user=both, role=Role.COORDINATOR)
    case = submitted_case(both)
    sign_in(client, both)

    assert "a second person must screen it" in text_of(triage(client, case))
    assert triage(client, case, deed="accept", revision=1).status_code == 403


def test_a_draft_is_not_there_for_a_coordinator(client):
    case = complete_case()
    sign_in(client, coordinator())

    assert triage(client, case).status_code == 404


def test_a_physician_cannot_screen_their_own_case(client, case):
    sign_in(client, case.author)

    assert triage(client, case).status_code == 403


def test_opening_the_page_is_noted(client, case):
    triage(client, case)

    assert ReadEvent.objects.filter(verb="case.opened", subject_label=case.code).exists()
