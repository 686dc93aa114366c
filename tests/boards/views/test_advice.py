"""The advice: drafted, handed over, read, signed, waited for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.enums import AdviceState
from boards.models import SignedAdvice
from boards.services.advising import draft_advice, render_letter
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import PASSWORD, physician
from tests.factories.boards import advice_with_chair, signed_letter, voted_review

pytestmark = pytest.mark.django_db
TEXTS = {"summary": "A bridge with ruxolitinib, then transplant.", "first_step": "Call the trial office."}


@pytest.fixture
def drafting():
    panel, _ballot = voted_review()
    return panel, draft_advice(review=panel.fresh(), actor=panel.coordinator)


@pytest.fixture
def waiting():
    return advice_with_chair()


def url(advice, name="advice"):
    return reverse(f"boards:{name}", args=[advice.pk])


def hours_later(browser):
    """The chair signed in two hours ago."""
    session = browser.session
    records = session["account_authentication_methods"]
    records[0]["at"] = (timezone.now() - timedelta(hours=2)).timestamp()
    session["account_authentication_methods"] = records
    session.save()
    return browser


def test_the_draft_stands_beside_the_tally(drafting):
    panel, advice = drafting

    text = text_of(as_(panel.coordinator).get(url(advice)))

    assert "Options by the tally" in text
    assert "5 for, 0 neutral, 0 against, 0 abstained" in text
    assert 'name="summary"' in text


def test_a_draft_with_gaps_is_saved(drafting):
    panel, advice = drafting

    as_(panel.coordinator).post(url(advice, "advice_edit"), {"summary": "So far.", "version": 1})

    advice.refresh_from_db()
    assert (advice.summary, advice.version, advice.state) == ("So far.", 2, AdviceState.DRAFTING)


def test_what_goes_to_the_chair_has_no_gaps(drafting):
    panel, advice = drafting
    sent = {"summary": "So far.", "version": 1, "hand": "yes"}

    answer = as_(panel.coordinator).post(url(advice, "advice_edit"), sent)

    assert answer.status_code == 422
    assert "Fill in “First step to take now”." in text_of(answer)
    assert "So far." in text_of(answer)
    advice.refresh_from_db()
    assert (advice.version, advice.state) == (1, AdviceState.DRAFTING)


def test_a_full_draft_is_handed_to_the_chair(drafting):
    panel, advice = drafting

    as_(panel.coordinator).post(url(advice, "advice_edit"), {**TEXTS, "version": 1, "hand": "yes"})

    advice.refresh_from_db()
    assert (advice.summary, advice.state) == (TEXTS["summary"], AdviceState.IN_REVIEW)


def test_an_old_window_overwrites_nothing(drafting):
    panel, advice = drafting
    browser = as_(panel.coordinator)
    browser.post(url(advice, "advice_edit"), {**TEXTS, "version": 1})

    answer = browser.post(url(advice, "advice_edit"), {"summary": "From the old window.", "version": 1})

    assert answer.status_code == 409
    assert "From the old window." in text_of(answer)
    advice.refresh_from_db()
    assert advice.summary == TEXTS["summary"]


def test_the_chair_reads_what_would_be_signed(waiting):
    panel, advice = waiting

    text = text_of(as_(panel.chair).get(url(advice)))

    assert "Ruxolitinib-based bridge, then transplant." in text
    assert "Advised, in this order" in text
    assert panel.physician.full_name in text
    assert "I have read this advice and sign it" in text


def test_the_chair_gives_an_advice_back(waiting):
    panel, advice = waiting

    as_(panel.chair).post(url(advice, "advice_return"))

    advice.refresh_from_db()
    assert advice.state == AdviceState.DRAFTING


def test_the_chair_signs(waiting):
    panel, advice = waiting

    answer = as_(panel.chair).post(url(advice, "sign"), {"version": advice.version}, follow=True)

    assert SignedAdvice.objects.get().signed_by == panel.chair
    assert "The letter is being made" in text_of(answer)
    assert f"Signed by {panel.chair.full_name} on" in text_of(answer)


def test_a_signature_needs_a_fresh_proof_of_who_signs(waiting):
    panel, advice = waiting
    browser = hours_later(as_(panel.chair))

    assert "You will be asked for your password first" in text_of(browser.get(url(advice)))
    answer = browser.post(url(advice, "sign"), {"version": advice.version})

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not SignedAdvice.objects.exists()


def test_after_the_password_the_chair_comes_back_and_signs(waiting):
    panel, advice = waiting
    browser = hours_later(as_(panel.chair))
    asked = browser.post(url(advice, "sign"), {"version": advice.version})

    back = browser.post(asked.url, {"password": PASSWORD})
    browser.post(url(advice, "sign"), {"version": advice.version})

    assert back.url == f"{url(advice)}#sign"
    assert SignedAdvice.objects.count() == 1


def test_a_signature_names_the_version_that_was_read(waiting):
    panel, advice = waiting
    browser = as_(panel.chair)

    for version in ("", "x", str(advice.version + 1)):
        assert browser.post(url(advice, "sign"), {"version": version}).status_code == 409
    assert not SignedAdvice.objects.exists()


def test_a_second_signature_is_refused(waiting):
    panel, advice = waiting
    browser = as_(panel.chair)

    statuses = [browser.post(url(advice, "sign"), {"version": advice.version}).status_code for _time in range(2)]

    assert statuses == [302, 409]


def test_a_chair_of_the_submitting_hospital_is_told_and_refused(waiting):
    panel, advice = waiting
    give_role(user=panel.chair, role=Role.REFERRING_PHYSICIAN, centre=panel.case.centre)
    browser = as_(panel.chair)

    assert "Another chair signs its advice." in text_of(browser.get(url(advice)))
    assert browser.post(url(advice, "sign"), {"version": advice.version}).status_code == 403


def test_a_coordinator_does_not_sign_and_a_chair_does_not_draft(waiting):
    panel, advice = waiting

    assert as_(panel.coordinator).post(url(advice, "sign"), {"version": advice.version}).status_code == 403
    assert as_(panel.chair).post(url(advice, "advice_edit"), {**TEXTS, "version": 1}).status_code == 403
    assert as_(panel.experts[0]).post(url(advice, "advice_return")).status_code == 404


def test_the_page_asks_every_three_seconds_until_the_letter_is_there():
    panel, letter = signed_letter()
    state = reverse("boards:letter_state", args=[letter.signed.advice_id])
    browser = as_(panel.chair)

    assert 'hx-trigger="every 3s"' in text_of(browser.get(state, headers={"HX-Request": "true"}))
    render_letter(str(letter.pk))

    there = text_of(browser.get(state, headers={"HX-Request": "true"}))
    assert "every 3s" not in there
    assert reverse("boards:letter", args=[letter.pk]) in there


def test_an_advice_is_unknown_to_the_physician_and_to_strangers(waiting):
    panel, advice = waiting

    for user in (panel.physician, physician()):
        assert as_(user).get(url(advice)).status_code == 404


def test_experts_know_nothing_of_an_advice_before_it_is_signed(drafting):
    panel, advice = drafting

    assert as_(panel.experts[0]).get(url(advice)).status_code == 404


def test_experts_read_a_signed_advice_and_change_nothing():
    panel, letter = signed_letter()
    advice = letter.signed.advice

    text = text_of(as_(panel.experts[0]).get(url(advice)))

    assert advice.summary in text
    assert 'name="summary"' not in text
