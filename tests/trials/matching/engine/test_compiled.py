"""A compiled catalogue says of every kind of criterion what plain recursion says, at every border."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from tests.trials.documents import age, aged, antigen, facts, fusion, leaf, specimen, variant
from tests.trials.generator import random_content, random_tree
from tests.trials.matching.engine.cases import MET, NOT_MET, OPERATORS, RANGES, UNKNOWN, stating, stating_about
from trials.matching.answers import Reason
from trials.matching.compile import compile_catalogue
from trials.matching.criteria import CriterionError, parse
from trials.matching.evaluate import Outcome, evaluate_tree, outcome_of
from trials.matching.facts import facts_of
from trials.matching.facts.model import Therapy

LVEF = [leaf("lvef", op, limit, unit="percent") for op in OPERATORS for limit in (40, 45, 50)]
AGES = [
    age(op, years, wording=wording)
    for op in OPERATORS[:4]
    for years in (9, 10, 11)
    for wording in ("exact", "completed_years", "unclear")
]
DAYS = [
    leaf("days_since_class", op, limit, unit="days", of=name)
    for op in OPERATORS
    for limit in (40, 45, 50)
    for name in ("glucocorticoid", "asparaginase")
]
RESISTANT = [
    leaf("resistant_to_class", "is", value=wanted, of=name)
    for wanted in (True, False)
    for name in ("glucocorticoid", "asparaginase")
]
EXPOSURES = [
    *(leaf("prior_drug", "given", of=name) for name in ("venetoclax", "nelarabine", "blinatumomab")),
    *(leaf("prior_class", "given", of=name) for name in ("glucocorticoid", "asparaginase", "anthracycline")),
]
MOLECULAR = [
    *(leaf("variant", "present", text) for text in ("NRAS", "FLT3-ITD", "TP53", "NRAS p.G12D")),
    *(leaf("fusion", "present", text) for text in ("KMT2A-r", "KMT2A::AFF1", "ABL-class", "BCR::ABL1")),
    leaf("pathway", "altered", "MAPK"),
]
ANTIGENS = [
    *(leaf("antigen", "expressed", of=name) for name in ("CD19", "CD22", "CD33")),
    *(
        leaf("antigen_percent", op, limit, unit="percent", of=name)
        for op in OPERATORS
        for limit in (10, 20, 30)
        for name in ("CD19", "CD22")
    ),
]
CODES = [
    leaf("sex", "in", ["female"]),
    leaf("sex", "in", ["male", "female"]),
    leaf("sites", "any_of", ["CNS"]),
    leaf("disease", "in", ["T_ALL"]),
    leaf("disease", "in", ["AML", "BALL_PH_LIKE"]),
    leaf("hiv", "is", value=True),
    leaf("hiv", "is", value=False),
    leaf("down_syndrome", "is", value=True),
    leaf("unread_criteria", "unread"),
]


def agrees(documents, *cases) -> bool:
    """Compile the criteria, each plain, excluded and recoverable, into one catalogue and compare it case by case."""
    more = [{"not": one | {"id": f"{one['id']}-not"}} for one in documents]
    hoped = [one | {"id": f"{one['id']}-hoped", "recoverable": True} for one in documents]
    trees = [parse(document) for document in (*documents, *more, *hoped)]
    catalogue = compile_catalogue(trees)
    return all(
        catalogue.verdicts(case).tolist() == [evaluate_tree(tree, case) for tree in trees]
        and catalogue.outcomes(case) == [outcome_of(tree, case) for tree in trees]
        for case in cases
    )


def test_limits_on_a_number_known_within_a_range():
    assert agrees([*LVEF, *AGES], *(stating("lvef", value) for value in RANGES))


def test_limits_without_equality_are_compared_in_a_catalogue_of_their_own():
    assert agrees([one for one in LVEF if one["op"] != "=="], *(stating("lvef", value) for value in RANGES))


def test_ages_at_a_birthday_in_every_wording():
    assert agrees(AGES, *(aged(months) for months in (107, 108, 119, 120, 121, 131, 132, 143, 144)), facts())


def test_ages_of_one_wording_stand_beside_others():
    exact = [one for one in AGES if one["wording"] == "exact"]

    assert agrees(exact, *(aged(months) for months in (119, 120, 121)))
    assert agrees([exact[0], AGES[2]], *(aged(months) for months in (107, 108, 119, 120)))


@pytest.mark.parametrize("otherwise", [None, RANGES[0], RANGES[-1]])
def test_limits_about_names_that_are_found_and_those_that_are_not(otherwise):
    cases = [stating_about("days_since_class", otherwise, glucocorticoid=value) for value in (None, *RANGES)]

    assert agrees(DAYS, *cases, stating_about("days_since_class", otherwise, anthracycline=RANGES[1]))


@pytest.mark.parametrize("otherwise", [None, True, False])
def test_flags_about_names_that_are_found_and_those_that_are_not(otherwise):
    cases = [stating_about("resistant_to_class", otherwise, glucocorticoid=value) for value in (None, True, False)]

    assert agrees(RESISTANT, *cases, stating_about("resistant_to_class", otherwise, anthracycline=True))


def test_earlier_drugs_and_classes_that_were_given_hidden_or_unclear():
    given = {"drugs": {"venetoclax": "line 1"}, "classes": {"glucocorticoid": "line 1"}}
    hidden = {"nelarabine": Reason.CONDITIONING, "asparaginase": Reason.CONDITIONING, "glucocorticoid": Reason.NO_DAY}
    cases = [
        replace(facts(), therapy=Therapy(**given, drugs_unclear=drugs, classes_unclear=classes, hidden=held))
        for drugs in (None, Reason.DRUG_NAME)
        for classes in (None, Reason.DRUG_CLASS)
        for held in ({}, hidden)
    ]

    assert agrees(EXPOSURES, *cases, facts())


@pytest.mark.parametrize("only", [EXPOSURES[:3], EXPOSURES[3:]])
def test_a_catalogue_may_ask_for_drugs_only_or_for_classes_only(only):
    in_lines = replace(facts(), therapy=Therapy({"venetoclax": "line 1"}, {"asparaginase": "line 1"}, None, None))

    assert agrees(only, in_lines, facts())


def test_lesions_and_pathways_of_genes_that_were_found_looked_for_or_not():
    found = specimen(variants=[variant("NRAS", hgvs_p="p.G12D")], fusions=[fusion("KMT2A", "AFF1")])
    absent = specimen(tested_absent=["NRAS", "KMT2A-r", "ABL-class", "FLT3-ITD"])

    assert agrees(MOLECULAR, facts(found), facts(absent), facts(specimen()), facts())


def test_antigens_with_and_without_a_share():
    shares = [(share, strength) for share in ("0", "10", "20", "25", None) for strength in ("negative", "bright")]
    cases = [facts(specimen(antigens=[antigen("CD19", *one), antigen("CD33", *one)])) for one in shares]
    of_other_cells = facts(specimen(antigens=[antigen("CD19", "50", percent_of="nucleated_cells")]))
    stale = facts(
        specimen(day=1, antigens=[antigen("CD19", "50")]),
        therapy_lines=[{"line_number": 1, "drugs": [{"code": "blinatumomab"}], "start_on_day": 800}],
    )

    assert agrees(ANTIGENS, *cases, of_other_cells, stale, facts())


def test_codes_lists_diseases_and_flags():
    t_all = {"disease_group": "T_ALL", "entity": {"code": ""}}
    cases = [
        *(facts(patient={"sex": sex, "down_syndrome": "no"}) for sex in ("female", "male", "")),
        facts(diagnosis=t_all),
        *(stating("sites", frozenset(sites)) for sites in ({"CNS"}, {"testis"}, set())),
        *(stating("hiv", value) for value in (True, False, None)),
    ]

    assert agrees(CODES, *cases)


def test_a_code_that_comes_again_gets_the_verdicts_of_the_first_time():
    catalogue = compile_catalogue([parse(one) for one in CODES[:2]])
    women, men = (facts(patient={"sex": sex}) for sex in ("female", "male"))

    assert [catalogue.verdicts(one).tolist() for one in (women, men, women)] == [[2, 2], [0, 2], [2, 2]]


GROUPS = [[LVEF[0], LVEF[4]], [LVEF[0], AGES[0], CODES[0]], [CODES[0], CODES[5], AGES[0], LVEF[0]]]


@pytest.mark.parametrize("parts", GROUPS, ids=len)
@pytest.mark.parametrize("seed", range(6))
def test_groups_of_every_size_plain_and_excluded(parts, seed):
    def deep(kind, chosen):
        return {"at_least": {"n": kind, "of": chosen}} if isinstance(kind, int) else {kind: chosen}

    kinds = ("all", "any", *range(1, len(parts) + 1))
    inner = [deep(kind, parts) for kind in kinds]
    named = [parse(numbered(one, str(place))) for place, one in enumerate([*inner, *({"not": one} for one in inner)])]
    catalogue, case = compile_catalogue(named), facts_of(random_content(Random(seed)))

    assert catalogue.verdicts(case).tolist() == [evaluate_tree(tree, case) for tree in named]


def numbered(document, prefix: str):
    """Give every leaf an id of its own, so that one criterion can stand in many places."""
    if "fact" in document:
        return document | {"id": f"{prefix}-{document['id']}"}
    ((kind, body),) = document.items()
    if kind == "at_least":
        return {kind: {"n": body["n"], "of": [numbered(one, f"{prefix}{n}") for n, one in enumerate(body["of"])]}}
    if kind == "not":
        return {kind: numbered(body, f"{prefix}n")}
    return {kind: [numbered(one, f"{prefix}{n}") for n, one in enumerate(body)]}


def test_at_least_two_of_three_count_a_criterion_that_stands_twice_twice():
    young, old = age("<", 18), age(">=", 18)
    tree = {"at_least": {"n": 2, "of": [young, young | {"id": "again"}, old]}}

    assert compile_catalogue([parse(tree)]).verdicts(aged(120)).tolist() == [MET]


def test_not_now_is_said_only_where_what_fails_may_recover():
    alt = leaf("alt", "<=", 5, unit="xULN", recoverable=True)
    lvef = leaf("lvef", ">=", 50, unit="percent")
    trees = [parse(tree) for tree in (alt, {"all": [alt, lvef]}, {"all": [alt | {"id": "x"}, age("<", 18)]}, lvef)]
    case = facts(condition={"alt_x_uln": "9", "lvef_pct": "30"}, patient={"age_months_at_submission": 120})

    assert compile_catalogue(trees).outcomes(case) == [
        Outcome.NOT_NOW,
        Outcome.CRITERION_NOT_MET,
        Outcome.NOT_NOW,
        Outcome.CRITERION_NOT_MET,
    ]


@pytest.mark.parametrize("seed", range(3))
def test_random_trees_and_cases(seed):
    random = Random(seed)
    trees = []
    while len(trees) < 60:
        try:
            trees.append(parse(random_tree(random, random.randint(1, 14))))
        except CriterionError:  # an age above its own limit
            continue
    catalogue = compile_catalogue(trees)

    for case in [facts_of(random_content(random)) for _ in range(6)]:
        assert catalogue.verdicts(case).tolist() == [evaluate_tree(tree, case) for tree in trees]
        assert catalogue.outcomes(case) == [outcome_of(tree, case) for tree in trees]


def test_equal_criteria_are_kept_once_also_where_they_are_excluded():
    tree = {"all": [{"any": [LVEF[0], CODES[0]]}, {"not": CODES[0]}, AGES[0]]}

    assert compile_catalogue([parse(numbered(tree, str(n))) for n in range(40)]).distinct_conditions == 3


def test_a_verdict_takes_one_byte():
    catalogue = compile_catalogue([parse(one) for one in (*LVEF, *AGES, *DAYS, *ANTIGENS)])

    assert {catalogue.verdicts(case).dtype for case in (facts(), aged(120), stating("lvef", RANGES[0]))} == {
        np.dtype("int8")
    }


def test_an_empty_catalogue_has_no_verdicts():
    assert compile_catalogue([]).verdicts(facts()).tolist() == []


def test_a_criterion_nobody_has_read_is_open_whatever_is_known():
    assert compile_catalogue([parse(CODES[-1])]).verdicts(aged(120)).tolist() == [UNKNOWN]


def test_a_group_of_one_is_that_one():
    trees = [parse(numbered({kind: [LVEF[0]]}, kind)) for kind in ("all", "any")]
    at_least = parse({"at_least": {"n": 1, "of": [LVEF[0]]}})

    verdicts = compile_catalogue([*trees, at_least, parse({"not": {"any": [LVEF[0]]}})])
    assert verdicts.verdicts(stating("lvef", RANGES[-1])).tolist() == [NOT_MET, NOT_MET, NOT_MET, MET]
