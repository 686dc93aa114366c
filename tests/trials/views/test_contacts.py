"""The page behind a signed link: no account, no case data, nothing changes by opening it, answered once."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from iltb.audit.models import AuditEvent, ReadEvent
from iltb.mail.links import signed_key
from iltb.mail.models import OutboundMail
from tests.cases.views.page import send, text_of
from tests.factories.accounts import coordinator, expert, physician, sign_in
from tests.factories.cases import submitted_case
from tests.trials.services.test_contacts import answered, asked, corrected, later, loaded, place
from trials.models import ContactAsk, Trial
from trials.services.contacts import show_remark, withdraw_ask

pytestmark = pytest.mark.django_db
YES = {"still_open": "yes", "free_places": "unknown", "remark": ""}


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests():
    cache.clear()


@pytest.fixture
def trial(tmp_path) -> Trial:
    return loaded(tmp_path, last_checked_on="2026-10-02")


@pytest.fixture
def ask(trial) -> ContactAsk:
    return asked(trial, site=place(trial))


def link(ask) -> str:
    return reverse("trials:contact", args=[signed_key(ask.pk, purpose="trial_contact_asked")])


def written(ask) -> list:
    """Everything that opening a page could have changed."""
    return [
        ContactAsk.objects.values().get(pk=ask.pk),
        Trial.objects.values().get(pk=ask.trial_id),
        AuditEvent.objects.count(),
        OutboundMail.objects.count(),
    ]


def test_the_contact_reads_trial_place_status_and_the_day_of_the_last_check(client, ask):
    page = text_of(client.get(link(ask)))

    for words in ("Trial-A", "NL Utrecht", "recruiting", "Last checked 2 October 2026", "Dr Trial Office", "not known"):
        assert words in page


def test_opening_the_link_changes_nothing_whatever_opens_it(client, ask):
    before = written(ask)

    statuses = [client.get(link(ask)).status_code, client.head(link(ask)).status_code]

    assert (statuses, written(ask)) == ([200, 200], before)
    assert client.put(link(ask)).status_code == 405


def test_the_answer_needs_no_account_and_is_read_again_afterwards(client, ask):
    answer = send(client, link(ask), still_open="paused", free_places="no", remark="Back in spring.")

    assert answer.url == link(ask)
    page = text_of(client.get(link(ask)))
    assert "Thank you, your answer is in force." in page
    assert [words in page for words in ("it is paused", "Back in spring.", "suspended")] == [True] * 3


def test_the_form_carries_the_token_that_a_browser_needs(ask):
    client = Client(enforce_csrf_checks=True)

    assert client.post(link(ask), YES).status_code == 403
    assert send(client, link(ask), **YES).status_code == 302


def test_a_second_answer_is_refused_and_the_first_one_shown(client, ask):
    send(client, link(ask), **YES)

    again = client.post(link(ask), {**YES, "still_open": "no"})

    assert (again.status_code, ContactAsk.objects.get().still_open) == (409, "yes")
    assert b"your answer is in force" in again.content


@pytest.mark.parametrize("typed", [{}, {**YES, "still_open": "maybe"}, {**YES, "remark": "x" * 501}])
def test_an_answer_with_a_gap_or_too_long_a_remark_is_refused_and_kept(client, ask, typed):
    page = client.post(link(ask), typed)

    assert page.status_code == 422
    assert b"There is a problem" in page.content
    assert ContactAsk.objects.get().state == "open"


def closed(client, url, method="get"):
    answer = getattr(client, method)(url, YES if method == "post" else None)
    [sentence] = re.findall(r'<p class="lead">(.+?)</p>', answer.content.decode())
    return answer.status_code, sentence


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_lapsed_link_says_so(client, ask, method):
    with later(days=15):
        answer = closed(client, link(ask), method)

    assert answer == (410, "This link has lapsed. The office will ask you anew if it needs to.")


def test_an_answer_is_read_by_its_link_until_the_link_lapses(client, ask):
    answered(ask, remark="zzremark")
    assert b"zzremark" in client.get(link(ask)).content

    with later(days=15):
        assert (client.get(link(ask)).status_code, closed(client, link(ask), "post")[0]) == (410, 410)


def test_an_answer_that_a_coordinator_decides_on_says_so_on_both_pages(client, trial, ask):
    corrected(trial, status="terminated")
    send(client, link(ask), **YES)

    assert "the office looks at your answer before it is shown" in text_of(client.get(link(ask)))
    sign_in(client, coordinator())
    page = client.get(reverse("trials:contacts", args=[trial.key]))
    assert "This answer is not in force: please decide." in text_of(page)
    assert reverse("trials:recruitment", args=[trial.key]).encode() in page.content


@pytest.mark.parametrize(("state", "words"), [("pending", "mail: waiting"), ("failed", "mail: failed")])
def test_a_coordinator_sees_how_far_the_mail_got(client, trial, ask, state, words):
    OutboundMail.objects.update(state=state)
    sign_in(client, coordinator())

    assert words in text_of(client.get(reverse("trials:contacts", args=[trial.key])))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_withdrawn_link_says_so(client, ask, method):
    withdraw_ask(ask=ask, actor=coordinator())

    assert closed(client, link(ask), method) == (
        410,
        "This link was withdrawn by the office. Nothing is needed from you.",
    )


def test_an_unknown_and_a_tampered_link_get_the_same_answer(client, ask):
    unknown = reverse("trials:contact", args=[signed_key(ask.trial_id, purpose="trial_contact_asked")])
    for_something_else = reverse("trials:contact", args=[signed_key(ask.pk, purpose="letter_ready")])
    unsigned = reverse("trials:contact", args=[str(ask.pk)])
    tampered = link(ask)[:-2] + ("A/" if link(ask)[-2] != "A" else "B/")

    answers = [client.get(url) for url in (unknown, for_something_else, unsigned, tampered)]

    assert {answer.status_code for answer in answers} == {404}
    bodies = {
        re.sub(rb'value="[^"]{20,}"', b"", answer.content).replace(answer.request["PATH_INFO"].encode(), b"")
        for answer in answers
    }
    assert len(bodies) == 1


def test_nothing_of_a_case_is_on_the_page(client, ask):
    case = submitted_case()

    page = client.get(link(ask)).content.decode()

    assert [words for words in (case.code, case.question_text, case.centre.name) if words in page] == []


def test_the_page_is_closed_to_search_engines_frames_and_foreign_scripts(client, ask):
    answer = client.get(link(ask))

    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_many_answers_from_one_network_are_slowed_down_and_the_text_is_kept(client, trial, ask):
    for _number in range(10):
        client.post(link(ask), {"remark": "x"})

    page = client.post(link(ask), {**YES, "remark": "Please call first."})

    assert page.status_code == 429
    assert "Please send yours in a few minutes." in page.content.decode()
    assert "Please call first." in page.content.decode()
    assert ContactAsk.objects.get().state == "open"


def test_a_coordinator_asks_reads_the_answer_and_shows_the_remark(client, trial):
    sign_in(client, coordinator())
    url = reverse("trials:contacts", args=[trial.key])

    page = client.post(url, {"arm": "main", "name": "Dr Office", "email": "office@trial.example"}, follow=True)
    assert "The question is on its way to Dr Office." in text_of(page)
    answered(ContactAsk.objects.get(), "paused", "no", remark="Back in spring.")

    assert "Back in spring." in text_of(client.get(url))
    client.post(reverse("trials:contact_remark", args=[trial.key, ContactAsk.objects.get().pk]))
    sign_in(client, physician())
    assert "Back in spring." in text_of(client.get(reverse("trials:detail", args=[trial.key])))


def test_no_physician_reads_a_remark_that_no_coordinator_has_seen(client, trial, ask):
    ask = answered(ask, remark="Dr Somebody is on leave.")
    detail = reverse("trials:detail", args=[trial.key])

    pages = [sign_in(client, who()).get(detail).content for who in (physician, expert)]
    assert not any(b"on leave" in page for page in pages)

    show_remark(ask=ask, actor=coordinator())
    assert b"on leave" in client.get(detail).content


@pytest.mark.parametrize("typed", [{"arm": "gone"}, {"email": "office"}, {"name": ""}, {"name": "A\n\nwww.x.example"}])
def test_a_question_with_a_mistake_is_refused_with_what_was_typed(client, trial, typed):
    sign_in(client, coordinator())
    whole = {"arm": "main", "name": "Dr Office", "email": "office@trial.example"}

    page = client.post(reverse("trials:contacts", args=[trial.key]), {**whole, **typed})

    assert (page.status_code, ContactAsk.objects.count()) == (422, 0)
    assert b"There is a problem" in page.content


def test_a_question_that_waits_is_not_sent_again(client, trial):
    asked(trial)
    sign_in(client, coordinator())

    page = client.post(
        reverse("trials:contacts", args=[trial.key]), {"arm": "main", "name": "X Y", "email": "office@trial.example"}
    )

    assert page.status_code == 422
    assert b"was asked already" in page.content


def test_a_link_is_withdrawn_with_one_button(client, trial, ask):
    sign_in(client, coordinator())

    page = client.post(reverse("trials:contact_withdraw", args=[trial.key, ask.pk]), follow=True)

    assert "The link is withdrawn." in text_of(page)
    assert ContactAsk.objects.get().state == "withdrawn"


@pytest.mark.parametrize("name", ["contact_withdraw", "contact_remark"])
def test_nobody_else_touches_a_question(client, trial, ask, name):
    sign_in(client, physician())

    assert client.post(reverse(f"trials:{name}", args=[trial.key, ask.pk])).status_code == 404
    assert ContactAsk.objects.get().state == "open"


def test_the_token_is_in_no_row_of_the_two_trails(client, ask):
    token = link(ask).rstrip("/").rpartition("/")[2]
    send(client, link(ask), **YES)

    assert token not in str([*AuditEvent.objects.values(), *ReadEvent.objects.values()])
