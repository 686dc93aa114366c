"""Rows that are added and taken away in what was typed."""

import pytest
from django.http import QueryDict

from cases.forms.rows import MOST_ROWS, typed_with_changed_rows


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
