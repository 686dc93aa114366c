import pytest

from boards.models import AdviceOption, Option
from tests.boards.letters.vignette import letter_of, plain, vignette_two
from trials.models import Arm, Match, MatchRun

pytestmark = pytest.mark.django_db


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
    assert (performance.verdict, performance.reason) == ("unknown", "not given")


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
