"""Eligibility texts in numbered lines: whatever the register's layout, every sentence is kept and nothing is read."""

import pytest

from trials.importers.lines import MAX_CHARACTERS, MAX_LINES, split_criteria
from trials.matching.criteria import CriterionKind


def labelled(text):
    return [(line.label, line.text) for line in split_criteria(text)]


def test_inclusion_and_exclusion_are_counted_apart():
    text = "Inclusion Criteria:\n\n* Age 1 year\n* Relapse\n\nExclusion Criteria:\n\n* Pregnancy"

    assert labelled(text) == [("I-01", "Age 1 year"), ("I-02", "Relapse"), ("E-01", "Pregnancy")]


def test_an_empty_text_has_no_lines():
    assert split_criteria(" \n\n ") == []


@pytest.mark.parametrize("bullet", ["*", "-", "•", "1.", "1)", "(1)", "a)", "iv.", "1.1."])
def test_bullets_and_numbers_are_no_part_of_the_sentence(bullet):
    assert labelled(f"Inclusion Criteria:\n{bullet} ECOG 0 or 1") == [("I-01", "ECOG 0 or 1")]


@pytest.mark.parametrize("text", ["1.5 x ULN or below", "2 or more relapses", "-7 or del(7q)", "+8"])
def test_numbers_that_begin_a_sentence_stay(text):
    assert split_criteria(f"Inclusion Criteria:\n{text}")[0].text.lstrip("- +").startswith(text.lstrip("-+ "))


def test_lines_further_in_belong_to_the_line_above():
    text = "Inclusion Criteria:\n\n* One of:\n\n  * CD19 positive\n  * CD22 positive\n* Age 1 year"

    assert labelled(text) == [("I-01", "One of:\n- CD19 positive\n- CD22 positive"), ("I-02", "Age 1 year")]


def test_dashes_under_a_number_belong_to_it():
    text = "Exclusion Criteria:\n1. Infection:\n- HIV\n- hepatitis\n2. Pregnancy"

    assert labelled(text) == [("E-01", "Infection:\n- HIV\n- hepatitis"), ("E-02", "Pregnancy")]


def test_hard_line_ends_inside_a_sentence_are_undone():
    text = " Inclusion Criteria:&#xD;&#xD; 1. Dementia with&#xD; Lewy bodies&#xD;&#xD; 2. Age"

    assert labelled(text) == [("I-01", "Dementia with Lewy bodies"), ("I-02", "Age")]


def test_paragraphs_without_bullets_are_lines():
    assert labelled("Inclusion Criteria:\nAge 1 year\nRelapse\nof ALL") == [
        ("I-01", "Age 1 year"),
        ("I-02", "Relapse of ALL"),
    ]


def test_escaped_signs_and_entities_are_written_out():
    assert labelled("Inclusion Criteria:\n* WBC \\> 50 &lt; 100 \\[10\\^9/L\\]") == [
        ("I-01", "WBC > 50 < 100 [10^9/L]")
    ]


def test_a_numbered_list_in_one_row_is_split():
    row = "1. First relapse of B-ALL in the bone marrow. 2. Age under 18 years at enrolment. 3. Written consent of parents and child."

    assert [line.text[:6] for line in split_criteria(f"Inclusion Criteria:\n{row}")] == ["First ", "Age un", "Writte"]


def test_both_headings_in_one_row_are_found():
    kinds = [line.kind for line in split_criteria("Inclusion Criteria: - Relapse. Exclusion Criteria: - Pregnancy.")]

    assert kinds == [CriterionKind.INCLUSION, CriterionKind.EXCLUSION]


@pytest.mark.parametrize(
    ("heading", "group"),
    [
        ("Key Exclusion Criteria:", ""),
        ("EXCLUSION CRITERIA", ""),
        ("* Exclusion criteria:", ""),
        ("Exclusion for the extension:", "Exclusion for the extension"),
        ("Donor Exclusion Criteria", "Donor Exclusion Criteria"),
        ("Non-inclusion criteria:", ""),
    ],
)
def test_headings_set_the_kind_and_name_the_group(heading, group):
    (line,) = split_criteria(f"{heading}\n\n* Pregnancy")

    assert (line.kind, line.group, line.kind_stated) == (CriterionKind.EXCLUSION, group, True)


def test_a_short_heading_names_the_group_of_the_lines_under_it():
    lines = split_criteria("Inclusion Criteria:\n\nPart A:\n\n* Relapse\n\nPart B:\n\n* Refractory")

    assert [(line.group, line.text) for line in lines] == [("Part A", "Relapse"), ("Part B", "Refractory")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Additional inclusion/exclusion criteria apply.",
        "Exclusion of pregnancy by a test",
        "Exclusion of CNS disease by:",
        "Patients who meet an exclusion criterion of part A may enter part B:",
    ],
)
def test_a_sentence_about_exclusion_is_no_heading(sentence):
    (line,) = split_criteria(f"Inclusion Criteria:\n* {sentence}")

    assert (line.kind, line.text) == (CriterionKind.INCLUSION, sentence)


@pytest.mark.parametrize("heading", ["* Part A:", "1. Cohort 2:", "* Phase 1b"])
def test_a_part_of_the_trial_in_the_list_names_the_group(heading):
    (line,) = split_criteria(f"Inclusion Criteria:\n\n{heading}\n\n  * Relapse")

    assert (line.group, line.text) == (heading.split(maxsplit=1)[1].rstrip(":"), "Relapse")


def test_a_line_after_the_list_of_a_part_belongs_to_the_whole_again():
    lines = split_criteria("Inclusion Criteria:\n\n* Part A:\n\n  * Relapse\n* Part B:\n\n  * Refractory\n* Consent")

    assert [(line.group, line.text) for line in lines] == [
        ("Part A", "Relapse"),
        ("Part B", "Refractory"),
        ("", "Consent"),
    ]


def test_without_a_heading_the_kind_is_marked_as_not_stated():
    (line,) = split_criteria("* Relapse")

    assert (line.kind, line.kind_stated) == (CriterionKind.INCLUSION, False)


def test_a_line_that_begins_with_a_negative_number_keeps_its_words():
    assert split_criteria("Inclusion Criteria:\n* -7 or del(7q)")[0].text == "-7 or del(7q)"


@pytest.mark.parametrize("text", ["* a\n" * 5000, "x" * (2 * MAX_CHARACTERS), "(" * 50_000, "1. " * 50_000])
def test_texts_of_any_size_are_read_up_to_the_limit(text):
    assert len(split_criteria(text)) <= MAX_LINES
