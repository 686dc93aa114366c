"""The bar of a closed ballot."""

import re

import pytest

from iltb.core.charts import vote_bar


def bars(counts):
    drawn = str(vote_bar(counts, label="Votes"))
    return [
        (float(x), float(width)) for x, width in re.findall(r'<rect[^>]* x="([\d.]+)%"[^>]* width="([\d.]+)%"', drawn)
    ]


def test_nobody_took_a_position_so_there_is_no_bar():
    assert vote_bar([0, 0, 0, 0, 0], label="Votes") == ""


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [
        ([0, 0, 0, 5, 0], [(50, 50)]),
        ([5, 0, 0, 0, 0], [(0, 50)]),
        ([0, 0, 4, 0, 0], [(25, 50)]),
        ([1, 0, 2, 0, 1], [(25, 12.5), (37.5, 25), (62.5, 12.5)]),
    ],
)
def test_against_lies_left_and_for_right_of_the_middle(counts, drawn):
    assert bars(counts) == drawn


def test_each_count_is_printed():
    assert re.findall(r">(\d+)</text>", str(vote_bar([1, 2, 0, 3, 4], label="Votes"))) == ["1", "2", "3", "4"]
