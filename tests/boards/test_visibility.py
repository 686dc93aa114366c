"""The table of who sees what."""

from itertools import product

import pytest

from boards.enums import ReviewState
from boards.visibility import SHOWN, Content, Viewer, is_shown, viewer_of


def test_the_table_answers_every_question():
    assert {(content, viewer) for content, row in SHOWN.items() for viewer in row} == set(product(Content, Viewer))


def test_who_has_not_declared_sees_nothing():
    assert not any(SHOWN[content][Viewer.UNDECLARED] for content in Content)


@pytest.mark.parametrize("viewer", list(Viewer))
@pytest.mark.parametrize("state", [state for state in ReviewState if state != ReviewState.DISCUSSED])
def test_votes_are_shown_to_nobody_before_the_review_is_discussed(viewer, state):
    assert not is_shown(Content.VOTES, viewer=viewer, state=state)


@pytest.mark.parametrize("state", list(ReviewState))
def test_others_assessments_are_hidden_until_the_own_is_saved(state):
    assert not is_shown(Content.ASSESSMENTS, viewer=Viewer.DECLARED, state=state)


def test_a_seat_counts_before_any_role():
    seats = [
        viewer_of(has_seat=has_seat, has_declared=declared, has_assessed=assessed)
        for has_seat, declared, assessed in [(0, 1, 1), (1, 0, 0), (1, 1, 0), (1, 1, 1)]
    ]

    assert seats == [Viewer.BOARD, Viewer.UNDECLARED, Viewer.DECLARED, Viewer.ASSESSED]
