"""Rows and groups are the same as the document: nothing is lost in either direction."""

import pytest
import yaml

from tests.trials.documents import leaf
from trials.curation.codes import Words
from trials.curation.sheets import (
    Faulty,
    Group,
    NotExpressible,
    Sheet,
    document_of,
    moved,
    sheet_of,
    with_copy,
    with_text,
)
from trials.curation.typed import Line
from trials.matching.criteria import MAX_TEXT
from trials.matching.vocabulary import diseases
from trials.services.catalogue import CATALOGUE

WORDS = Words({code: code for code in {*diseases().families, *diseases().groups, *diseases().group_of}})
PROTOCOL = """Inclusion Criteria:
1. Age 1 to 18 years
2. Relapsed or refractory ALL
Exclusion Criteria:
- Pregnancy
"""


def flag(number: int, group: str = "", **more) -> Line:
    return Line(f"I-{number:02d}", f"Sentence {number}.", fact="In relapse", group=group, **more)


def shape(document) -> object:
    """The document with ids instead of leaves."""
    if "id" in document:
        return document["id"]
    (rule, body), *_ = document.items()
    if rule == "not":
        return ("not", shape(body))
    if rule == "at_least":
        return (rule, body["n"], [shape(part) for part in body["of"]])
    return (rule, [shape(part) for part in body])


def built(*lines: Line, groups: tuple[Group, ...] = ()) -> object:
    return shape(document_of(Sheet(lines, groups), WORDS))[1]


def problems(*lines: Line, groups: tuple[Group, ...] = ()):
    with pytest.raises(Faulty) as found:
        document_of(Sheet(lines, groups), WORDS)
    return [(problem.path, problem.line, problem.column) for problem in found.value.problems]


