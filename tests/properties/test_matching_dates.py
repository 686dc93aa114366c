"""A result holds on every day before its ``valid_for_days``."""

from random import Random

import pytest

from tests.trials.documents import age, aged
from trials.matching.criteria import parse
from trials.matching.explain import valid_for_days


def random_limit(random: Random) -> dict:
    wording = random.choice(("exact", "completed_years", "unclear"))
    return age(random.choice(("<", "<=", ">", ">=")), random.randint(0, 24), wording=wording)


@pytest.mark.parametrize("seed", range(120))
def test_stepping_day_by_day_over_400_days_finds_no_earlier_change(seed):
    random = Random(seed)
    tree, months, start = parse(random_limit(random)), random.randint(0, 299), random.choice((0, 1, 90))
    today = tree.condition.answer(aged(months, elapsed_days=start)).verdict
    valid = valid_for_days(tree, aged(months, elapsed_days=start)) or 400

    verdicts = {tree.condition.answer(aged(months, elapsed_days=start + day)).verdict for day in range(min(valid, 400))}

    assert verdicts == {today}


@pytest.mark.parametrize("months", [0, 11, 100, 215])
def test_age_never_runs_backwards(months):
    lows = [aged(months, elapsed_days=day).get("age_at_submission").value.low for day in range(400)]

    assert lows == sorted(lows)
