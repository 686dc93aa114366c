import json
import re
from datetime import timedelta

import pytest
from django.utils import translation

from boards.models import Advice, AdviceOption, Review
from iltb.terminology.models import Concept
from tests.boards.letters.vignette import CLOSED, SIGNED, letter_of, plain, vignette_two

pytestmark = pytest.mark.django_db


def rewritten(story, **texts):
    """The advice with other texts; what is drafted may still change."""
    Advice.objects.filter(pk=story.advice.pk).update(**texts)
    return letter_of(story)


def test_the_header_names_board_letter_case_revision_and_how_it_was_discussed(letter):
    header = letter.header

    assert header.letter_id == f"{header.case_code}-1"
    assert (header.revision, header.status) == (1, "final")
    assert (plain(header.discussed_on), header.mode) == ("21 November 2026", "in a meeting of the board")


def test_without_a_meeting_the_letter_says_so_and_dates_from_the_close_of_voting(story):
    Review.objects.filter(pk=story.advice.review_id).update(mode="asynchronous", meeting=None)

    header = letter_of(story).header

    assert header.mode == "without a meeting (asynchronous, not discussed in plenary)"
    assert plain(header.discussed_on) == f"{CLOSED.day} November 2026"


def test_a_meeting_planned_for_later_is_not_claimed_as_the_discussion(story):
    meeting = story.advice.review.meeting
    type(meeting).objects.filter(pk=meeting.pk).update(starts_at=SIGNED + timedelta(days=9))

    assert plain(letter_of(story).header.discussed_on) == "21 November 2026"


def test_the_second_advice_is_an_addendum_that_replaces_the_first(story):
    header = rewritten(story, number=2).header

    assert header.title == "Addendum to the letter of advice"
    assert (header.letter_id, header.status) == (f"{story.case.code}-2", "addendum 2, replaces letter 1")


def test_the_addressee_is_the_physician_with_centre_and_country(letter):
    addressee = letter.addressee

    assert addressee.physician == "Dr. Maarten van der Wijk"
    assert (addressee.centre, addressee.country) == ("University Children’s Hospital, Utrecht", "Netherlands")


def test_the_question_is_verbatim_with_its_frame(letter):
    question = letter.question

    assert (
        question.text
        == "T-ALL relapse refractory to nelarabine-based block, 62 percent blasts. JAK route or dasatinib route?"
    )
    assert plain({row.label: row.value for row in question.rows}["Decision needed within"]) == "4 days"


def test_the_summary_has_at_most_five_lines_and_loses_none(story):
    summary = rewritten(story, summary="one\n\ntwo\nthree\nfour\nfive\nsix").summary

    assert summary.lines == ("one", "two", "three", "four", "five six")


@pytest.mark.parametrize(
    ("urgency", "until"), [("routine", "17 January 2027 (8 weeks"), ("emergency", "20 December 2026 (4 weeks")]
)
def test_advice_on_urgent_cases_is_valid_for_a_shorter_time(urgency, until):
    assert plain(letter_of(vignette_two(urgency=urgency)).summary.validity).startswith(until)


def test_the_synopsis_gives_the_age_in_years_and_no_date(letter):
    rows = {row.label: row.value for row in letter.synopsis.rows}

    assert rows["Age and sex"] == "14 years, male"
    assert plain(rows["Relapses"]) == "1; the first 17 months after diagnosis"
    assert (rows["Height"], plain(rows["Weight"])) == ("not stated", "56 kg")


def test_treatment_lines_carry_days_and_response(letter):
    first, second = letter.synopsis.lines

    assert (first.days, first.response, first.kind) == ("day 0 to 520", "CR, MRD positive", "chemotherapy")
    assert (second.setting, second.stop_reason) == ("salvage 1", "refractory")


def test_the_time_line_marks_the_first_relapse_and_ends_with_the_question(letter):
    synopsis = letter.synopsis

    assert [(mark.label, mark.on_day) for mark in synopsis.marks] == [("first relapse", 517)]
    assert synopsis.until_day == 670


def test_findings_on_the_current_disease_come_first(letter):
    found = letter.findings.found

    assert [finding.name for finding in found[:4]] == [
        "IL7R p.(Leu242_Leu243insAsnProCys)",
        "NOTCH1 p.(Leu1600Pro)",
        "STIL::TAL1",
        "CD7",
    ]
    assert found[-1].specimen == "S1, bone marrow, initial diagnosis, day 0 (before the last remission)"


