"""Reading one trial file: what it says is kept, what cannot be true is refused with its place."""

from datetime import date

import pytest

from tests.trials.catalogues import arm_document, number, trial_document
from tests.trials.documents import age
from trials.enums import TrialStatus, Verification
from trials.importers.own import MAX_BYTES, CatalogueError, read_document, read_file

TODAY = date(2026, 11, 22)


def refusal(document: object) -> tuple[str, str]:
    with pytest.raises(CatalogueError) as error:
        read_document(document, today=TODAY)
    return error.value.path, error.value.reason


def test_a_minimal_trial_is_read():
    record = read_document(trial_document(), today=TODAY)

    assert (record.key, record.status, record.verification) == (
        "trial-a",
        TrialStatus.RECRUITING,
        Verification.VERIFIED,
    )
    assert [arm.key for arm in record.arms] == ["main"]


def test_an_arm_may_recruit_by_itself():
    record = read_document(trial_document(arms=[arm_document(), arm_document("b", status="completed")]), today=TODAY)

    assert [arm.status for arm in record.arms] == [None, TrialStatus.COMPLETED]


def test_a_day_may_be_written_as_text_since_json_has_no_days():
    assert read_document(trial_document(last_checked_on="2026-11-22"), today=TODAY).last_checked_on == TODAY


def test_any_change_changes_the_fingerprint():
    prints = {
        read_document(trial_document(**more), today=TODAY).fingerprint
        for more in ({}, {"phase": "1"}, {"remarks": "x"})
    }

    assert len(prints) == 3


@pytest.mark.parametrize(
    ("more", "path", "reason"),
    [
        ({"key": "Trial A"}, "$.key", "expected form"),
        ({"key": "contact"}, "$.key", "'contact' is the address of another page"),
        ({"key": "new"}, "$.key", "'new' is the address of another page"),
        ({"title": ""}, "$.title", "is missing"),
        ({"title": 5}, "$.title", "expected text"),
        ({"remarks": "x" * 1001}, "$.remarks", "longer than 1000"),
        ({"colour": "blue"}, "$", "unknown key 'colour'"),
        ({"status": "open"}, "$.status", "'open' is none of recruiting"),
        ({"verification": None}, "$.verification", "none of verified"),
        ({"phase": "five"}, "$.phase", "expected form"),
        ({"agents": "venetoclax"}, "$.agents", "expected a list"),
        ({"agents": [""]}, "$.agents[0]", "expected form"),
        ({"countries": ["Spain"]}, "$.countries[0]", "expected form"),
        ({"countries_complete": "yes"}, "$.countries_complete", "true or false"),
        ({"sources": ["www.example.org"]}, "$.sources[0]", "expected form"),
        ({"status_source": "javascript:alert(1)"}, "$.status_source", "expected form"),
        ({"last_checked_on": date(2026, 11, 23)}, "$.last_checked_on", "lies in the future"),
        ({"last_checked_on": "yesterday"}, "$.last_checked_on", "no date such as"),
        ({"identifiers": {}}, "$.identifiers", "expected a list"),
        ({"identifiers": [number("NCT1")]}, "$.identifiers[0].value", "'NCT1'"),
        ({"identifiers": [number("2021-003398-79", "eu_ct")]}, "$.identifiers[0].value", "expected form"),
        ({"identifiers": [number("NCT00000001", "fda")]}, "$.identifiers[0].system", "'fda' is none of"),
        ({"identifiers": ["NCT00000001"]}, "$.identifiers[0]", "expected keys and values"),
        ({"arms": []}, "$.arms", "at least one arm"),
        ({"arms": [arm_document(), arm_document()]}, "$.arms", "'main' is listed twice"),
        ({"arms": [arm_document(status="open")]}, "$.arms[0].status", "none of"),
        (
            {"arms": [arm_document(criteria={"all": [age("<", 1), age("<", 2, unit="kg")]})]},
            "$.arms[0].criteria.all[1]",
            "unit 'kg'",
        ),
        ({"arms": [{"key": "a", "title": "A"}]}, "$.arms[0].criteria", "NoneType"),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_place(more, path, reason):
    found = refusal(trial_document(**more))

    assert found[0] == path
    assert reason in found[1]


def test_a_list_is_no_trial():
    assert refusal([]) == ("$", "expected keys and values, found list")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"key: [", "not readable as YAML"),
        (b"\xff\xfe\x00", "not readable as YAML"),
        (b"a: &a [1]\nb: *a", "aliases are not allowed"),
        (b"[" * 5000, "nested too deeply"),
        (b"x: !!python/object/apply:os.system [ls]", "not readable as YAML"),
        (b"#" * (MAX_BYTES + 1), "larger than 1000 kB"),
        (b"", "found NoneType"),
    ],
)
def test_files_that_are_no_trial_are_refused(tmp_path, content, reason):
    file = tmp_path / "trial.yaml"
    file.write_bytes(content)

    with pytest.raises(CatalogueError, match=reason):
        read_file(file, today=TODAY)
