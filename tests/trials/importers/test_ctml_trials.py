"""CTML trials: steps, arms and levels each for themselves, odd ones reported, broken ones refused alone."""

import json
from contextlib import suppress
from copy import deepcopy
from random import Random

import pytest

from tests.trials.importers.ctml import genomic, random_tree, spoil, trial_document
from trials.importers.ctml import CtmlError, read_files, read_trial
from trials.importers.ctml.native import to_draft


def trial_with(step):
    return read_trial({"protocol_no": "T-1", "treatment_list": {"step": [step]}})


def test_step_arm_and_dose_level_each_have_their_own_criteria():
    level = {"level_code": "-1", "match": [genomic("C")]}
    arm = {"arm_code": "A", "match": [genomic("B")], "dose_level": [level]}

    trial = trial_with({"step_code": "1", "match": [genomic("A")], "arm": [arm]})

    assert [(clause.level, clause.code) for clause in trial.clauses] == [
        ("step", "1"),
        ("arm", "A"),
        ("dose_level", "-1"),
    ]
    assert any("several levels" in notice.reason for notice in trial.notices)


@pytest.mark.parametrize(
    ("arm_flag", "level_flag", "expected"),
    [("N", "N", [False, False, False]), ("N", "Y", [False, False, True]), ("Y", "N", [True, True, True])],
)
def test_a_suspended_arm_suspends_its_levels_and_the_only_arm_its_step(arm_flag, level_flag, expected):
    level = {"level_suspended": level_flag, "match": [genomic()]}
    arm = {"arm_suspended": arm_flag, "match": [genomic()], "dose_level": [level]}

    trial = trial_with({"match": [genomic()], "arm": [arm]})

    assert [clause.suspended for clause in trial.clauses] == expected


def test_a_step_with_one_open_arm_is_open():
    arms = [{"arm_suspended": "Y"}, {"arm_suspended": "N"}]

    assert not trial_with({"match": [genomic()], "arm": arms}).clauses[0].suspended


@pytest.mark.parametrize("match", [None, [], {}])
def test_an_empty_match_is_no_match(match):
    trial = trial_with({"match": match, "arm": []})

    assert (trial.clauses, [notice.reason for notice in trial.notices]) == ((), ["states no criteria"])


def test_status_comes_from_the_summary_first():
    summary = {"status": [{"value": "closed to accrual"}]}

    assert read_trial(trial_document(status="open to accrual", _summary=summary)).status == "closed to accrual"


def test_drugs_and_sponsors_are_read():
    lists = {
        "drug_list": {"drug": [{"drug_name": "revumenib"}]},
        "sponsor_list": {"sponsor": [{"sponsor_name": "COG"}]},
    }

    trial = read_trial(trial_document(**lists))

    assert (trial.drugs, trial.sponsors) == (("revumenib",), ("COG",))


@pytest.mark.parametrize(
    ("document", "path", "reason"),
    [
        ([], "$", "expected a trial, found list"),
        ({}, "$", "has no protocol_no"),
        ({"protocol_no": ""}, "$", "has no protocol_no"),
        ({"protocol_no": "T", "treatment_list": {"step": {}}}, "$.treatment_list.step", "expected a list"),
        ({"protocol_no": "T", "treatment_list": {"step": [3]}}, "$.treatment_list.step[0]", "found int"),
        ({"protocol_no": "T", "treatment_list": {"step": [{"arm": "A"}]}}, "$.treatment_list.step[0].arm", "found str"),
    ],
)
def test_what_is_no_trial_is_refused_with_its_place(document, path, reason):
    with pytest.raises(CtmlError) as error:
        read_trial(document)

    assert (error.value.path, reason in error.value.reason) == (path, True)


def test_a_broken_trial_never_stops_the_others(tmp_path):
    deep = genomic()
    for _ in range(60):
        deep = {"and": [deep]}
    file = tmp_path / "trials.json"
    file.write_text(
        json.dumps([trial_document(), trial_document(deep, protocol_no="T-2"), trial_document(protocol_no="T-3")])
    )

    report = read_files([file, tmp_path / "absent.yaml"])

    assert [trial.name for trial in report.trials] == ["T-1", "T-3"]
    assert [(row.source, row.reason) for row in report.refused] == [
        ("trials.json, trial 2", "nested deeper than 30 levels"),
        ("absent.yaml", "No such file or directory"),
    ]


def test_a_number_that_came_before_is_refused(tmp_path):
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(trial_document()))

    (refused,) = read_files(sorted(tmp_path.glob("*.json"))).refused

    assert (refused.path, refused.reason) == ("$.protocol_no", "'T-1' was read before, from a.json")


def test_a_trial_without_a_number_is_named_after_its_file(tmp_path):
    (tmp_path / "pilot.json").write_text(json.dumps({"treatment_list": {"step": []}}))

    (trial,) = read_files([tmp_path / "pilot.json"]).trials

    assert trial.name == "pilot"
    assert "named after its file" in trial.notices[0].reason


@pytest.mark.parametrize("seed", range(40))
def test_spoilt_trials_are_read_or_refused_but_never_fail(seed):
    random = Random(seed)
    for _ in range(50):
        document = spoil(random, deepcopy(trial_document([random_tree(random)])))
        with suppress(CtmlError):
            to_draft(read_trial(document))