def test_amounts_have_their_unit_and_denominator(letter):
    found = {finding.name: finding for finding in letter.findings.found}

    assert plain(found["NOTCH1 p.(Leu1600Pro)"].value) == "VAF 42 %"
    assert plain(found["CD7"].value) == "99.6 % of blasts"
    assert found["CD1a"].comment.startswith("intensity: negative")


def test_tested_absent_failed_and_done_are_three_lists(letter):
    findings = letter.findings

    assert findings.not_found[0].text.startswith("NUP214::ABL1, KMT2A-r")
    assert [(result.text, result.state) for result in findings.unanswered] == [
        ("karyotype", "failed"),
        ("methylation array", "pending"),
        ("genome", "not done"),
    ]
    assert findings.done[0].text == "RNA sequencing, DNA panel, SNP array"


def test_limitations_say_what_the_advice_had_to_do_without(letter):
    limitations = letter.limitations

    assert (
        limitations[1]
        == "The profile that the advice rests on comes from specimen S2, bone marrow, current relapse, day 662."
    )
    assert limitations[2].startswith("To follow after this emergency question: ")
    assert limitations[3].startswith("Recommended but not stated in the submission: height, germline testing, ")


def test_everybody_of_the_panel_is_named_with_part_vote_and_interest(letter):
    people = {person.name: person for person in letter.panel.participants}

    assert (len(people), people["Prof. Dr. Ingeborg Aaltonen"].part) == (7, "chair")
    early = people["Dr. Birgit Søndergaard"]
    assert (early.part, early.voted) == ("expert: early-phase trials and new drugs", "voted")
    assert early.interest == "investigator of a trial: HEM-iSMART, local investigator"
    assert people["Sanne Visser"].part == "coordinator, drafted the letter"


def test_who_stepped_back_is_named(letter):
    assert letter.panel.recusals == ("Dr. Pim de Boer stepped back from this case: own patient or own hospital.",)


def test_votes_are_never_printed_by_name(letter):
    content = json.dumps(letter.as_json(), ensure_ascii=False)

    for position in ("strongly_for", "strongly for", "strongly_against", "strongly against"):
        assert position not in content


def test_the_follow_up_gives_the_schedule_from_the_signature(letter):
    schedule = letter.texts.follow_up[-1]

    assert plain(schedule).startswith(
        "We will ask after 3 weeks, 3, 6, 12, 18 and 24 months, first on 13 December 2026."
    )
    assert schedule.endswith(f"under {letter.header.case_code}.")


def test_without_consent_to_follow_up_nothing_is_asked():
    (text,) = letter_of(vignette_two(registry=False)).texts.follow_up

    assert text.startswith("There is no consent to follow-up")


def test_a_board_without_follow_up_names_no_schedule(story):
    board = story.advice.review.board
    type(board).objects.filter(pk=board.pk).update(follow_up_days=[])

    assert len(letter_of(story).texts.follow_up) == 1


def test_the_signature_has_name_part_and_time_in_utc(letter):
    signature = letter.signature

    assert (signature.name, signature.part) == ("Prof. Dr. Ingeborg Aaltonen", "chair of the board")
    assert plain(signature.signed_at) == "22 November 2026, 10:41 UTC"


def test_no_calendar_date_of_the_patient_is_in_the_letter(letter):
    content = plain(json.dumps(letter.as_json(), ensure_ascii=False))

    dates = set(re.findall(r"\d{1,2} (?:January|November|December) 20\d\d|\d{4}-\d\d-\d\d(?![-\d])", content))

    # Discussed, matched, signed, texts checked, valid until, first follow-up: all of the platform.
    assert dates == {"21 November 2026", "20 November 2026", "22 November 2026", "20 December 2026", "13 December 2026"}


def test_texts_with_markup_are_frozen_as_written(story):
    text = "<b>{{ x }}</b> & 'quotes' 😀"

    assert rewritten(story, cautions=text).cautions == text


def test_the_letter_is_english_whatever_language_the_chair_works_in(story):
    expected = letter_of(story)

    with translation.override("de"):
        assert letter_of(story) == expected


def test_later_changes_of_words_do_not_reach_a_composed_letter(story):
    content = letter_of(story).as_json()
    Concept.objects.filter(system="entity", code="TALL_NOS").update(display="another name")

    assert letter_of(story).as_json() == content


def test_a_letter_takes_few_queries(story, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        letter_of(story)


def test_more_options_take_no_more_queries(story, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as first:
        letter_of(story)
    for row in list(AdviceOption.objects.filter(advice=story.advice)):
        option = row.option
        option.pk = None
        option._state.adding = True
        option.save()
        row.pk, row.option = None, option
        row._state.adding = True
        row.save()

    with django_assert_num_queries(len(first)):
        letter_of(story)
