"""Nothing that one expert thinks or votes reaches anybody before its time, on any page and in no header."""

import pytest
from django.db import transaction

from boards.services.assessing import assess, propose_option
from boards.services.assigning import step_off_option
from boards.services.voting import cast_vote
from tests.boards.views.pages import around, as_, seen_by, text_of
from tests.factories.boards import (
    ASSESSMENT,
    OPTION,
    assessed_review,
    declared_review,
    open_ballot,
    options_of,
    seated_review,
    voted_review,
)

pytestmark = pytest.mark.django_db


def others(panel):
    return [panel.physician, panel.coordinator, panel.chair, panel.experts[1]]


def test_pages_of_everybody_else_are_the_same_whatever_one_expert_votes():
    panel, _ballot = open_ballot(options=2)
    first, second = options_of(panel)
    cast_vote(option=second, expert=panel.experts[0], position="neutral")

    cast_vote(option=first, expert=panel.experts[0], position="strongly_for", comment="By all means.")
    one_run = [seen_by(user, panel) for user in others(panel)]
    cast_vote(option=first, expert=panel.experts[0], position="abstain")
    other_run = [seen_by(user, panel) for user in others(panel)]

    assert one_run == other_run


def test_stepping_off_an_option_counts_like_voting_on_it():
    panel, _ballot = open_ballot(options=1)
    (option,) = options_of(panel)

    with transaction.atomic():
        cast_vote(option=option, expert=panel.experts[0], position="against")
        one_run = [seen_by(user, panel) for user in others(panel)]
        transaction.set_rollback(True)
    step_off_option(option=option, actor=panel.experts[0])

    assert [seen_by(user, panel) for user in others(panel)] == one_run


def test_pages_of_who_has_not_assessed_do_not_tell_that_somebody_has():
    panel = declared_review()
    before = [seen_by(user, panel) for user in panel.experts[1:3]]

    assess(seat=panel.seat(0), actor=panel.experts[0], values=dict(ASSESSMENT))

    assert [seen_by(user, panel) for user in panel.experts[1:3]] == before


def test_the_office_learns_that_an_assessment_is_in_and_never_what_it_says():
    panel = declared_review()
    assessment = assess(seat=panel.seat(0), actor=panel.experts[0], values=dict(ASSESSMENT))
    one_run = [seen_by(user, panel) for user in (panel.coordinator, panel.chair)]

    changed = {**ASSESSMENT, "findings": "Something quite different.", "confidence": 1}
    assess(seat=panel.seat(0), actor=panel.experts[0], values=changed, version=assessment.version)

    assert [seen_by(user, panel) for user in (panel.coordinator, panel.chair)] == one_run
    assert "assessment in" in one_run[0][3][2]


def test_an_option_that_an_expert_proposes_anchors_nobody_who_has_not_assessed():
    panel = declared_review()
    before = [seen_by(user, panel) for user in panel.experts[1:3]]

    propose_option(review=panel.review, actor=panel.experts[0], values=dict(OPTION))

    assert [seen_by(user, panel) for user in panel.experts[1:3]] == before


def test_an_expert_reads_the_others_once_the_own_assessment_is_saved():
    panel = declared_review()
    assess(seat=panel.seat(0), actor=panel.experts[0], values={**ASSESSMENT, "findings": "The first finding."})
    review = around(panel)[3]
    assert "The first finding." not in text_of(as_(panel.experts[1]).get(review))

    assess(seat=panel.seat(1), actor=panel.experts[1], values=dict(ASSESSMENT))

    assert "The first finding." in text_of(as_(panel.experts[1]).get(review))


def test_the_office_reads_assessments_once_they_are_opened_to_the_panel():
    panel = assessed_review()

    assert ASSESSMENT["findings"] in text_of(as_(panel.coordinator).get(around(panel)[3]))


def test_no_page_holds_a_clinical_word_before_interests_are_declared():
    panel = seated_review()

    pages = "".join(text for _status, _headers, text in seen_by(panel.experts[0], panel))

    for word in (
        "T-cell",
        "T-ALL",
        "relapse",
        "IL7R",
        "STIL",
        "nelarabine",
        "Netherlands",
        "56 kg",
        "14 years",
        "bone marrow",
    ):
        assert word not in pages, word


def test_comments_and_names_are_shown_once_the_voting_is_closed():
    panel, ballot = open_ballot(options=1)
    cast_vote(option=options_of(panel)[0], expert=panel.experts[0], position="for", comment="Only in the trial.")
    review = around(panel)[3]
    assert "Only in the trial." not in text_of(as_(panel.experts[1]).get(review))

    as_(panel.chair).post(f"{review}voting/close/")

    page = text_of(as_(panel.experts[1]).get(review))
    assert "Only in the trial." in page
    assert ballot.review.case.code in page


def test_a_physician_never_gets_to_the_review():
    panel, _ballot = voted_review()

    statuses = [status for status, _headers, _text in seen_by(panel.physician, panel)]

    assert statuses == [200, 200, 200, 404, 404, 200]
