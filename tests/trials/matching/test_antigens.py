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


BLINATUMOMAB = {"code": "blinatumomab", "display": "blinatumomab", "classes": ["CD19-directed therapy"]}
VINCRISTINE = {"code": "vincristine", "display": "vincristine", "classes": ["vinca alkaloid"]}


def line(start: int | None, stop: int | None, *drugs: dict) -> dict:
    return {"start_on_day": start, "stop_on_day": stop, "drugs": list(drugs)}


def after(*lines: dict, day: int | None = 700, name: str = "CD19") -> tuple[str, object]:
    case = specimen(day=day, antigens=[antigen(name, "99", "bright")])
    return outcome(leaf("antigen", "expressed", of=name), case, therapy_lines=list(lines))


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        (600, 690, FactState.KNOWN),
        (None, 690, FactState.KNOWN),
        (710, 760, Reason.AFTER_THERAPY),
        (710, None, Reason.AFTER_THERAPY),
        (690, 720, Reason.AFTER_THERAPY),
        (690, 700, Reason.AFTER_THERAPY),
        (690, None, Reason.AFTER_THERAPY),
        (None, None, Reason.AFTER_THERAPY),
    ],
)
def test_an_antigen_is_current_only_when_treatment_against_it_ended_before_the_specimen(start, stop, expected):
    assert after(line(start, stop, VINCRISTINE, BLINATUMOMAB))[1] == expected


def test_treatment_against_one_antigen_leaves_the_others_as_measured():
    assert after(line(690, 720, BLINATUMOMAB), name="CD7")[0] == "met"


def test_a_lost_antigen_is_open_again_after_treatment_against_it():
    case = specimen(antigens=[antigen("CD19", "1", "negative")])

    assert outcome(CD19, case, therapy_lines=[line(710, 720, BLINATUMOMAB)]) == ("unknown", Reason.AFTER_THERAPY)


@pytest.mark.parametrize("drugs", [(), (VINCRISTINE, {"display": "a new drug", "classes": []})])
def test_a_specimen_without_a_day_may_be_older_than_any_treatment_of_unknown_direction(drugs):
    assert after(line(0, 60, *drugs), day=None) == ("unknown", Reason.NO_DAY)


def test_a_specimen_without_a_day_stays_current_beside_drugs_that_touch_no_antigen():
    assert after(line(0, 60, VINCRISTINE), day=None)[0] == "met"
    assert after(line(0, 60, BLINATUMOMAB), day=None) == ("unknown", Reason.NO_DAY)


def test_the_last_dose_counts_where_its_line_has_ended():
    early = {**BLINATUMOMAB, "last_given_on_day": 640}

    assert after(line(600, 720, early))[0] == "met"
    assert after(line(600, None, early)) == ("unknown", Reason.AFTER_THERAPY)


@pytest.mark.parametrize(
    ("drugs", "reason"),
    [
        ((), Reason.FREE_TEXT_REGIMEN),
        (({"code": None, "display": "a new drug", "classes": []},), Reason.DRUG_NAME),
        (({"code": "listed", "display": "listed", "classes": []},), Reason.DRUG_CLASS),
    ],
)
def test_a_later_line_of_unknown_direction_may_have_been_against_the_antigen(drugs, reason):
    assert after(line(690, 720, *drugs)) == ("unknown", reason)
    assert after(line(600, 690, *drugs))[0] == "met"


@pytest.mark.parametrize("written", ["CLL-1", "CLL1", "cll 1", "CLEC12A"])
def test_an_antigen_is_the_same_with_its_hyphen_or_without(written):
    against = line(710, 720, {"code": "x", "classes": ["CLL-1 CAR T cells"]})
    document, case = leaf("antigen", "expressed", of="CLL-1"), specimen(antigens=[antigen(written, "90")])

    assert outcome(document, case)[0] == "met"
    assert outcome(document, case, therapy_lines=[against]) == ("unknown", Reason.AFTER_THERAPY)


def test_treatment_against_cd70_says_nothing_about_cd7():
    assert after(line(710, 720, {"code": "cusatuzumab", "classes": ["CD70 antibody"]}), name="CD7")[0] == "met"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"target_antigens": [], "on_day": 710}, ("unknown", Reason.DETAIL)),
        ({"target_antigens": [], "on_day": 600}, ("met", FactState.KNOWN)),
        ({"target_antigens": ["CD22"], "on_day": 710}, ("met", FactState.KNOWN)),
        ({"target_antigens": ["CD19"], "on_day": None, "manufacturing_failed": "yes"}, ("met", FactState.KNOWN)),
    ],
)
def test_cells_of_unknown_direction_may_have_been_against_the_antigen(cells, expected):
    case = specimen(antigens=[antigen("CD19", "99", "bright")])

    assert outcome(CD19, case, cell_therapies=[cells]) == expected


