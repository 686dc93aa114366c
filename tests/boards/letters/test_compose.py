import json
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from boards.letters.compose import compose
from boards.models import Advice, AdviceOption, Option, Review
from iltb.terminology.models import Concept
from tests.boards.letters.vignette import CLOSED, SIGNED, vignette_two
from trials.models import Arm, Match, MatchRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return vignette_two()


@pytest.fixture(scope="module")
def letter(django_db_setup, django_db_blocker):
    """The letter of the vignette as it stands, composed once; its rows are gone again."""
    with django_db_blocker.unblock(), transaction.atomic():
        composed = letter_of(vignette_two())
        transaction.set_rollback(True)
    return composed


def letter_of(story):
    return compose(story.advice, signed_by=story.chair, signed_at=SIGNED)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


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
    assert plain(dict((row.label, row.value) for row in question.rows)["Decision needed within"]) == "4 days"


def test_the_summary_has_at_most_five_lines_and_loses_none(story):
    summary = rewritten(story, summary="one\n\ntwo\nthree\nfour\nfive\nsix").summary

    assert summary.lines == ("one", "two", "three", "four", "five six")


@pytest.mark.parametrize(
    ("urgency", "until"), [("routine", "17 January 2027 (8 weeks"), ("emergency", "20 December 2026 (4 weeks")]
)
def test_advice_on_urgent_cases_is_valid_for_a_shorter_time(urgency, until):
    assert plain(letter_of(vignette_two(urgency=urgency)).summary.validity).startswith(until)


def test_options_to_take_are_numbered_and_those_to_avoid_come_last(letter):
    options = letter.options

    assert [(option.number, option.is_against, option.title[:11]) for option in options] == [
        (1, False, "Daratumumab"),
        (2, False, "HEM-iSMART "),
        (None, True, "Another nel"),
    ]


def test_split_and_rejected_options_stand_apart_with_their_votes_and_the_reason(letter):
    (split,), (rejected,) = letter.split, letter.not_advised

    assert (split.votes, split.reason) == ("3 of 5 for, 2 against", "Fewer than 2 of 3 counted votes were for it.")
    assert rejected.votes == "1 of 4 for, 1 neutral, 2 against"
    assert rejected.interests == "Did not vote on this option, for a disclosed interest: Dr. Zoë Okonkwo-Łukasik."


def test_without_quorum_nothing_is_adopted_and_the_letter_says_why():
    letter = letter_of(vignette_two(voters=2))

    assert (letter.options, len(letter.not_advised)) == ((), 5)
    assert letter.not_advised[0].reason == "The quorum was not reached, so no option could be adopted."
    assert letter.panel.quorum.startswith("Quorum not reached: 2 experts voted")
    assert letter.panel.quorum.endswith("Missing: early-phase trials and new drugs.")
    assert letter.summary.no_option.startswith("The board adopted no option.")


def test_a_safety_concern_is_the_reason_where_there_is_one(story):
    Option.objects.filter(title__startswith="CD7").update(safety_veto=True)

    assert letter_of(story).not_advised[0].reason == "A safety concern stands against it and was not resolved."


def test_an_option_without_votes_says_so(story):
    AdviceOption.objects.filter(advice=story.advice, outcome="not_advised").update(
        votes_for=0,
        votes_neutral=0,
        votes_against=0,
    )

    assert letter_of(story).not_advised[0].reason == "Nobody voted for or against it."


def trial_of(story):
    return letter_of(story).options[1].trial


def test_a_trial_is_listed_with_its_numbers_countries_and_how_sure_its_status_is(letter):
    trial = letter.options[1].trial

    assert (trial.title, trial.identifiers) == ("HEM-iSMART C", "NCT05745714")
    assert trial.countries == "Belgium; Switzerland; Netherlands (list not complete)"
    assert trial.recruitment.startswith("recruitment not stated")
    assert trial.checked == "never checked at the register by this board; ask the trial office"
    assert trial.verification == "criteria partly read"


