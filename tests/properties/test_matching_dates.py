"""A result holds on every day before its ``valid_for_days``."""

from random import Random

import pytest

from tests.trials.documents import age, aged
from trials.matching.criteria import Leaf, parse
from trials.matching.explain import valid_for_days
from trials.matching.kleene import Verdict


def random_limit(random: Random) -> dict:
    wording = random.choice(("exact", "completed_years", "unclear"))
    return age(random.choice(("<", "<=", ">", ">=")), random.randint(0, 24), wording=wording)


@pytest.mark.parametrize("seed", range(10))
def test_stepping_day_by_day_over_400_days_finds_no_earlier_change(seed):
    random = Random(seed)
    for _ in range(12):
        tree, months, start = parse(random_limit(random)), random.randint(0, 299), random.choice((0, 1, 90))
        days = min(valid_for_days(tree, aged(months, elapsed_days=start)) or 400, 400)

        assert len({verdict_on(tree, months, start + day) for day in range(days)}) == 1


def verdict_on(tree: Leaf, months: int, day: int) -> Verdict:
    return tree.condition.answer(aged(months, elapsed_days=day)).verdict


@pytest.mark.parametrize("months", [0, 11, 100, 215])
def test_age_never_runs_backwards(months):
    lows = [aged(months, elapsed_days=day).get("age_at_submission").value.low for day in range(400)]

    assert lows == sorted(lows)
