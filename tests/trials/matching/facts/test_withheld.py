"""Matching and the wider panel read the same dossier."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cases.queries.germline import WITHHELD, shown_content
from tests.trials.generator import random_content
from trials.matching.facts import facts_of


@given(st.integers(0, 10**9))
def test_matching_reads_no_more_than_the_wider_panel_may(seed):
    content = random_content(Random(seed))

    assert facts_of(content) == facts_of(shown_content(content, WITHHELD))
