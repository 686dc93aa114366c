"""A result holds on every day before its ``valid_for_days``."""

from random import Random

import pytest

from tests.trials.documents import age, aged
from trials.matching.criteria import parse
from trials.matching.explain import valid_for_days


def random_limit(random: Random) -> dict:
    wording = random.choice(("exact", "completed_years", "unclear"))
    return age(random.choice(("<", "<=", ">", ">=")), random.randint(0, 24), wording=wording)


@pytest.mark.parametrize("seed", range(10))
def test_stepping_day_by_day_over_400_days_finds_no_earlier_change(seed):
    random = Random(seed)
    months, start = random.randint(0, 299), random.choice((0, 1, 90))
    facts = [aged(months, elapsed_days=start + day) for day in range(400)]

    for _ in range(30):
        tree = parse(random_limit(random))
        days = valid_for_days(tree, facts[0]) or 400
        assert len({tree.condition.answer(of).verdict for of in facts[:days]}) == 1


@pytest.mark.parametrize("months", [0, 11, 100, 215])
def test_age_never_runs_backwards(months):
    lows = [aged(months, elapsed_days=day).get("age_at_submission").value.low for day in range(400)]

    assert lows == sorted(lows)
