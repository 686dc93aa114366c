"""What was typed while the session had ended."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from iltb.accounts.kept import forget_stale
from iltb.accounts.models import KeptText
from tests.cases.views.page import form_of, text_of
from tests.factories.accounts import PASSWORD, centre_of, physician, sign_in

pytestmark = pytest.mark.django_db

KEPT = "Your session had ended."
TYPED = {"question_text": "Which target first, after a second refractory relapse?"}


@pytest.fixture
def url(case) -> str:
    return reverse("cases:section", args=[case.code, "question"])


@pytest.fixture
def lost(client, url) -> str:
    """Somebody opens the page, the session ends, and what they typed is sent."""
    form = form_of(client.get(url))
    client.logout()
    return client.post(url, {**form, **TYPED}).url


def test_sending_without_a_session_leads_to_the_sign_in_and_back(lost, url):
    assert lost == f"{reverse('account_login')}?next={url}&text=kept"


def test_the_sign_in_page_says_that_the_text_is_kept(client, lost):
    assert "What you typed is kept for 30 minutes" in text_of(client.get(lost))


def test_the_sign_in_page_says_so_again_after_a_wrong_password(client, lost, case, url):
    wrong = {"login": case.author.email, "password": "not-the-password", "next": url}

    again = client.post(f"{reverse('account_login')}?text=kept", wrong)

    assert f'action="{reverse("account_login")}?text=kept"' in client.get(lost).content.decode()
    assert "What you typed is kept for 30 minutes" in text_of(again)


def test_the_sign_in_page_does_not_promise_what_was_not_kept(client, url):
    client.logout()
    way = client.post(url, {**TYPED, "made_for": "forged"}).url

    page = text_of(client.get(way))

    assert "what you sent last could not be kept" in page
    assert "kept for 30 minutes" not in page


def test_who_only_opened_a_page_reads_nothing_about_a_text(client, url):
    client.logout()

    assert "Your session had ended" not in text_of(client.get(client.get(url).url))


def test_after_signing_in_the_text_is_on_the_page_again_but_not_saved(client, case, lost, url):
    sign_in(client, case.author)

    page = client.get(url)

    assert form_of(page)["question_text"] == [TYPED["question_text"]]
    assert KEPT in text_of(page)
    assert Case.objects.get(pk=case.pk).question_text == ""


def test_a_row_that_htmx_asks_for_without_a_session_leads_the_whole_page_to_the_sign_in(client, case):
    address = reverse("cases:specimen_new", args=[case.code])
    form = form_of(client.get(address))
    client.logout()

    response = client.post(address, {**form, "add": "variants"}, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == f"{reverse('account_login')}?next={address}&text=kept"


HTMX = {"HX-Request": "true"}


def test_a_page_that_saves_itself_is_told_that_the_session_ended_and_stays(client, case, url):
    form = form_of(client.get(url))
    client.logout()

    answer = client.post(url, {**form, **TYPED, "autosave": "yes"}, headers=HTMX)

    assert (answer.status_code, answer["X-Text-Kept"], "HX-Redirect" in answer) == (403, "yes", False)
    assert "your session has ended. What you typed is kept for half an hour. Sign in and go on" in text_of(answer)
    assert f'href="{reverse("account_login")}?next={url}"' in answer.content.decode()


def test_what_saving_by_itself_kept_is_offered_after_the_sign_in(client, case, url):
    form = form_of(client.get(url))
    client.logout()
    client.post(url, {**form, **TYPED, "autosave": "yes"}, headers=HTMX)
    sign_in(client, case.author)

    page = client.get(url)

    assert KEPT in text_of(page)
    assert form_of(page)["question_text"] == [TYPED["question_text"]]
    assert "autosave" not in KeptText.objects.get().typed


def test_what_cannot_be_kept_is_not_said_to_be(client, url):
    client.logout()

    answer = client.post(url, {**TYPED, "autosave": "yes", "made_for": "not signed by us"}, headers=HTMX)

    assert "X-Text-Kept" not in answer
    assert "What you typed stays on this page; copy it before you sign in." in text_of(answer)


def test_the_text_survives_a_real_sign_in(client, case, lost, url, settings):
    # Django reads the old session twice on purpose; the guard against query loops would take that for one.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal")]
    client.handler.load_middleware()

    client.post(lost, {"login": case.author.email, "password": PASSWORD})

    assert form_of(client.get(url))["question_text"] == [TYPED["question_text"]]


def test_the_text_can_then_be_saved_and_is_forgotten(client, case, lost, url):
    sign_in(client, case.author)

    client.post(url, form_of(client.get(url)))

    assert Case.objects.get(pk=case.pk).question_text == TYPED["question_text"]
    assert KEPT not in text_of(client.get(url))


def test_a_colleague_at_the_same_desk_is_not_shown_the_text(client, case, lost, url):
    sign_in(client, physician(at=centre_of(case.author)))

    page = client.get(url)

    assert (page.status_code, KEPT in text_of(page), form_of(page)["question_text"]) == (200, False, [""])


def test_the_text_is_forgotten_after_half_an_hour(client, case, lost, url):
    sign_in(client, case.author)

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        page = client.get(url)

    assert KEPT not in text_of(page)


def test_a_stranger_cannot_make_the_server_keep_anything(client, case, url):
    client.logout()

    client.post(url, {**TYPED, "made_for": "not signed by us"})

    assert not KeptText.objects.exists()


def test_the_note_of_one_page_keeps_nothing_for_another(client, case, url):
    form = form_of(client.get(url))
    client.logout()

    client.post(reverse("cases:section", args=[case.code, "patient"]), {**form, **TYPED})

    assert not KeptText.objects.exists()


def test_nothing_that_was_typed_lies_in_the_session_and_what_is_too_old_is_deleted(client, lost):
    assert (dict(client.session), KeptText.objects.count()) == ({}, 1)

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert forget_stale() == 1

    assert not KeptText.objects.exists()


def test_the_answer_to_a_query_is_kept_as_well(client):
    from tests.factories.cases import queried_case

    case = queried_case()
    sign_in(client, case.author)
    address = reverse("cases:query_answer", args=[case.code])
    form = form_of(client.get(address))
    client.logout()

    client.post(address, {**form, "answer": "FISH and RNA sequencing."})
    sign_in(client, case.author)

    assert form_of(client.get(address))["answer"] == ["FISH and RNA sequencing."]


def test_rows_of_a_specimen_are_kept_as_well(client, case):
    address = reverse("cases:specimen_new", args=[case.code])
    form = form_of(client.get(address))
    client.logout()

    client.post(address, {**form, "variants-0-gene_symbol": "NRAS"})
    sign_in(client, case.author)

    assert form_of(client.get(address))["variants-0-gene_symbol"] == ["NRAS"]
