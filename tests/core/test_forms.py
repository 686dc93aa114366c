"""How forms look and which numbers they understand."""

import re
from decimal import Decimal

import pytest
from django import forms
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from iltb.core.forms import BallotScale, DecimalField, Typeahead

POSITIONS = [(-2, "Strongly against"), (-1, "Against"), (0, "Neutral"), (1, "For"), (2, "Strongly for")]


class Sample(forms.Form):
    vaf = DecimalField(label="Variant allele fraction", help_text="0 to 1", max_value=1)
    note = forms.CharField(label="Note", required=False)
    intent = forms.ChoiceField(
        label="Intent", help_text="One", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="The family agreed")


def order(html: str, *pieces: str) -> bool:
    places = [html.index(piece) for piece in pieces]
    return places == sorted(places)


def test_label_hint_error_and_control_stand_in_this_order():
    html = Sample({"vaf": "x"})["vaf"].as_field_group()

    assert order(html, "<label", 'id="id_vaf_helptext"', 'id="id_vaf_error"', "<input")


def test_a_control_is_described_by_its_hint_and_its_error():
    html = Sample({"vaf": "x"})["vaf"].as_field_group()

    assert 'aria-describedby="id_vaf_helptext id_vaf_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control is-invalid"' in html


def test_radio_buttons_are_choice_cards_in_a_fieldset_with_a_legend():
    html = Sample({"intent": ""})["intent"].as_field_group()

    assert order(
        html,
        "<fieldset",
        "<legend",
        'id="id_intent_helptext"',
        'id="id_intent_error"',
        'class="choice"',
        'type="radio"',
    )
    assert "checked" not in html


def test_optional_questions_are_marked_and_required_ones_are_not():
    html = str(Sample())

    assert re.findall(r"(\w+) <span[^>]*>\(optional\)|(\w+)\s+<span[^>]*>\(optional\)", html) == [("", "Note")]


def test_a_question_needed_for_submission_is_not_called_optional():
    class Draft(Sample):
        required_to_submit = frozenset({"note"})

    assert "(optional)" not in str(Draft())


def test_a_checkbox_stands_before_its_label():
    html = Sample()["agreed"].as_field_group()

    assert order(html, 'type="checkbox"', "The family agreed")


def test_the_summary_repeats_each_sentence_and_leads_to_the_control():
    form = Sample({"vaf": ""})

    html = re.sub(r"\s+", " ", render_to_string("components/_error_summary.html", {"form": form}))

    assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html) == [
        ("id_vaf", "Fill in “Variant allele fraction”."),
        ("id_intent_0", "Choose an answer for “Intent”."),
        ("id_agreed", "Tick the box to go on: “The family agreed”."),
    ]
    assert 'role="alert" tabindex="-1"' in html


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in render_to_string("components/_error_summary.html", {"form": Sample()})


def test_an_own_sentence_for_a_missing_answer_is_kept():
    class Own(forms.Form):
        age = forms.IntegerField(error_messages={"required": "The age is needed for every trial."})

    assert Own({})["age"].errors == ["The age is needed for every trial."]


def test_what_was_typed_is_escaped():
    html = str(Sample({"vaf": "<script>", "note": "<b>"}))

    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0,41", "0.41"),
        ("0.41", "0.41"),
        (" 0,5 ", "0.5"),
        ("−0,3", "-0.3"),
        ("0,123", "0.123"),
        ("12,5", "12.5"),
        ("1 250", "1250"),
        ("1,2345", "1.2345"),
        ("1e-4", "0.0001"),
    ],
)
def test_decimal_comma_and_point_are_the_same_number(typed, value):
    assert DecimalField().clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,234", "“1,234” can be read as 1.234 or as 1234. Write one of these two."),
        ("1.234,5", "Write “1.234,5” without a mark for thousands, for example 1234.5 or 1234,5."),
        ("1,234,567", "Write “1,234,567” without a mark for thousands, for example 1234.5 or 1234,5."),
        ("41 %", "“41 %” is not a number. Write it like 0.41 or 0,41."),
        ("NaN", "“NaN” is not a number. Write it like 0.41 or 0,41."),
        ("Infinity", "“Infinity” is not a number. Write it like 0.41 or 0,41."),
        ("about 3", "“about 3” is not a number. Write it like 0.41 or 0,41."),
    ],
)
def test_a_number_that_could_be_misread_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(forms.ValidationError) as caught:
        DecimalField().clean(typed)

    assert caught.value.messages == [sentence]


@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_every_number_that_is_shown_is_understood_again(value):
    shown = DecimalField().prepare_value(value)

    assert DecimalField().clean(shown) == value


def test_a_stored_number_is_shown_without_empty_digits():
    assert DecimalField().prepare_value(Decimal("0.4100")) == "0.41"
    assert DecimalField().prepare_value(Decimal(1200)) == "1200"


def test_what_was_not_understood_is_shown_again():
    assert 'value="0,4x"' in Sample({"vaf": "0,4x"})["vaf"].as_widget()


def test_a_ballot_shows_five_positions_and_chooses_none():
    class Ballot(forms.Form):
        position = forms.TypedChoiceField(choices=POSITIONS, coerce=int, widget=BallotScale)

    html = Ballot()["position"].as_field_group()

    assert re.findall(r'value="(-?\d)"', html) == ["-2", "-1", "0", "1", "2"]
    assert "checked" not in html


def test_a_typeahead_is_a_plain_text_box_without_script():
    class Gene(forms.Form):
        gene = forms.CharField(widget=Typeahead("pages:healthz", query="system=gene"))

    html = Gene({"gene": "IL7R"})["gene"].as_widget()

    assert 'name="gene" value="IL7R"' in re.sub(r"\s+", " ", html)
    assert 'data-typeahead-url="/healthz?system=gene"' in html