@pytest.mark.parametrize("file", sorted(CATALOGUE.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_trial_of_the_catalogue_comes_back_as_it_was(file):
    for arm in yaml.safe_load(file.read_text(encoding="utf-8"))["arms"]:
        criteria = arm["criteria"]

        again = document_of(sheet_of(criteria, WORDS), WORDS)

        assert again == (criteria if "all" in criteria else {"all": [criteria]})


def test_an_empty_document_is_an_empty_sheet():
    assert sheet_of({}, WORDS) == Sheet()


def test_a_text_becomes_numbered_lines_that_nobody_compares():
    sheet = with_text(Sheet(), PROTOCOL)

    assert [(line.id, line.text, line.negated) for line in sheet.lines] == [
        ("I-01", "Age 1 to 18 years", False),
        ("I-02", "Relapsed or refractory ALL", False),
        ("E-01", "Pregnancy", True),
    ]
    assert built(*sheet.lines) == ["I-01", "I-02", ("not", "E-01")]


def test_a_second_text_is_numbered_on():
    sheet = with_text(with_text(Sheet(), PROTOCOL), PROTOCOL)

    assert [line.id for line in sheet.lines] == ["I-01", "I-02", "E-01", "I-03", "I-04", "E-02"]


def test_a_copied_line_keeps_the_sentence_and_gets_the_next_number():
    sheet = with_copy(Sheet((flag(1), flag(2, "A"))), 1)

    copy = sheet.lines[2]
    assert (copy.id, copy.text, copy.group, copy.fact) == ("I-03", "Sentence 2.", "A", "")


def test_a_letter_alone_means_any_of_these():
    assert built(flag(1, "A"), flag(2), flag(3, "A")) == [("any", ["I-01", "I-03"]), "I-02"]


def test_groups_stand_inside_each_other():
    groups = (Group("A"), Group("B", "all", inside="A", negated=True))

    assert built(flag(1, "B"), flag(2, "B"), flag(3, "A"), groups=groups) == [
        ("any", [("not", ("all", ["I-01", "I-02"])), "I-03"])
    ]


def test_at_least_two_of_three():
    lines = [flag(number, "A") for number in (1, 2, 3)]

    assert built(*lines, groups=(Group("A", "at_least", 2),)) == [("at_least", 2, ["I-01", "I-02", "I-03"])]


def test_a_group_without_lines_is_left_out():
    assert built(flag(1), groups=(Group("Z", "all"),)) == ["I-01"]


def test_every_faulty_line_is_named_with_its_path():
    bad = Line("I-02", "Sentence.", fact="Age now", op="<", value="x", group="A", negated=True)

    assert problems(flag(1), bad, Line("", "No number.", group="A")) == [
        ("$.all[1].any[0].not", 1, "value"),
        ("$.all[1].any[1].id", 2, "id"),
    ]


@pytest.mark.parametrize(
    ("lines", "groups", "path"),
    [
        ((), (), "$"),
        ((flag(1), flag(1)), (), "$.all[1].id"),
        ((flag(1, "A"),), (Group("A", "at_least", 2),), "$.all[0].at_least.n"),
        ((flag(1, "A"),), (Group("A", inside="B"), Group("B", inside="A")), "$"),
    ],
)
def test_what_is_wrong_with_the_whole_is_named_with_its_path(lines, groups, path):
    assert problems(*lines, groups=groups)[0][0] == path


def test_a_sentence_that_is_too_long_is_refused():
    assert problems(Line("I-01", "x" * (MAX_TEXT + 1))) == [("$.all[0].text", 0, "text")]


def test_limits_that_contradict_each_other_are_refused():
    old = Line("I-01", "Old.", fact="Age now", op=">", value="30", unit="years")
    young = Line("I-02", "Young.", fact="Age now", op="<", value="2", unit="years")

    assert problems(old, young) == [("$.all", None, "")]


def test_a_not_below_a_not_is_left_to_json():
    with pytest.raises(NotExpressible):
        sheet_of({"not": {"not": leaf("in_relapse", "is", True)}}, WORDS)


def test_more_groups_than_letters_are_left_to_json():
    with pytest.raises(NotExpressible):
        sheet_of({"all": [{"any": [leaf("in_relapse", "is", True)]} for _ in range(27)]}, WORDS)


def order_of(*lines: Line, move: str, up: bool, groups: tuple[Group, ...] = ()) -> list[str]:
    """The numbers of the lines after one was moved."""
    index = [line.id for line in lines].index(move)
    return [line.id for line in moved(Sheet(lines, groups), index, up=up).lines]


def test_a_line_trades_places_with_its_neighbour():
    lines = [flag(number) for number in (1, 2, 3)]

    assert order_of(*lines, move="I-02", up=True) == ["I-02", "I-01", "I-03"]
    assert order_of(*lines, move="I-02", up=False) == ["I-01", "I-03", "I-02"]


@pytest.mark.parametrize(("number", "up"), [("I-01", True), ("I-02", False)])
def test_nothing_moves_beyond_the_ends(number, up):
    assert order_of(flag(1), flag(2), move=number, up=up) == ["I-01", "I-02"]


def test_a_line_passes_a_group_as_a_whole():
    lines = [flag(1), flag(2, "A"), flag(3, "A"), flag(4)]

    assert order_of(*lines, move="I-04", up=True) == ["I-01", "I-04", "I-02", "I-03"]
    assert order_of(*lines, move="I-01", up=False) == ["I-02", "I-03", "I-01", "I-04"]


def test_the_first_of_a_group_takes_the_group_along():
    lines = [flag(1), flag(2, "A"), flag(3, "A"), flag(4, "B"), flag(5, "B")]

    assert order_of(*lines, move="I-02", up=True) == ["I-02", "I-03", "I-01", "I-04", "I-05"]
    assert order_of(*lines, move="I-03", up=False) == ["I-01", "I-04", "I-05", "I-02", "I-03"]


def test_within_a_group_lines_trade_places():
    assert order_of(flag(1, "A"), flag(2, "A"), flag(3), move="I-02", up=True) == ["I-02", "I-01", "I-03"]


def test_a_group_within_a_group_moves_inside_it():
    groups = (Group("A"), Group("B", "all", inside="A"))
    lines = [flag(1, "A"), flag(2, "B"), flag(3, "B"), flag(4)]

    assert order_of(*lines, move="I-03", up=False, groups=groups) == ["I-04", "I-01", "I-02", "I-03"]
    assert order_of(*lines, move="I-02", up=True, groups=groups) == ["I-02", "I-03", "I-01", "I-04"]


def test_groups_that_stand_inside_each_other_do_not_trap_the_page():
    groups = (Group("A", inside="B"), Group("B", inside="A"))

    assert order_of(flag(1, "A"), flag(2, "B"), move="I-02", up=True, groups=groups) == ["I-02", "I-01"]


@pytest.mark.parametrize("file", sorted(CATALOGUE.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_move_is_what_the_document_says_afterwards(file):
    for arm in yaml.safe_load(file.read_text(encoding="utf-8"))["arms"]:
        sheet = sheet_of(arm["criteria"], WORDS)
        for index in range(len(sheet.lines)):
            after = moved(sheet, index, up=False)
            saved = sheet_of(document_of(after, WORDS), WORDS)
            assert [line.id for line in saved.lines] == [line.id for line in after.lines]