def test_cells_against_an_antigen_of_a_specimen_without_a_day_leave_it_open():
    case = specimen(day=None, antigens=[antigen("CD19", "99", "bright")])

    assert outcome(CD19, case, cell_therapies=[{"target_antigens": ["CD19"], "on_day": 5}])[1] is Reason.NO_DAY


@pytest.mark.parametrize("name", ["CD3", "CD22", "CD19"])
@pytest.mark.parametrize("compartment", ["cytoplasmic", "nuclear", "unknown"])
@pytest.mark.parametrize("intensity", ["bright", "negative"])
def test_what_is_found_inside_the_cell_says_nothing_about_its_surface(name, compartment, intensity):
    case = specimen(antigens=[antigen(name, "98", intensity, compartment=compartment)])

    assert outcome(leaf("antigen", "expressed", of=name), case) == ("unknown", Reason.DETAIL)
    assert outcome(leaf("antigen_percent", ">", 90, of=name, unit="percent"), case) == ("unknown", Reason.DETAIL)


@pytest.mark.parametrize("name", ["MPO", "CD79a", "cyCD3"])
def test_an_antigen_of_the_cytoplasm_is_read_where_it_is(name):
    case = specimen(antigens=[antigen(name, "98", "bright", compartment="cytoplasmic")])

    assert outcome(leaf("antigen", "expressed", of=name), case)[0] == "met"


def test_the_surface_decides_where_both_were_looked_at():
    surface, inside = antigen("CD22", "1", "negative", compartment="surface"), antigen("CD22", "98", "bright")
    case = specimen(antigens=[{**inside, "compartment": "cytoplasmic"}, surface])

    assert outcome(leaf("antigen", "expressed", of="CD22"), case)[0] == "not_met"


CD20 = leaf("antigen", "expressed", of="CD20")


@pytest.mark.parametrize(
    ("flow", "stain", "expected"),
    [
        (("1", "negative"), ("60", "moderate"), ("unknown", Reason.CONTRADICTORY)),
        (("1", "negative"), (None, "dim"), ("unknown", Reason.CONTRADICTORY)),
        (("0", "unknown"), ("60", "unknown"), ("unknown", Reason.CONTRADICTORY)),
        (("10", "unknown"), ("60", "unknown"), ("unknown", Reason.CONTRADICTORY)),
        (("90", "bright"), ("60", "moderate"), ("met", FactState.KNOWN)),
        (("90", "bright"), (None, "unknown"), ("met", FactState.KNOWN)),
        (("1", "negative"), (None, "negative"), ("not_met", FactState.NOT_FOUND)),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_two_methods_that_disagree_decide_nothing(flow, stain, expected, turned):
    rows = [antigen("CD20", *flow), antigen("CD20", *stain, method="IHC")]

    assert outcome(CD20, specimen(antigens=rows[::-1] if turned else rows)) == expected


@pytest.mark.parametrize(("limit", "expected"), [(50, "met"), (80, "unknown"), (95, "not_met")])
def test_two_shares_of_one_day_are_a_range(limit, expected):
    rows = [antigen("CD20", "60"), antigen("CD20", "90", method="IHC")]

    document = leaf("antigen_percent", ">=", limit, of="CD20", unit="percent")
    assert outcome(document, specimen(antigens=rows))[0] == expected


def test_an_older_result_does_not_contradict_a_newer_one_but_one_without_a_day_may():
    new, old = antigen("CD20", "1", "negative"), antigen("CD20", "99", "bright")

    assert outcome(CD20, specimen("S3", 750, antigens=[new]), specimen("S2", 700, antigens=[old]))[0] == "not_met"
    assert outcome(CD20, specimen("S3", 750, antigens=[new]), specimen("S2", None, antigens=[old])) == (
        "unknown",
        Reason.CONTRADICTORY,
    )


@pytest.mark.parametrize(
    ("assays", "antigens", "expected"),
    [
        ([("WES", "done")], [], ("met", "unknown")),
        ([("karyotype", "done")], [], ("unknown", "unknown")),
        ([("WES", "not_done")], [], ("not_met", "unknown")),
        ([("MLPA", "done")], [], ("unknown", "unknown")),
        ([("WES", "pending"), ("WGS", "not_done")], [], ("unknown", "unknown")),
        ([], [antigen("CD19", "9")], ("unknown", "met")),
    ],
)
def test_profiles_of_the_current_disease_are_facts_of_their_own(assays, antigens, expected):
    rows = [{"assay_type": name, "status": status} for name, status in assays]
    case = facts(specimen(assays=rows, antigens=antigens))
    documents = [leaf(f"{kind}_profile_current", "is", value=True) for kind in ("molecular", "flow")]

    assert tuple(answer(document, case).verdict.name.lower() for document in documents) == expected
