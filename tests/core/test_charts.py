"""Charts that are the same on a screen and in a letter."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iltb.core.charts import Antigen, Event, Treatment, antigen_bars, treatment_chart, vaf_bar

NASTY = '<script>alert("1")</script> & Söhne'


def everything() -> list[str]:
    lines = [Treatment(NASTY, 0, 300, "chemotherapy", "CR"), Treatment("Steroids", 400, None, NASTY, NASTY)]
    return [
        vaf_bar(Decimal("0.41")),
        antigen_bars([Antigen(NASTY, Decimal(98), NASTY), Antigen("CD22", None)]),
        treatment_chart(lines, [Event(350, NASTY)], until_day=420),
    ]


@pytest.mark.parametrize("chart", everything(), ids=["vaf", "antigens", "treatment"])
def test_a_chart_is_well_formed_and_escapes_its_words(chart):
    root = ET.fromstring(chart)

    assert root.tag == "svg"
    assert "<script" not in chart


@pytest.mark.parametrize("chart", everything(), ids=["vaf", "antigens", "treatment"])
def test_a_chart_needs_no_style_and_no_script(chart):
    assert re.findall(r"\s(style|on\w+|href)=|<style|viewBox", chart) == []


def test_a_chart_that_says_something_has_a_name():
    assert [ET.fromstring(chart).get("aria-label") for chart in everything()[1:]] == [
        "Antigens, per cent positive",
        "Earlier treatment in months since diagnosis",
    ]


def test_the_fraction_is_the_width_of_the_bar():
    assert 'class="bar positive" width="41%"' in vaf_bar(Decimal("0.41"))


@pytest.mark.parametrize(
    "vaf", [None, Decimal("NaN"), Decimal("Infinity"), Decimal("-0.1"), Decimal("1.01"), Decimal(41)]
)
def test_what_is_not_a_fraction_gets_no_bar(vaf):
    assert vaf_bar(vaf) == ""


def test_not_quantified_and_zero_are_different_pictures():
    zero, unknown = antigen_bars([Antigen("CD19", Decimal(0))]), antigen_bars([Antigen("CD19", None)])

    assert "0\N{NO-BREAK SPACE}%" in zero
    assert zero.count("<rect") == 2
    assert "not quantified" in unknown
    assert unknown.count("<rect") == 0


def test_a_line_that_still_runs_reaches_the_day_of_the_question():
    running = treatment_chart([Treatment("A", 50, None, "targeted", "PR")], until_day=100)
    stopped = treatment_chart([Treatment("A", 50, 100, "targeted", "PR")], until_day=100)

    assert running == stopped


def test_a_very_short_line_can_still_be_seen():
    chart = treatment_chart([Treatment("Transplant", 1000, 1000, "cell", "CR2")], until_day=2000)

    assert 'width="0.9%"' in chart


def test_a_missing_response_is_said():
    assert "response not given" in treatment_chart([Treatment("A", 0, 10)], until_day=30)


def test_an_event_outside_the_time_shown_is_left_out():
    chart = treatment_chart([Treatment("A", 0, 10)], [Event(900, "Relapse")], until_day=30)

    assert "Relapse" not in chart


def test_nothing_to_draw_is_still_a_chart():
    assert ET.fromstring(treatment_chart([], until_day=0)).get("height") == "34"
    assert ET.fromstring(antigen_bars([])).get("height") == "0"


DAYS = st.integers(min_value=-60, max_value=9000)
LINES = st.builds(
    Treatment,
    label=st.text(alphabet="abc é+", max_size=120),
    start_on_day=DAYS,
    stop_on_day=st.none() | DAYS,
    kind=st.sampled_from(["chemotherapy", "cell", ""]),
    response=st.sampled_from(["", "CR", "CR2, MRD 0.2 %"]),
)


@given(st.lists(LINES, max_size=6), DAYS)
def test_no_treatment_history_draws_outside_the_picture(lines, until_day):
    root = ET.fromstring(treatment_chart(lines, until_day=until_day))

    for bar in root.iter("rect"):
        left, width = (float(bar.get(name).removesuffix("%")) for name in ("x", "width"))
        assert 0 <= left <= 100
        assert 0 < width <= 100.01
        assert left + width <= 100.02