def test_each_criterion_has_the_words_of_its_source_a_verdict_and_a_reason(letter):
    by_text = {criterion.text: criterion for criterion in letter.options[1].trial.inclusion}

    pathway = by_text["Alteration of the IL7R or JAK-STAT pathway."]
    assert (pathway.word, pathway.reason) == ("met", "IL7R p.(Leu242_Leu243insAsnProCys) (specimen S2, day 662)")
    performance = by_text["Lansky or Karnofsky performance score at least 50."]
    assert (performance.verdict, performance.reason) == ("unknown", "not asked in this form yet")


def test_conditions_of_one_sentence_with_one_verdict_share_a_line(letter):
    texts = [criterion.text for criterion in letter.options[1].trial.inclusion]

    assert texts.count("Relapsed or refractory ALL or LBL.") == 1


def test_the_counts_are_those_of_the_printed_lines(letter):
    trial = letter.options[1].trial
    lines = [*trial.inclusion, *trial.exclusion]

    met, unknown = (sum(line.verdict == verdict for line in lines) for verdict in ("met", "unknown"))

    assert plain(trial.counts) == f"{len(lines)} criteria: {met} met, 0 not met and {unknown} unknown"


def explained(story, **changes):
    """Give every criterion of every match other values."""
    for match in Match.objects.all():
        match.explanation = [{**criterion, **changes} for criterion in match.explanation]
        match.save()
    return trial_of(story)


def test_exclusion_criteria_stand_in_a_table_of_their_own(story):
    trial = explained(story, kind="exclusion")

    assert (trial.inclusion, bool(trial.exclusion)) == ((), True)


def test_an_alternative_that_is_not_met_does_not_read_like_an_exclusion(story):
    trial = explained(story, verdict="not_met", choice="$[1]", blocking=False, recoverable=True)

    assert trial.inclusion[0].word == "not met"
    assert trial.inclusion[0].reason.endswith(
        "one of several alternatives; does not rule the trial out: may still change"
    )


def test_without_a_match_run_the_trial_is_listed_as_not_compared(story):
    Match.objects.all().delete()
    MatchRun.objects.all().delete()

    trial = trial_of(story)

    assert (trial.outcome, trial.counts, trial.inclusion) == ("not compared with the submitted data", "", ())
    assert trial.note == "This cohort was not compared with the case by the portal."


def test_a_run_that_is_not_done_does_not_count(story):
    MatchRun.objects.create(revision=story.advice.review.revision, state="pending")

    assert trial_of(story).counts


def test_a_trial_described_anew_is_compared_in_its_newer_form(story):
    match = Match.objects.get(arm__version__trial__key="hem-ismart-c")
    version = match.arm.version
    newer = type(version).objects.create(
        trial=version.trial,
        number=version.number + 1,
        verification="verified",
        fingerprint="x",
    )
    match.arm = Arm.objects.create(version=newer, key=match.arm.key, title="new", criteria=match.arm.criteria)
    match.save()

    assert "the newer one was compared" in trial_of(story).note


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
    assert limitations[2] == "Recommended but not stated in the submission: height."


def test_everybody_of_the_panel_is_named_with_part_vote_and_interest(letter):
    people = {person.name: person for person in letter.panel.participants}

    assert (len(people), people["Prof. Dr. Ingeborg Aaltonen"].part) == (7, "chair")
    early = people["Dr. Birgit Søndergaard"]
    assert (early.part, early.voted) == ("expert: early-phase trials and new drugs", "voted")
    assert early.interest == "investigator of a trial: HEM-iSMART, local investigator"
    assert people["Sanne Visser"].part == "coordinator, drafted the letter"


def test_who_stepped_back_is_named(letter):
    assert letter.panel.recusals == (
        "Dr. Pim de Boer stepped back from this case: own patient or own hospital.",
    )


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

    dates = set(re.findall(r"\d{1,2} (?:January|November|December) 20\d\d|\d{4}-\d\d-\d\d(?!-)", content))

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
