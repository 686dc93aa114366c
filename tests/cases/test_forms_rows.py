"""Rows that are added and taken away in what was typed."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from cases.forms.findings import TABLES
from cases.forms.rows import MOST_ROWS, RowWords, rows_of, typed_with_changed_rows
from cases.forms.therapy import TherapyRow

LINES = rows_of(TherapyRow, RowWords("Line", "Lines", "Add another line"))


def typed(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("__", "-")] = value
    return data


THREE = {"v__TOTAL_FORMS": "3", "v__0__gene": "A", "v__1__gene": "B", "v__2__gene": "C", "note": "kept"}


def test_one_row_more():
    changed = typed_with_changed_rows(typed(**THREE), add="v")

    assert (changed["v-TOTAL_FORMS"], changed["v-2-gene"], changed["note"]) == ("4", "C", "kept")


def test_never_more_rows_than_may_be_sent():
    assert typed_with_changed_rows(typed(v__TOTAL_FORMS="100"), add="v")["v-TOTAL_FORMS"] == str(MOST_ROWS)


@pytest.mark.parametrize(("row", "left"), [(0, ["B", "C"]), (1, ["A", "C"]), (2, ["A", "B"])])
def test_one_row_less_closes_the_gap(row, left):
    changed = typed_with_changed_rows(typed(**THREE), remove=f"v-{row}")

    assert [changed.get(f"v-{n}-gene") for n in (0, 1, 2)] == [*left, None]
    assert (changed["v-TOTAL_FORMS"], changed["note"]) == ("2", "kept")


@pytest.mark.parametrize("remove", ["v-3", "v-x", "w-0", "v", "-", ""])
def test_a_row_that_is_not_there_is_not_removed(remove):
    changed = typed_with_changed_rows(typed(**THREE), remove=remove)

    assert [changed[f"v-{n}-gene"] for n in (0, 1, 2)] == ["A", "B", "C"]


@pytest.mark.parametrize("total", ["", "-1", "many", "999999999999"])
def test_a_count_that_makes_no_sense_does_no_harm(total):
    changed = typed_with_changed_rows(typed(v__TOTAL_FORMS=total), add="v")

    assert 1 <= int(changed["v-TOTAL_FORMS"]) <= MOST_ROWS


def test_what_was_typed_is_left_as_it_was():
    data = typed(**THREE)

    typed_with_changed_rows(data, remove="v-0")

    assert data["v-0-gene"] == "A"


STORED = [{"gene_symbol": "IL7R", "vaf": Decimal("0.39"), "depth": 120, "zygosity": "heterozygous"}]


def variants(data=None, stored=STORED):
    return TABLES["variants"](data, prefix="variants", stored=stored)


def sent(**values) -> QueryDict:
    return typed(variants__TOTAL_FORMS="1", variants__INITIAL_FORMS="0", **values)


def test_a_filled_row_is_folded_and_says_how_much_stands_in_it():
    [row] = variants().forms

    assert (row.is_open, row.on_demand) == (False, "2 answers")


def test_a_row_in_which_something_on_demand_is_wrong_is_unfolded():
    [row] = variants(sent(variants__0__gene_symbol="IL7R", variants__0__depth="many")).forms

    assert (row.is_valid(), row.is_open) == (False, True)


def test_a_row_that_was_just_added_is_unfolded_and_no_other():
    rows = variants(typed_with_changed_rows(sent(variants__0__gene_symbol="IL7R"), add="variants"))
    rows.as_typed()

    rows.focus_after_change(added=True)

    assert [row.is_open for row in rows.forms] == [False, True]


def test_a_line_says_how_many_entries_are_folded_into_it():
    toxicities = [{"term": "neuropathy", "grade": 2}, {"term": "pancreatitis", "grade": 3}]
    rows = LINES(None, prefix="lines", stored=[{"trial_id": "none", "toxicities": toxicities}])

    assert (rows.forms[0].is_open, rows.forms[0].on_demand) == (False, "1 answer, 2 entries")


def test_a_line_to_which_a_toxicity_was_added_stays_unfolded():
    data = typed(lines__TOTAL_FORMS="1", lines__INITIAL_FORMS="0", lines__0__setting="frontline")
    rows = LINES(typed_with_changed_rows(data, add="lines-0-toxicities"), prefix="lines")
    rows.as_typed()

    rows.forms[0].tables["toxicities"].focus_after_change(added=True)

    assert rows.forms[0].is_open
