"""Charts of the tumour profile: drug response, residual disease, points in the course."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iltb.core.charts import Antigen, Residual, Response, Treatment, antigen_bars, mrd_chart, response_chart
from iltb.core.charts import treatment_chart as treatments

NASTY = '<script>alert("1")</script> & Söhne'


def responses(*percentiles, **values):
    return [Response(f"drug {number}", number, "780 nM, resistant", "n 84", **values) for number in percentiles]


def residual(fraction, day=100, *, is_below=False):
    return Residual(day, Decimal(fraction), is_below=is_below, shown=fraction)


def everything():
    return [
        response_chart([Response(NASTY, Decimal(96), NASTY, NASTY, is_doubtful=True)], label=NASTY),
        mrd_chart([Residual(10, Decimal("0.1"), is_below=True, shown=NASTY)], until_day=90),
        antigen_bars([Antigen("CD22", Decimal(71), f"dim, two populations, {NASTY}", before=Decimal(98))]),
        treatments([Treatment(NASTY, 5, 5, "cell", NASTY, is_point=True)], until_day=90),
    ]


@pytest.mark.parametrize("chart", everything())
def test_a_chart_escapes_its_words_and_needs_no_style(chart):
    assert ET.fromstring(chart).tag == "svg"
    assert re.findall(r"<script|\s(style|on\w+|href)=|<style|viewBox", chart) == []


def test_more_sensitive_than_half_of_the_cohort_goes_to_the_right_and_less_to_the_left():
    chart = response_chart(responses(Decimal(96), Decimal(22)), label="IC50")

    assert 'class="bar positive" x="50%" y="41" width="46%"' in chart
    assert 'class="bar resistant" x="22%"' in chart


def test_the_direction_of_the_axis_is_written():
    assert "more sensitive →" in response_chart([], label="IC50")


def test_no_percentile_has_no_bar():
    assert "<rect" not in response_chart([Response("B", None, "780 nM", "n 84")], label="IC50")


def test_the_middle_of_the_cohort_can_still_be_seen():
    assert 'width="0.9%"' in response_chart(responses(Decimal(50)), label="IC50")


def test_only_doubtful_runs_are_hatched():
    assert "hatch" in response_chart(responses(Decimal(88), is_doubtful=True), label="IC50")
    assert "hatch" not in response_chart(responses(Decimal(88)), label="IC50")


def test_long_words_of_a_drug_take_a_line_of_their_own():
    short = response_chart(responses(Decimal(88)), label="")
    long = response_chart([Response("venetoclax + navitoclax", Decimal(88), "780 nM, not evaluable", "n 84")], label="")

    assert int(ET.fromstring(long).get("height")) == int(ET.fromstring(short).get("height")) + 16


def test_ten_times_less_residual_disease_lies_one_step_lower():
    chart = ET.fromstring(mrd_chart([residual("0.1"), residual("0.01", 200)], until_day=300))

    upper, lower = (float(mark.get("cy")) for mark in chart.iter("circle"))

    assert lower - upper == pytest.approx(30)


def test_below_a_limit_is_an_open_mark_with_a_tick():
    below = mrd_chart([residual("0.0001", is_below=True)], until_day=300)

    assert "mark positive open" in below
    assert "mark positive open" not in mrd_chart([residual("0.0001")], until_day=300)


def test_zero_has_no_place_on_a_logarithmic_axis():
    assert "<circle" not in mrd_chart([residual("0")], until_day=300)


def test_a_value_of_before_is_a_mark_and_not_a_bar():
    chart = antigen_bars([Antigen("CD19", Decimal(2), before=Decimal(98))])

    assert 'class="before" x1="98%"' in chart


def test_what_was_given_on_one_day_is_a_disc_without_a_missing_response():
    chart = treatments([Treatment("Transplant 1", 300, 300, "cell", is_point=True)], until_day=600)

    assert 'circle class="bar cell"' in chart
    assert "response not given" not in chart


POINTS = st.builds(
    Residual,
    on_day=st.integers(0, 9000),
    fraction=st.decimals("0.0000001", 1, places=7),
    is_below=st.booleans(),
    shown=st.just("4 × 10⁻²"),
    series=st.integers(0, 6),
)


@given(st.lists(POINTS, max_size=12), st.integers(0, 9000))
def test_no_residual_disease_lies_outside_the_picture(points, until_day):
    root = ET.fromstring(mrd_chart(points, until_day=until_day))

    for mark in root.iter("circle"):
        assert 0 <= float(mark.get("cx").removesuffix("%")) <= 100
        assert 0 <= float(mark.get("cy")) <= float(root.get("height"))
