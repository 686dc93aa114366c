"""What a curator types is read as one leaf, or refused with the column and a sentence."""

import pytest

from trials.curation.codes import Words
from trials.curation.typed import Line, Unclear, fact_name, fact_named, leaf_of, line_of
from trials.matching.registry import FACTS, FactKind

WORDS = Words({"ALL_LBL": "ALL or lymphoblastic lymphoma", "AML": "AML"}, {"NL": "Netherlands"})


def read(fact: str, **typed) -> dict:
    leaf = leaf_of(Line("I-01", "A sentence.", fact=fact, **typed), WORDS)
    return {key: leaf[key] for key in leaf if key not in ("id", "kind", "text", "fact")}


def refused(fact: str, **typed) -> str:
    with pytest.raises(Unclear) as found:
        leaf_of(Line("I-01", "A sentence.", fact=fact, **typed), WORDS)
    return f"{found.value.column}: {found.value.reason}"


def test_every_fact_is_found_by_its_name_and_by_its_code():
    assert {name for name, spec in FACTS.items() if fact_named(fact_name(spec)) != spec} == set()
    assert fact_named(" AGE  now ") == fact_named("age_at_submission")


def test_every_fact_that_takes_codes_knows_their_words():
    coded = [spec for spec in FACTS.values() if spec.kind in (FactKind.CODE, FactKind.CODES)]

    assert [spec.name for spec in coded if not WORDS.of(spec)] == []


@pytest.mark.parametrize(
    ("fact", "typed", "leaf"),
    [
        ("", {}, {"op": "unread"}),
        ("Age now", {"op": "<=", "value": "18", "unit": "years"}, {"op": "<=", "value": 18, "unit": "years"}),
        ("LDH", {"op": "<", "value": "2,5"}, {"op": "<", "value": 2.5, "unit": "xULN"}),
        ("Diagnosis", {"value": "all or LYMPHOBLASTIC lymphoma; AML"}, {"op": "in", "value": ["ALL_LBL", "AML"]}),
        ("Country", {"value": "Netherlands"}, {"op": "in", "value": ["NL"]}),
        ("In relapse", {}, {"op": "is", "value": True}),
        ("In relapse", {"value": "No"}, {"op": "is", "value": False}),
        ("Gene variant", {"value": "FLT3-ITD"}, {"op": "present", "value": "FLT3-ITD"}),
        (
            "Gene variant",
            {"value": "gene: NRAS; origin: somatic"},
            {"op": "present", "value": {"gene": "NRAS", "origin": "somatic"}},
        ),
        ("Pathway", {"value": "mapk"}, {"op": "altered", "value": "MAPK"}),
        ("Surface antigen", {"about": "cd19"}, {"of": "CD19", "op": "expressed"}),
        ("prior_drug", {"about": "venetoclax"}, {"of": "venetoclax", "op": "given"}),
        ("Sites of disease", {"value": "bone marrow"}, {"op": "any_of", "value": ["bone_marrow"]}),
    ],
)
def test_words_become_what_the_engine_compares(fact, typed, leaf):
    assert read(fact, **typed) == leaf


@pytest.mark.parametrize(
    ("fact", "typed", "sentence"),
    [
        ("", {"value": "5"}, "fact: Name the fact that is compared"),
        ("Shoe size", {}, "fact: “Shoe size” is no fact"),
        ("Age now", {"value": "18", "unit": "years"}, "op: Choose how “Age now” is compared"),
        ("In relapse", {"op": ">="}, "op: “In relapse” is not compared with a number"),
        ("Age now", {"op": "<", "value": "eighteen"}, "value: “eighteen” is not a number"),
        ("Platelets", {"op": ">", "value": "1,000"}, "value: “1,000” is not a number"),
        ("In relapse", {"value": "maybe"}, "value: Write yes or no"),
        ("Sex", {"value": "femal"}, "value: “femal” is no answer to “Sex”; possible: female; male"),
        ("Diagnosis", {"value": " ; "}, "value: Write at least one answer"),
    ],
)
def test_what_is_not_clear_is_refused_with_its_column(fact, typed, sentence):
    assert refused(fact, **typed).startswith(sentence)


def test_wording_marks_and_place_are_kept():
    line = Line(
        "I-02", "1 to 18 years.", ref="4.1", fact="Age now", op="<=", value="18", unit="years", wording="unclear",
        recoverable=True, curator="MJ",
    )  # fmt: skip

    leaf = leaf_of(line, WORDS)

    assert (leaf["ref"], leaf["wording"], leaf["recoverable"], leaf["curator"]) == ("4.1", "unclear", True, "MJ")
    assert line_of(leaf, WORDS, negated=False, group="") == line


def test_a_fact_that_has_left_the_registry_is_shown_by_its_code():
    line = line_of({"id": "I-1", "fact": "gone", "op": "is"}, WORDS, negated=False, group="")

    assert (line.fact, line.op) == ("gone", "")
