"""What a criterion becomes: every part of the document has its effect."""

import json

import pytest

from tests.trials.documents import age, leaf
from trials.matching.conditions import (
    Exposure,
    Expressed,
    ExpressedPercent,
    Flag,
    HasLesion,
    KindOfDisease,
    Limit,
    LimitAbout,
    OneOf,
    Reading,
    Unread,
)
from trials.matching.criteria import CriterionError, CriterionKind, parse, parse_text
from trials.matching.lesions import ClassOfRearrangements, Fusion, GeneVariant, Rearrangement
from trials.matching.vocabulary import pathways


def condition(document):
    return parse(document).condition


def refusal(document) -> tuple[str, str]:
    with pytest.raises(CriterionError) as refused:
        parse(document)
    return refused.value.path, refused.value.reason


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (leaf("lvef", ">=", 0.5, unit="fraction"), Limit("lvef", (Reading(">=", 50.0),))),
        (leaf("mrd", "<", 0.1, unit="percent"), Limit("mrd", (Reading("<", 0.001),))),
        (
            leaf("days_since_class", ">=", 2, of=" Asparaginase ", unit="weeks"),
            LimitAbout("days_since_class", "asparaginase", Reading(">=", 14)),
        ),
        (
            leaf("resistant_to_class", "is", value=True, of="ABL Inhibitor"),
            Flag("resistant_to_class", wanted=True, about="abl inhibitor"),
        ),
        (leaf("prior_car_t", "is", value=False, of="CD19"), Flag("prior_car_t", wanted=False, about="CD19")),
        (leaf("hiv", "is", value=False), Flag("hiv", wanted=False)),
        (leaf("prior_drug", "given", of="Venetoclax"), Exposure("prior_drug", "venetoclax")),
        (leaf("sex", "in", ["female"]), OneOf("sex", frozenset({"female"}))),
        (leaf("sites", "any_of", ["CNS", "testis"]), OneOf("sites", frozenset({"CNS", "testis"}))),
        (leaf("disease", "in", ["ALL", "AML"]), KindOfDisease("disease", frozenset({"BCP_ALL", "T_ALL", "AML"}))),
        (leaf("antigen", "expressed", of="CD19"), Expressed("antigen", "CD19")),
        (
            leaf("antigen_percent", ">=", 100, of="CD19", unit="percent"),
            ExpressedPercent("antigen_percent", "CD19", Reading(">=", 100.0)),
        ),
        (leaf("unread_criteria", "unread"), Unread("unread_criteria")),
    ],
)
def test_a_criterion_is_read_with_its_unit_and_what_it_is_about(document, expected):
    assert condition(document) == expected


@pytest.mark.parametrize(
    ("wording", "operator", "expected"),
    [
        ("exact", "<=", [("<=", 216)]),
        ("completed_years", "<=", [("<", 228)]),
        ("completed_years", ">", [(">=", 228)]),
        ("completed_years", "<", [("<", 216)]),
        ("completed_years", ">=", [(">=", 216)]),
        ("unclear", "<=", [("<=", 216), ("<", 228)]),
    ],
)
def test_an_age_is_read_by_its_wording(wording, operator, expected):
    assert condition(age(operator, 18, wording=wording)).readings == tuple(Reading(*one) for one in expected)


def test_an_age_without_a_wording_is_read_exactly_in_any_unit():
    assert condition(age("<", 18)) == condition(age("<", 18, wording="exact")) == condition(age("<", 216, "months"))
    assert condition(age("<", 2.5)).readings == (Reading("<", 30.0),)


@pytest.mark.parametrize("value", [0, 1e9])
def test_a_limit_may_be_nothing_and_as_large_as_a_measurement(value):
    assert condition(leaf("wbc", ">=", value, unit="10^9/L")).readings == (Reading(">=", value),)


@pytest.mark.parametrize(
    ("value", "lesion"),
    [
        ("NRAS", GeneVariant(frozenset({"NRAS"}))),
        ({"gene": "NRAS"}, GeneVariant(frozenset({"NRAS"}))),
        ({"gene": "FLT3", "class": "ITD"}, GeneVariant(frozenset({"FLT3"}), "ITD")),
        ({"gene": "NRAS", "hgvs_p": "p.(Gly12Asp)"}, GeneVariant(frozenset({"NRAS"}), protein="G12D")),
        ({"gene": "TP53", "origin": "somatic"}, GeneVariant(frozenset({"TP53"}), somatic=True)),
        (
            {"gene": "TP53", "class": "other", "hgvs_p": "p.R175H", "origin": "somatic"},
            GeneVariant(frozenset({"TP53"}), "other", "R175H", somatic=True),
        ),
    ],
)
def test_a_variant_is_read_in_shorthand_and_in_parts(value, lesion):
    assert condition(leaf("variant", "present", value)) == HasLesion("variant", lesion)


