from itertools import product

import pytest

from trials.matching.kleene import Verdict, agree, all_of, any_of, at_least, negate

NO, MAYBE, YES = Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET
UP_TO_FOUR = [parts for size in range(1, 5) for parts in product(Verdict, repeat=size)]


def decided_everywhere(parts, rule) -> Verdict:
    """What a two-valued rule says when each unknown is replaced by both answers."""
    choices = [(False, True) if part is MAYBE else (part is YES,) for part in parts]
    outcomes = {rule(world) for world in product(*choices)}
    return MAYBE if len(outcomes) > 1 else (YES if outcomes.pop() else NO)


def test_all_says_what_every_completion_of_the_unknowns_says():
    assert [parts for parts in UP_TO_FOUR if all_of(parts) is not decided_everywhere(parts, all)] == []


def test_any_says_what_every_completion_of_the_unknowns_says():
    assert [parts for parts in UP_TO_FOUR if any_of(parts) is not decided_everywhere(parts, any)] == []


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_at_least_says_what_every_completion_of_the_unknowns_says(n):
    def enough(world) -> bool:
        return sum(world) >= n

    assert [parts for parts in UP_TO_FOUR if at_least(n, parts) is not decided_everywhere(parts, enough)] == []


@pytest.mark.parametrize(("verdict", "negated"), [(NO, YES), (MAYBE, MAYBE), (YES, NO)])
def test_not_turns_known_verdicts_and_leaves_unknown(verdict, negated):
    assert negate(verdict) is negated


def test_de_morgan_holds():
    for parts in UP_TO_FOUR:
        assert negate(all_of(parts)) is any_of([negate(part) for part in parts])


def test_not_at_least_n_is_at_least_the_complement_of_the_negations():
    for parts in UP_TO_FOUR:
        for n in range(1, len(parts) + 1):
            assert negate(at_least(n, parts)) is at_least(len(parts) - n + 1, [negate(part) for part in parts])


def test_readings_that_differ_are_unknown():
    assert [agree(YES, YES), agree(YES, NO), agree(MAYBE, NO)] == [YES, MAYBE, MAYBE]
