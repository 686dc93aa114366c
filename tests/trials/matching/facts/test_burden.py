"""Blasts, residual disease and masses."""

import math

import pytest

from tests.trials.documents import answer, facts, leaf, stated, verdict
from trials.matching.answers import Reason
from trials.matching.intervals import Interval


def mrd(fraction: str | None, comparator: str = "=", **more: object) -> dict[str, object]:
    row = {"is_current": True, "status": "done", "tissue": "BM", "method": "flow", "mrd_fraction": fraction}
    return {**row, "comparator": comparator, **more}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([mrd("0.04")], Interval(0.04, 0.04)),
        ([mrd("0.0001", "<")], Interval(0, 0.0001, high_open=True)),
        ([mrd("0.1", ">=")], Interval(0.1, 1.0)),
        ([mrd("0.04"), mrd("0.02", method="IG_TR_qPCR")], Interval(0.02, 0.04)),
        ([mrd(None, quantifiable="no")], Reason.NOT_QUANTIFIABLE),
        ([mrd(None, status="pending")], Reason.PENDING),
        ([mrd(None, status="not_done")], Reason.NOT_TESTED),
        ([mrd(None, status="failed")], Reason.FAILED),
        ([mrd("0.04", tissue="PB")], Reason.NOT_GIVEN),
        ([mrd("0.04", is_current=False)], Reason.NOT_GIVEN),
        ([], Reason.NOT_GIVEN),
    ],
)
def test_residual_disease_is_what_all_current_marrow_values_allow(rows, expected):
    assert stated("mrd", mrd=rows) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [(mrd("0.0001"), "met"), (mrd("0.0001", "<"), "not_met"), (mrd("0.01", "<"), "unknown")],
)
def test_below_a_limit_decides_only_what_the_limit_allows(row, expected):
    assert verdict(leaf("mrd", ">=", 0.01, unit="percent"), facts(mrd=[row])) == expected


def test_a_value_below_a_limit_says_that_it_is_not_exact():
    found = answer(leaf("mrd", ">=", 0.01, unit="percent"), facts(mrd=[mrd("0.01", "<")]))

    assert (found.found, found.reason) == ("< 1 % (flow)", Reason.DETAIL)


def test_the_method_behind_the_value_is_a_fact_of_its_own():
    assert stated("mrd_method", mrd=[mrd("0.04"), mrd("0.02", method="IG_TR_qPCR")]) == {"flow", "IG_TR_qPCR"}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ({"bm_blasts_flow_pct_of_cells": "2", "bm_blasts_flow_comparator": "<"}, Interval(0, 2, high_open=True)),
        ({"bm_blasts_flow_pct_of_cells": "90", "bm_blasts_flow_comparator": ">"}, Interval(90, 100)),
        ({"bm_blasts_status": "not_done"}, Reason.NOT_TESTED),
        ({"bm_blasts_status": "pending"}, Reason.PENDING),
        ({}, Reason.NOT_GIVEN),
    ],
)
def test_a_marrow_that_was_not_done_is_not_an_empty_one(status, expected):
    assert stated("bm_blasts", status=status) == expected


@pytest.mark.parametrize(
    ("fact", "column"),
    [("wbc", "wbc"), ("neutrophils", "anc"), ("platelets", "platelets"), ("haemoglobin", "hb_g_dl")],
)
def test_blood_counts_are_known_as_stated(fact, column):
    assert stated(fact, status={column: "1.5"}) == Interval(1.5, 1.5)
    assert stated(fact, status={column: None}) is Reason.NOT_GIVEN


@pytest.mark.parametrize(
    ("sizes", "largest", "measurable"),
    [
        (["1.2", "4"], Interval(4, 4), True),
        (["1.5"], Interval(1.5, 1.5), Reason.DEFINITION),
        (["4", None], Interval(4, math.inf), True),
        (["1", None], Interval(1, math.inf), Reason.NOT_GIVEN),
        ([None], Reason.NOT_GIVEN, Reason.NOT_GIVEN),
        ([], Reason.NONE_LISTED, Reason.NONE_LISTED),
    ],
)
def test_masses_that_are_not_listed_are_not_absent(sizes, largest, measurable):
    status = {"masses": [{"size_cm": size} for size in sizes]}

    assert stated("largest_mass", status=status) == largest
    assert stated("measurable_disease", status=status) == measurable
