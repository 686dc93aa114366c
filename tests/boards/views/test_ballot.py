"""The ballot."""

import pytest
from django.urls import reverse

from boards.models import OptionRecusal, Vote
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import expert
from tests.factories.boards import declared_review, open_ballot, options_of, voted_review

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ballot():
    panel, _ballot = open_ballot(options=1)
    return panel, options_of(panel)[0]


def vote_url(option):
    return reverse("boards:vote", args=[option.pk])


def choices():
    return list(Vote.objects.values_list("position", "comment"))


def test_a_vote_by_script_is_answered_with_the_fragment(ballot):
    panel, option = ballot

    answer = as_(panel.experts[0]).post(vote_url(option), {"position": "for"}, headers=HTMX)

    assert answer.status_code == 200
    assert f'id="ballot-{option.pk}"' in text_of(answer)
    assert "<html" not in text_of(answer)
    assert choices() == [("for", "")]


def test_a_vote_without_script_leads_back_to_the_ballot(ballot):
    panel, option = ballot

    answer = as_(panel.experts[0]).post(vote_url(option), {"position": "against", "comment": " Too toxic. "})

    assert answer.status_code == 302
    assert answer.url == reverse("boards:ballot", args=[option.review_id]) + f"#ballot-{option.pk}"
    assert choices() == [("against", "Too toxic.")]


def test_a_second_vote_replaces_the_first(ballot):
    panel, option = ballot
    browser = as_(panel.experts[0])

    for position in ("for", "strongly_against"):
        browser.post(vote_url(option), {"position": position})

    assert choices() == [("strongly_against", "")]


def test_nothing_is_preselected(ballot):
    panel, option = ballot

    page = text_of(as_(panel.experts[0]).get(reverse("boards:ballot", args=[option.review_id])))

    assert page.count('type="radio"') == 6
    assert "checked" not in page


def test_ones_own_vote_is_shown_to_oneself(ballot):
    panel, option = ballot
    browser = as_(panel.experts[0])
    browser.post(vote_url(option), {"position": "neutral"})

    page = text_of(browser.get(reverse("boards:ballot", args=[option.review_id])))

    assert page.count("checked") == 1
    assert "Your vote is saved" in page


def test_a_vote_without_a_position_keeps_the_comment(ballot):
    panel, option = ballot

    answer = as_(panel.experts[0]).post(vote_url(option), {"comment": "I wonder."}, headers=HTMX)

    assert answer.status_code == 422
    assert "Choose a position, or abstain." in text_of(answer)
    assert "I wonder." in text_of(answer)
    assert choices() == []


def test_the_same_refusal_without_script_is_a_page(ballot):
    panel, option = ballot

    answer = as_(panel.experts[0]).post(vote_url(option), {"comment": "I wonder."})

    assert answer.status_code == 422
    assert "<html" in text_of(answer)
    assert "I wonder." in text_of(answer)


def test_a_vote_after_the_closing_is_refused():
    panel, _ballot = voted_review()
    (option,) = options_of(panel)

    answer = as_(panel.experts[0]).post(vote_url(option), {"position": "against"})

    assert answer.status_code == 409
    assert "The voting was closed; your vote was not counted." in text_of(answer)
    assert {position for position, _comment in choices()} == {"for"}


def test_stepping_off_takes_the_option_from_the_ballot(ballot):
    panel, option = ballot
    browser = as_(panel.experts[0])

    answer = browser.post(vote_url(option), {"step_off": "yes"}, headers=HTMX)

    assert "You stepped off this option" in text_of(answer)
    assert browser.post(vote_url(option), {"position": "for"}).status_code == 403
    assert OptionRecusal.objects.get().seat.user == panel.experts[0]


def test_who_has_voted_cannot_step_off_afterwards(ballot):
    panel, option = ballot
    browser = as_(panel.experts[0])
    browser.post(vote_url(option), {"position": "for"})

    assert browser.post(vote_url(option), {"step_off": "yes"}).status_code == 409


def test_nobody_steps_off_after_the_closing():
    panel, _ballot = voted_review()
    (option,) = options_of(panel)

    answer = as_(panel.experts[0]).post(vote_url(option), {"step_off": "yes"})

    assert answer.status_code == 409
    assert not OptionRecusal.objects.exists()


def test_coordinator_and_chair_have_no_vote(ballot):
    panel, option = ballot

    for user in (panel.coordinator, panel.chair):
        assert as_(user).post(vote_url(option), {"position": "for"}).status_code == 403
    assert choices() == []


def test_an_option_of_a_foreign_review_is_as_unknown_as_any(ballot):
    panel, option = ballot
    stranger = as_(expert())

    foreign = stranger.post(vote_url(option), {"position": "for"})
    unknown = stranger.post(reverse("boards:vote", args=[panel.case.pk]), {"position": "for"})

    assert foreign.status_code == unknown.status_code == 404
    assert text_of(foreign) == text_of(unknown)


def test_before_the_voting_opens_the_page_says_so():
    panel = declared_review()

    page = text_of(as_(panel.experts[0]).get(reverse("boards:ballot", args=[panel.review.pk])))

    assert "There is no ballot for you here now" in page


def test_looking_at_the_address_of_a_vote_leads_to_the_ballot_and_votes_for_nothing(ballot):
    panel, option = ballot

    answer = as_(panel.experts[0]).get(vote_url(option), {"position": "for"})

    assert answer.status_code == 302
    assert choices() == []


def test_the_result_names_counts_and_voters():
    panel, _ballot = voted_review()

    page = text_of(as_(panel.chair).get(reverse("boards:review", args=[panel.review.pk])))

    assert "Quorum reached: 5 experts voted." in page
    assert "adopted, rank 1" in page
    for user in panel.experts:
        assert user.full_name in page
