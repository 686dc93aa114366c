"""How long an answer holds by itself, found day by day."""

import math
from dataclasses import replace

import pytest

from tests.trials.documents import age, aged, facts, leaf
from tests.trials.matching.engine.cases import OPERATORS, RANGES, stating_about
from trials.matching.criteria import parse
from trials.matching.explain import valid_for_days
from trials.matching.facts import age_after
from trials.matching.facts.model import Fact, Topics
from trials.matching.intervals import Interval, compare

HORIZON = 65
NOBODY = facts()
OPEN_ENDED = [Interval(low, math.inf) for low in (0, 45, 60)]
WORDINGS = ("exact", "completed_years", "unclear")


def since(known: Interval, *, moves: bool = True):
    """A case whose last transplant was so many days ago."""
    return replace(NOBODY, flat={"days_since_hsct": Fact(known, moves=moves)})


def first_other(verdicts) -> int | None:
    """Return the day on which a verdict differs from that of day 0."""
    now, *later = verdicts
    return next((day for day, verdict in enumerate(later, 1) if verdict is not now), None)


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("limit", [40, 50, 60])
def test_a_wash_out_holds_until_the_first_day_with_another_verdict(operator, limit):
    tree = parse(leaf("days_since_hsct", operator, limit, unit="days"))

    for known in [*RANGES, *OPEN_ENDED]:
        days = (Interval(known.low + day, known.high + day, known.high_open) for day in range(HORIZON))
        assert valid_for_days(tree, since(known)) == first_other(compare(day, operator, limit) for day in days)


def test_a_number_that_stands_still_never_changes_by_itself():
    document = leaf("days_since_hsct", ">=", 50, unit="days")

    assert valid_for_days(parse(document), since(Interval(45, 45), moves=False)) is None
    assert valid_for_days(parse(leaf("lvef", ">=", 50, unit="percent")), since(Interval(45, 45))) is None


def test_each_drug_class_has_a_wash_out_of_its_own():
    document = leaf("days_since_class", ">=", 50, unit="days", of="asparaginase")
    topics = Topics({"asparaginase": Fact(Interval(45, 45), moves=True), "g-csf": Fact(Interval(48, 48), moves=True)})
    case = replace(facts(), topics={**facts().topics, "days_since_class": topics})

    assert valid_for_days(parse(document), case) == 5
    assert valid_for_days(parse(document), stating_about("days_since_class", asparaginase=Interval(45, 45))) is None


def test_the_first_of_several_changes_counts():
    late, early = (leaf("days_since_hsct", ">=", days, unit="days") for days in (60, 50))

    assert valid_for_days(parse({"any": [late, {"not": early}]}), since(Interval(45, 45))) == 5


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("operator", OPERATORS[:4])
@pytest.mark.parametrize(
    ("months", "elapsed"), [(118, 0), (119, 0), (119, 20), (120, 0), (130, 45), (131, 29), (132, 0)]
)
def test_an_age_limit_holds_until_the_first_day_with_another_verdict(operator, wording, months, elapsed):
    tree = parse(age(operator, 10, wording=wording))
    days = (age_after(months, elapsed + day) for day in range(500))

    found = valid_for_days(tree, aged(months, elapsed_days=elapsed))
    assert found == first_other(tree.condition.verdict_for(day) for day in days)