@pytest.mark.parametrize(
    ("text", "lesion"),
    [
        ("KMT2A-r", Rearrangement(frozenset({"KMT2A"}))),
        ("BCR::ABL1", Fusion(frozenset({"BCR", "ABL1"}))),
        ("ABL-class", ClassOfRearrangements(frozenset(), "ABL-class")),
    ],
)
def test_a_fusion_is_read_in_shorthand(text, lesion):
    assert condition(leaf("fusion", "present", text)) == HasLesion("fusion", lesion)


def test_a_pathway_asks_for_every_member():
    found = condition(leaf("pathway", "altered", "SRC_ABL"))

    assert (found.fact, found.name, len(found.members)) == ("pathway", "SRC_ABL", len(pathways()["SRC_ABL"].members))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (leaf("lvef", "is", 5, unit="percent"), "operator 'is' does not fit; allowed: <, <=, >, >=, =="),
        (age("<", 3, wording="about"), "wording 'about' is none of exact, completed_years, unclear"),
        (
            leaf("lvef", "<", 3, unit="kg"),
            "unit 'kg' does not fit 'lvef'; possible: percent, fraction",
        ),
        (leaf("lvef", "<", -1, unit="percent"), "value -1 is negative or beyond any measurement"),
        (leaf("lvef", "<", 1e9 + 1, unit="percent"), "value 1000000001.0 is negative or beyond any measurement"),
        (leaf("lvef", "<", "3", unit="percent"), "value '3' is not a number"),
        (leaf("hiv", "is", "yes"), "value 'yes' is neither true nor false"),
        (leaf("prior_drug", "given", True, of="venetoclax"), "operator 'given' takes no value"),
        (leaf("pathway", "altered", "WNT"), "'WNT' is none of the pathways MAPK, SRC_ABL, JAK_STAT, PI3K_AKT"),
        (leaf("disease", "in", ["AML", "XML"]), "'XML' is no known family, group or entity of disease"),
        (leaf("variant", "present", "n/a"), "'n/a' is no known way to write a lesion"),
        (leaf("variant", "present", {"gene": "TP53", "origin": "germline"}), "origin 'germline' is not somatic"),
        (leaf("fusion", "present", "NPM1"), "'NPM1' is not a fusion"),
        (leaf("antigen", "expressed", of=" "), "'antigen' needs 'of': the antigen that is meant"),
        (leaf("antigen", "expressed", of="cd19"), "'cd19' is no known antigen"),
        (leaf("hiv", "is", value=True, of="x"), "'hiv' takes no 'of'"),
        (leaf("hiv", "is", value=True, unit="kg"), "'hiv' has no unit"),
        (leaf("sex", "in", ["female", ""]), "value must be a list of codes"),
        (leaf("sex", "in", ["female", 3]), "value must be a list of codes"),
        (leaf("antigen_percent", ">", 100.5, of="CD7", unit="percent"), "100.5 per cent of blasts is impossible"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place_with_the_value_in_question(document, reason):
    where, why = refusal({"all": [document]})

    assert (where, reason in why) == ("$.all[0]", True)


def test_a_study_is_whatever_it_is_called():
    assert condition(leaf("enrolled_in", "is", value=True, of="APAL2020SC")).about == "apal2020sc"


def test_a_leaf_keeps_what_is_said_of_it():
    found = parse(age("<", 3, id="E-02", kind="exclusion", ref="5.1.2", recoverable=True, curator="a person"))

    assert (found.id, found.fact, found.kind) == ("E-02", "age_at_submission", CriterionKind.EXCLUSION)
    assert (found.text, found.ref, found.curator) == ("About age_at_submission.", "5.1.2", "a person")
    assert found.recoverable is True


def test_what_is_not_said_of_a_leaf_is_empty():
    found = parse(age("<", 3))

    assert (found.ref, found.recoverable, found.curator) == ("", False, "")


def test_the_longest_text_is_read():
    assert len(parse(age("<", 3, text="x" * 2000)).text) == 2000


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"id": " "}, "$.id"),
        ({"id": 3}, "$.id"),
        ({"text": 3}, "$.text"),
        ({"text": ""}, "$.text"),
        ({"kind": None}, "$.kind"),
        ({"fact": None}, "$.fact"),
        ({"recoverable": 1}, "$.recoverable"),
        ({"zebra": 1, "apple": 1}, "$"),
    ],
)
def test_a_leaf_that_is_not_whole_is_refused_at_the_part_in_question(more, where):
    assert refusal(age("<", 3) | more)[0] == where


