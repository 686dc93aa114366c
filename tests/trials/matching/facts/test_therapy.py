"""How much of a drug, how long ago, and to what effect."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trials.documents import stated
from trials.matching.answers import Reason
from trials.matching.facts.specs import DAYS_PER_MONTH
from trials.matching.intervals import Interval

AGED = {"age_months_at_diagnosis": 0, "age_months_at_submission": 0}
NEVER = Interval(math.inf, math.inf)


def drug(name: str, *classes: str, **more: object) -> dict[str, object]:
    return {"name": name, "code": name, "display": name, "classes": list(classes), **more}


AZACITIDINE = drug("azacitidine", "hypomethylating agent")
DASATINIB = drug("dasatinib", "ABL inhibitor", "SRC inhibitor")


def whole_days(found: object) -> object:
    """Both ages are in their first month, so up to 33.4 days have passed: compare with the next whole day."""
    if not isinstance(found, Interval) or math.isinf(found.high):
        return found
    return Interval(found.low, math.ceil(found.high))


def line(*drugs: dict, start: int = 0, stop: int | None = 20, **more: object) -> dict[str, object]:
    return {"setting": "frontline", "drugs": list(drugs), "start_on_day": start, "stop_on_day": stop, **more}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line({**DASATINIB, "last_given_on_day": 12})], Interval(8, 22)),
        ([line(DASATINIB, start=5)], Interval(0, 29)),
        ([line(DASATINIB, start=5, stop=None), line(stop=20)], Interval(0, 29)),
        ([line({**DASATINIB, "last_given_on_day": 3}), line({**DASATINIB, "last_given_on_day": 12})], Interval(8, 22)),
        ([line(drug("imatinib"))], Reason.DRUG_CLASS),
        ([line()], Reason.FREE_TEXT_REGIMEN),
        ([line(drug("venetoclax", "BCL2 inhibitor"))], NEVER),
        ([], Reason.NOT_GIVEN),
    ],
)
def test_days_since_a_class_lie_between_its_last_possible_doses(lines, expected):
    found = stated("days_since_class", "abl inhibitor", patient=AGED, therapy_lines=lines)

    assert whole_days(found) == expected


def test_a_line_in_words_may_hold_a_later_dose():
    lines = [line({**DASATINIB, "last_given_on_day": 12}), line(start=15)]

    assert stated("days_since_class", "abl inhibitor", patient=AGED, therapy_lines=lines).low == 0


days = st.integers(0, 500)


@given(st.lists(st.tuples(days, days, st.floats(0, 1)), min_size=1, max_size=4), days, days)
def test_the_true_days_since_a_dose_lie_in_the_range(doses, later, waited):
    lines = [line(DASATINIB, start=start, stop=start + length) for start, length, _share in doses]
    submitted = max(start + length for start, length, _share in doses) + later
    last_dose = max(start + share * length for start, length, share in doses)
    patient = {**AGED, "age_months_at_submission": int(submitted / DAYS_PER_MONTH)}

    found = stated("days_since_drug", "dasatinib", patient=patient, therapy_lines=lines, elapsed_days=waited)

    assert found.low <= submitted + waited - last_dose <= found.high


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line({**AZACITIDINE, "n_cycles": 4})], Interval(4, 4)),
        ([line({**AZACITIDINE, "n_cycles": 1}), line({**AZACITIDINE, "n_cycles": 2})], Interval(3, 3)),
        (
            [line({**AZACITIDINE, "n_cycles": 2}, drug("decitabine", "hypomethylating agent", n_cycles=3))],
            Interval(3, 5),
        ),
        ([line(AZACITIDINE)], Interval(1, math.inf)),
        ([line({**AZACITIDINE, "n_cycles": 4}), line()], Interval(4, math.inf)),
        ([line(DASATINIB)], Interval(0, 0)),
        ([line()], Reason.FREE_TEXT_REGIMEN),
    ],
)
def test_cycles_of_one_line_may_have_been_shared(lines, expected):
    assert stated("cycles_of_class", "hypomethylating agent", therapy_lines=lines) == expected


def dose(amount: str | None, table: str = "") -> dict[str, object]:
    return drug("daunorubicin", "anthracycline", cumulative_dose_mg_m2=amount, equivalence_table=table)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(dose("120"))], Interval(120, math.inf)),
        ([line(dose("120")), line(dose("60"))], Interval(120, math.inf)),
        ([line(dose(None))], Reason.NOT_GIVEN),
        ([line(dose("120", "COG"))], Reason.NOT_GIVEN),
    ],
)
def test_a_cumulative_dose_of_chemotherapy_is_at_least_what_is_stated(lines, expected):
    assert stated("cumulative_dose", "daunorubicin", therapy_lines=lines) == expected


def test_two_doses_of_one_drug_may_include_each_other():
    inotuzumab = [drug("inotuzumab", "CD22 antibody-drug conjugate", cumulative_dose_mg_m2=mg) for mg in ("1.8", "1.5")]

    lines = [line(row) for row in inotuzumab]

    assert stated("cumulative_dose", "inotuzumab", therapy_lines=lines) == Interval(1.8, 3.3)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([dose("120", "COG")], Interval(120, 120)),
        ([dose("120", "COG"), dose("60", "COG")], Interval(120, 180)),
        ([dose("120", "COG"), dose("60", "other")], Reason.EQUIVALENT),
        ([dose("120")], Reason.EQUIVALENT),
        ([dose(None, "COG")], Reason.EQUIVALENT),
        ([DASATINIB], Reason.NONE_LISTED),
    ],
)
def test_no_anthracycline_equivalent_is_ever_computed(rows, expected):
    assert stated("cumulative_anthracycline", therapy_lines=[line(row) for row in rows]) == expected


def test_without_treatment_there_is_no_anthracycline():
    assert stated("cumulative_anthracycline", no_therapy_yet=True) == Interval(0, 0)


@pytest.mark.parametrize(
    ("stops", "expected"),
    [([20], Interval(0, math.inf)), ([20, None], Reason.NO_DAY), ([], Reason.NOT_GIVEN)],
)
def test_treatment_has_ended_only_when_every_line_has(stops, expected):
    assert stated("days_since_treatment", therapy_lines=[line(stop=stop) for stop in stops]) == expected
