"""Antigens: only the current disease counts, and a share is a share of blasts."""

import pytest

from tests.trials.documents import answer, antigen, facts, leaf, specimen
from trials.matching.answers import FactState, Reason

CD19 = leaf("antigen", "expressed", of="CD19")
CD7_OVER_98 = leaf("antigen_percent", ">", 98, of="CD7", unit="percent")


def outcome(document: dict, *specimens: dict, **blocks: object) -> tuple[str, object]:
    found = answer(document, facts(*specimens, **blocks))
    return found.verdict.name.lower(), found.reason or found.state


@pytest.mark.parametrize(
    ("percent", "intensity", "expected"),
    [
        ("99", "bright", ("met", FactState.KNOWN)),
        ("72", "dim", ("met", FactState.KNOWN)),
        ("20", "unknown", ("met", FactState.KNOWN)),
        ("19", "dim", ("unknown", Reason.WEAK)),
        ("2", "negative", ("not_met", FactState.NOT_FOUND)),
        ("40", "negative", ("unknown", Reason.CONTRADICTORY)),
        (None, "negative", ("not_met", FactState.NOT_FOUND)),
        (None, "moderate", ("met", FactState.KNOWN)),
        (None, "unknown", ("unknown", Reason.NOT_GIVEN)),
        ("0", "unknown", ("not_met", FactState.NOT_FOUND)),
        ("5", "unknown", ("unknown", Reason.WEAK)),
    ],
)
def test_positive_without_a_cut_off_is_read_from_share_and_intensity(percent, intensity, expected):
    assert outcome(CD19, specimen(antigens=[antigen("CD19", percent, intensity)])) == expected


def test_a_lost_antigen_is_shown_with_specimen_and_day():
    found = answer(CD19, facts(specimen(antigens=[antigen("CD19", "2", "negative")])))

    assert (found.found, found.specimen, found.day) == ("CD19 2 %, negative", "S2", 700)


def test_a_value_from_before_the_last_remission_never_counts_as_current():
    before = specimen("S1", 0, current=False, antigens=[antigen("CD19", "99", "bright")])

    assert outcome(CD19, before, specimen()) == ("unknown", Reason.BEFORE_REMISSION)


def test_the_newest_specimen_of_the_current_disease_decides():
    early = specimen("S2", 600, antigens=[antigen("CD19", "99", "bright")])
    late = specimen("S3", 650, antigens=[antigen("CD19", "1", "negative")])

    assert outcome(CD19, late, early)[0] == "not_met"


def test_an_antigen_that_was_not_measured_is_not_tested():
    assert outcome(CD19, specimen(antigens=[antigen("CD22", "80")])) == ("unknown", Reason.NOT_TESTED)


@pytest.mark.parametrize(("percent", "expected"), [("99.6", "met"), ("98", "not_met"), ("97", "not_met")])
def test_a_cut_off_is_compared_with_the_share(percent, expected):
    assert outcome(CD7_OVER_98, specimen(antigens=[antigen("CD7", percent)]))[0] == expected


@pytest.mark.parametrize("denominator", ["nucleated_cells", "unknown", None])
def test_a_share_of_other_cells_decides_no_cut_off(denominator):
    case = specimen(antigens=[antigen("CD7", "99.6", percent_of=denominator)])

    assert outcome(CD7_OVER_98, case) == ("unknown", Reason.DENOMINATOR)


def test_a_share_of_other_cells_still_shows_expression_by_intensity():
    case = specimen(antigens=[antigen("CD19", "60", "bright", percent_of="nucleated_cells")])

    assert outcome(CD19, case)[0] == "met"


def test_a_cut_off_without_a_share_is_unknown():
    assert outcome(CD7_OVER_98, specimen(antigens=[antigen("CD7", None)])) == ("unknown", Reason.NOT_GIVEN)


def test_treatment_against_the_antigen_after_the_specimen_makes_it_old():
    line = {"start_on_day": 710, "drugs": [{"code": "blinatumomab", "classes": ["CD19-directed therapy"]}]}
    case = specimen(antigens=[antigen("CD19", "99", "bright"), antigen("CD7", "99.6")])

    assert outcome(CD19, case, therapy_lines=[line]) == ("unknown", Reason.AFTER_THERAPY)
    assert outcome(CD7_OVER_98, case, therapy_lines=[line])[0] == "met"


@pytest.mark.parametrize(
    ("assays", "antigens", "expected"),
    [
        ([("WES", "done")], [], ("met", "unknown")),
        ([("karyotype", "done")], [], ("unknown", "unknown")),
        ([("WES", "not_done")], [], ("not_met", "unknown")),
        ([("WES", "pending"), ("WGS", "not_done")], [], ("unknown", "unknown")),
        ([], [antigen("CD19", "9")], ("unknown", "met")),
    ],
)
def test_profiles_of_the_current_disease_are_facts_of_their_own(assays, antigens, expected):
    rows = [{"assay_type": name, "status": status} for name, status in assays]
    case = facts(specimen(assays=rows, antigens=antigens))
    documents = [leaf(f"{kind}_profile_current", "is", value=True) for kind in ("molecular", "flow")]

    assert tuple(answer(document, case).verdict.name.lower() for document in documents) == expected
