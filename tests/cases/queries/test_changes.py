from copy import deepcopy

import pytest

from cases.models import BoardAnswer
from cases.queries.changes import ChangeKind, changes_between, without_before
from cases.queries.dossier_lists import BLOCKS
from cases.queries.germline import READ
from cases.services.contents import content_of
from tests.factories.dossier import full_case

pytestmark = pytest.mark.django_db
KINDS = [kind for _title, _answers, kinds in BLOCKS for kind in kinds]


@pytest.fixture
def content():
    return content_of(full_case())


def told(before, after):
    return [(c.place, c.row, c.label, c.before, c.after) for c in all_of(changes_between(before, after, READ))]


def all_of(blocks):
    return [change for block in blocks for change in block.changes]


def specimen(content, label="S2"):
    return next(row for row in content["specimens"] if row["label"] == label)


def all_kinds(kinds):
    return [inner for kind in kinds for inner in (kind, *all_kinds((*kind.inner, *kind.single)))]


def test_the_same_dossier_differs_in_nothing(content):
    assert changes_between(content, deepcopy(content), READ) == []


def test_changed_answers_stand_under_their_block_in_words_and_units(content):
    after = deepcopy(content)
    after["condition"]["qtcf_ms"] = 480
    after["status"]["sites"] = ["bone_marrow"]

    blocks = changes_between(content, after, READ)

    assert [block.title for block in blocks] == ["Disease now", "Condition"]
    assert told(content, after) == [
        ("", "", "Sites of disease", "bone marrow, mediastinum", "bone marrow"),
        ("", "", "QTc", "441\N{NO-BREAK SPACE}ms", "480\N{NO-BREAK SPACE}ms"),
    ]


def test_an_age_that_reads_the_same_is_no_change(content):
    after = deepcopy(content)
    content["patient"]["age_months_at_submission"] = 97
    after["patient"]["age_months_at_submission"] = 98

    assert told(content, after) == []


def test_a_changed_fraction_names_its_specimen_and_its_variant(content):
    after = deepcopy(content)
    found = specimen(content)
    variant = specimen(after)["variants"][0]
    variant["vaf"] = "0.44"

    [(place, row, label, before, now)] = told(content, after)

    assert place.startswith(f"{found['label']}, ")
    assert variant["gene"] in row
    assert (label, before, now) == ("Allele fraction", "39\N{NO-BREAK SPACE}%", "44\N{NO-BREAK SPACE}%")


def test_an_answer_taken_back_reads_as_not_stated(content):
    after = deepcopy(content)
    specimen(after)["variants"][0]["vaf"] = None

    assert [line[3:] for line in told(content, after)] == [("39\N{NO-BREAK SPACE}%", "not stated")]


def test_a_new_row_changes_no_other(content):
    after = deepcopy(content)
    after["transplants"].insert(0, {"number": 9, "donor": "MSD"})

    [change] = all_of(changes_between(content, after, READ))

    assert (change.kind, change.row, change.after) == (ChangeKind.ADDED, "Transplant 9", "Donor: matched sibling")


def test_a_removed_line_is_told_with_its_drugs(content):
    after = deepcopy(content)
    removed = after["therapy_lines"].pop()

    changes = all_of(changes_between(content, after, READ))

    assert {change.kind for change in changes} == {ChangeKind.REMOVED}
    assert changes[0].row == f"Line {removed['line_number']}, {removed['regimen_name']}"
    assert len(changes) == 1 + len(removed["drugs"]) + len(removed["toxicities"])


def test_a_corrected_name_is_a_change_where_no_other_row_could_be_meant(content):
    after = deepcopy(content)
    after["therapy_lines"][0]["regimen_name"] = "Corrected"

    assert [(line[2], line[4]) for line in told(content, after)] == [("Regimen", "Corrected")]


def test_rows_of_one_name_are_told_apart_by_their_order(content):
    variant = specimen(content)["variants"][0]
    specimen(content)["variants"] = [variant, {**variant, "vaf": "0.1"}]
    after = deepcopy(content)
    specimen(after)["variants"][1]["vaf"] = "0.2"

    assert [line[3:] for line in told(content, after)] == [("10\N{NO-BREAK SPACE}%", "20\N{NO-BREAK SPACE}%")]


def test_a_new_specimen_brings_its_findings_and_its_karyotype(content):
    before = {**content, "specimens": [row for row in content["specimens"] if row["label"] != "S2"]}

    changes = all_of(changes_between(before, content, READ))

    assert {change.kind for change in changes} == {ChangeKind.ADDED}
    assert changes[0].row.startswith("S2, ")
    assert {change.place for change in changes[1:]} == {changes[0].row}
    assert any(change.row == "Karyotype" for change in changes) == bool(specimen(content)["karyotype"])


def test_who_may_not_read_the_earlier_one_learns_none_of_its_words(content):
    after = deepcopy(content)
    after["case"]["question_text"] = "What now?"
    after["transplants"] = []

    blocks = without_before(changes_between(content, after, READ))

    assert {change.before for change in all_of(blocks)} == {""}
    assert [change.after for change in all_of(blocks)] == ["What now?"]
    assert sum(block.removed for block in blocks) == len(content["transplants"])


def test_every_list_of_a_dossier_is_compared(content):
    """A list that a form gains must get a row of the table, or its changes would be silent."""
    lists = {name for name, value in content.items() if isinstance(value, list)}
    lists |= {
        f"{name}.{inner}"
        for name, value in content.items()
        if isinstance(value, dict)
        for inner, rows in value.items()
        if isinstance(rows, list) and rows and isinstance(rows[0], dict)
    }

    assert lists - {"board_questions", "transcriptions"} == {kind.key for kind in KINDS}


def test_every_list_of_a_specimen_a_line_and_a_panel_is_compared(content):
    for kind in (kind for kind in KINDS if kind.inner):
        lists = {name for row in content[kind.key] for name, value in row.items() if is_rows(value)}

        assert lists <= {inner.key for inner in (*kind.inner, *kind.single)}


def is_rows(value):
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def test_no_two_questions_of_a_row_are_asked_in_the_same_words():
    """Answers are compared by their question."""
    for model in {kind.model for kind in all_kinds(KINDS)} - {BoardAnswer}:
        labels = [column.verbose_name for column in model._meta.concrete_fields if not column.is_relation]

        assert len(labels) == len(set(labels)), model.__name__
