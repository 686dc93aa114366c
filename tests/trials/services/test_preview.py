"""A draft is compared with the cases that its reader may see, and nothing is stored."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from iltb.audit.models import ReadEvent
from iltb.core.errors import Conflict
from tests.factories.accounts import coordinator, physician
from tests.factories.cases import complete_case, submitted_case
from tests.trials.catalogues import arm_document, trial_document, write
from tests.trials.documents import age, leaf
from trials.enums import MatchOutcome
from trials.models import Match, Trial
from trials.services import preview as module
from trials.services.catalogue import load_catalogue
from trials.services.preview import preview_version

pytestmark = pytest.mark.django_db
YOUNG = age("<", 1, id="I-01", text="Younger than one year.")
CHILD = age("<", 18, id="I-01")


def seen(folder, *criteria, actor=None):
    arms = [arm_document(f"arm-{number}", document) for number, document in enumerate(criteria)]
    load_catalogue(write(folder, trial_document("trial-a", arms=arms)), publish=False)
    version = Trial.objects.get(key="trial-a").versions.get()
    return preview_version(version=version, actor=actor or coordinator())


def test_each_cohort_counts_cases_by_outcome(tmp_path):
    submitted_case()

    preview = seen(tmp_path, CHILD, YOUNG)

    counts = [list(arm.counts.values()) for arm in preview.arms]
    assert (preview.compared, counts) == (1, [[1, 0, 0, 0], [0, 0, 0, 1]])


def test_the_nearest_cases_come_first_with_what_decides(tmp_path):
    case = submitted_case()

    (found,) = seen(tmp_path, YOUNG).arms[0].cases

    assert (found.code, found.outcome, found.why) == (
        case.code,
        MatchOutcome.CRITERION_NOT_MET,
        ("Younger than one year.",),
    )


def test_a_missing_fact_is_named(tmp_path):
    submitted_case()

    (found,) = seen(tmp_path, leaf("spo2", ">=", 94, unit="percent")).arms[0].cases

    assert (found.outcome, found.why) == (MatchOutcome.POSSIBLE, ("Oxygen saturation, room air: not given",))


def test_a_sentence_that_people_read_is_named_itself(tmp_path):
    submitted_case()

    (found,) = seen(tmp_path, leaf("unread_criteria", "unread", text="Comes to the visits.")).arms[0].cases

    assert found.why == ("Comes to the visits.",)


def test_drafts_of_cases_and_foreign_cases_are_not_compared(tmp_path):
    complete_case()
    submitted_case()

    assert seen(tmp_path, CHILD, actor=physician()).compared == 0
    assert seen(tmp_path, CHILD).compared == 1


def test_nothing_is_stored(tmp_path):
    submitted_case()

    seen(tmp_path, CHILD)

    assert not Match.objects.exists()


def test_what_was_left_out_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_CASES", 1)
    submitted_case()
    submitted_case()

    preview = seen(tmp_path, CHILD)

    assert (preview.compared, preview.left_out) == (1, 1)


def test_a_cohort_that_cannot_be_read_says_why(tmp_path):
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=False)
    version = Trial.objects.get(key="trial-a").versions.get()
    version.arms.update(criteria={"fact": "gone"})

    (arm,) = preview_version(version=version, actor=coordinator()).arms

    assert "unknown fact 'gone'" in arm.problem


def test_every_compared_case_has_an_entry_with_who_looked(tmp_path):
    office, cases = coordinator(), [submitted_case(), submitted_case()]

    seen(tmp_path, YOUNG, CHILD, actor=office)

    rows = ReadEvent.objects.filter(verb="preview.opened", actor_key=str(office.pk))
    assert sorted(rows.values_list("subject_label", flat=True)) == sorted(case.code for case in cases)
    assert ReadEvent.objects.filter(verb="trial.previewed", actor_name=office.full_name).count() == 1


def test_nobody_looks_more_often_than_the_hour_allows(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOOKS_AN_HOUR", 2)
    office, colleague = coordinator(), coordinator()
    for _look in range(2):
        seen(tmp_path, CHILD, actor=office)

    with pytest.raises(Conflict, match="very often"):
        seen(tmp_path, CHILD, actor=office)

    assert seen(tmp_path, CHILD, actor=colleague).compared == 0


def test_an_hour_later_one_may_look_again(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOOKS_AN_HOUR", 1)
    office = coordinator()
    seen(tmp_path, CHILD, actor=office)

    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert seen(tmp_path, CHILD, actor=office).left_out == 0


def test_of_a_cohort_only_the_nearest_are_described(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_SHOWN", 1)
    submitted_case()
    submitted_case()

    preview = seen(tmp_path, CHILD)

    assert (preview.compared, len(preview.arms[0].cases)) == (2, 1)