def test_the_first_unknown_key_by_name_is_told():
    assert refusal(age("<", 3) | {"zebra": 1, "apple": 1})[1] == "unknown key 'apple'"


@pytest.mark.parametrize(("text", "reason"), [("{", "not readable as JSON"), ("[" * 100_000, "nested deeper than 30")])
def test_text_that_is_no_json_is_refused_as_a_whole(text, reason):
    with pytest.raises(CriterionError, match=reason) as refused:
        parse_text(text)

    assert refused.value.path == "$"


def test_a_refusal_reads_as_place_and_reason():
    with pytest.raises(CriterionError, match=r"^\$\.kind: must be inclusion or exclusion$"):
        parse_text(json.dumps(age("<", 3, kind="maybe")))


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"at_least": {"n": 1, "of": {}}}, "$.at_least.of"),
        ({"at_least": {"n": 1, "of": [{}]}}, "$.at_least.of[0].fact"),
        ({"at_least": {"n": 3, "of": [age("<", 3), age("<", 2)]}}, "$.at_least.n"),
        ({"at_least": {"n": 1.0, "of": [age("<", 3)]}}, "$.at_least.n"),
        ({"at_least": []}, "$.at_least"),
        ({"not": {"any": [age("<", 3), {"all": [{}]}]}}, "$.not.any[1].all[0].fact"),
    ],
)
def test_a_broken_group_is_refused_with_the_path_to_it(document, where):
    assert refusal(document)[0] == where


def test_all_of_several_may_be_asked_for():
    assert parse({"at_least": {"n": 2, "of": [age("<", 3), age("<", 2)]}}).n == 2


LIMITS = [(">=", 18, "<=", 12), (">", 18, "<", 12), (">=", 18, "<", 17), (">", 18, "<=", 17)]


@pytest.mark.parametrize(("above", "low", "below", "high"), LIMITS)
@pytest.mark.parametrize("swapped", [False, True])
def test_limits_that_leave_no_age_are_refused_in_any_order(above, low, below, high, swapped):
    parts = [age(above, low, id="low"), age("<", 60), age(below, high, id="high")]

    assert refusal({"all": parts[::-1] if swapped else parts}) == ("$.all", "'low' and 'high' contradict each other")


@pytest.mark.parametrize(
    "parts",
    [
        [age(">=", 12), age("<=", 18)],
        [age(">=", 18), age("<=", 18)],
        [age(">=", 18), age("<=", 17, wording="unclear")],
        [age(">", 18), leaf("age_at_diagnosis", "<", 12, unit="years")],
        [age(">=", 18), leaf("hiv", "is", value=False), age(">=", 12)],
        [leaf("days_since_drug", op, n, unit="days", of="imatinib") for op, n in ((">", 9), ("<", 5))],
    ],
)
def test_limits_that_leave_some_age_are_read(parts):
    assert len(parse({"all": parts}).parts) == len(parts)


def test_a_tree_of_exactly_as_many_nodes_as_allowed_is_read():
    assert len(parse({"any": [age("<", 3) for _ in range(1999)]}).parts) == 1999
    assert refusal({"any": [age("<", 3) for _ in range(2000)]})[0] == "$.any[1999]"


def test_trees_that_are_too_deep_are_refused_where_they_become_so():
    document = age("<", 3)
    for _ in range(31):
        document = {"all": [document]}

    assert refusal(document) == ("$" + ".all[0]" * 31, "nested deeper than 30 levels")
    assert parse(document["all"][0])


def test_at_least_and_not_are_levels_too():
    document = age("<", 3)
    for _ in range(16):
        document = {"at_least": {"n": 1, "of": [{"not": document}]}}

    assert refusal(document)[1] == "nested deeper than 30 levels"
