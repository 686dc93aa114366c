"""The shipped catalogue: every file is usable, says where it is from, and asks only for registered facts."""

import pytest

from tests.trials.test_expected_matches import TRIALS
from trials.enums import IdentifierSystem, Verification, WhyUnknown
from trials.matching.answers import Reason
from trials.matching.criteria import leaves, parse
from trials.matching.registry import FACTS, FactKind
from trials.queries.wording import VOCABULARY
from trials.services.catalogue import CATALOGUE

EACH_TRIAL = pytest.mark.parametrize("record", TRIALS.values(), ids=TRIALS)


def test_all_36_trials_of_the_landscape_are_there():
    assert len(TRIALS) == len(list(CATALOGUE.glob("*.yaml"))) == 36


def test_each_file_is_named_by_its_key():
    assert sorted(TRIALS) == sorted(path.stem for path in CATALOGUE.glob("*.yaml"))


def test_no_register_number_is_used_twice():
    numbers = [(row.system, row.value) for record in TRIALS.values() for row in record.identifiers]

    assert len(numbers) == len(set(numbers))


@EACH_TRIAL
def test_a_trial_read_only_in_part_says_so_in_every_arm(record):
    unread = [any(leaf.fact == "unread_criteria" for leaf in leaves(parse(arm.criteria))) for arm in record.arms]

    assert record.verification is Verification.VERIFIED or all(unread)


@EACH_TRIAL
def test_a_trial_with_sources_names_where_its_status_was_read(record):
    assert bool(record.sources) == bool(record.status_source)


@EACH_TRIAL
def test_nobody_claims_to_have_looked_at_a_register(record):
    assert (record.last_checked_on, record.status_as_of) == (None, None)


@EACH_TRIAL
def test_a_trial_without_a_number_is_known_to_have_none(record):
    assert record.identifiers or record.key in {"opbg-allogeneic-cd19-car", "cd19-cd22-car-china"}


@EACH_TRIAL
def test_every_criterion_has_a_registered_fact_a_sentence_and_a_place(record):
    for leaf in (leaf for arm in record.arms for leaf in leaves(parse(arm.criteria))):
        assert leaf.fact in FACTS
        assert leaf.text.endswith(".")
        assert leaf.ref in {"age", "disease", "molecular", "other"}


@pytest.mark.parametrize(
    ("system", "count"),
    [
        (IdentifierSystem.NCT, 32),
        (IdentifierSystem.EUDRACT, 9),
        (IdentifierSystem.EU_CT, 1),
        (IdentifierSystem.ISRCTN, 1),
    ],
)
def test_numbers_of_each_register_are_complete(system, count):
    assert sum(row.system is system for record in TRIALS.values() for row in record.identifiers) == count


def test_numbers_from_memory_are_marked_as_not_confirmed():
    doubtful = {row.value for record in TRIALS.values() for row in record.identifiers if not row.confirmed}

    assert doubtful == {
        "2016-000227-71",
        "ITCC-098",
        "NCT02723994",
        "NCT04240002",
        "NCT04925609",
        "NCT05043571",
        "NCT06064903",
        "NCT06514794",
    }


def test_every_fact_has_words_and_a_rule():
    assert [fact.name for fact in FACTS.values() if not (fact.label and fact.question.endswith((".", "?")))] == []
    assert [fact.name for fact in FACTS.values() if not fact.rule.endswith(".")] == []


def test_only_judgements_and_one_measurement_have_no_place_in_the_dossier():
    assert {fact.name for fact in FACTS.values() if not fact.source} == {"dlco", "fit_for_intensive", "unread_criteria"}


def test_every_reason_for_an_unknown_has_its_sentence():
    assert set(WhyUnknown.values) == {reason.value for reason in Reason}


CODED = [fact for fact in FACTS.values() if fact.kind in (FactKind.CODE, FactKind.CODES) and fact.name != "country"]


def test_every_coded_fact_has_its_words():
    assert [fact.name for fact in CODED if fact.name not in VOCABULARY] == []


@EACH_TRIAL
def test_a_criterion_asks_only_for_codes_that_a_dossier_can_hold(record):
    asked = [leaf for arm in record.arms for leaf in leaves(parse(arm.criteria)) if FACTS[leaf.fact] in CODED]

    assert [leaf.id for leaf in asked if not set(leaf.document["value"]) <= set(VOCABULARY[leaf.fact].values)] == []


@EACH_TRIAL
def test_no_criterion_waits_for_a_fact_that_the_dossier_has_no_place_for(record):
    found = {leaf.fact for arm in record.arms for leaf in leaves(parse(arm.criteria)) if not FACTS[leaf.fact].source}

    assert found <= {"unread_criteria", "fit_for_intensive"}
