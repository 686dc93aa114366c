"""Recruitment, places and contacts are corrected by one person at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from iltb.audit.models import AuditEvent
from iltb.core.errors import InvalidInput, NotAllowed, StaleVersion
from tests.factories.accounts import coordinator, expert
from tests.trials.catalogues import arm_document, number, trial_document, write
from tests.trials.documents import age
from trials.models import Trial
from trials.services.catalogue import load_catalogue
from trials.services.editing import begin_draft
from trials.services.recruitment import ArmRecruitment, Correction, correct_recruitment, shown_version

pytestmark = pytest.mark.django_db

SITE = {"country_code": "NL", "name": "Utrecht", "contact": "trials@centre.example", "status": "recruiting"}


@pytest.fixture
def trial(tmp_path) -> Trial:
    arms = [arm_document(), arm_document("late", age(">", 3))]
    load_catalogue(write(tmp_path, trial_document("trial-a", countries=["FR"], arms=arms)), publish=True)
    return Trial.objects.get(key="trial-a")


def correct(trial: Trial, *, actor=None, version: int | None = None, **parts) -> Trial:
    columns = {
        "title": trial.title,
        "status": "recruiting",
        "status_note": "",
        "status_source": "",
        "status_as_of": None,
        "last_checked_on": timezone.localdate(),
        **parts.pop("columns", {}),
    }
    correction = Correction(columns, parts.get("identifiers", []), parts.get("sites", []), parts.get("arms", []))
    version = trial.version if version is None else version
    return correct_recruitment(trial=trial, actor=actor or coordinator(), version=version, correction=correction)


def test_one_person_corrects_status_places_and_numbers(trial):
    identifiers = [{"system": "nct", "value": "NCT00000001", "is_confirmed": True}]

    correct(trial, sites=[SITE], identifiers=identifiers, columns={"status": "suspended"})

    trial.refresh_from_db()
    assert (trial.status, trial.last_checked_on, trial.status_as_of) == (
        "suspended",
        timezone.localdate(),
        timezone.localdate(),
    )
    assert list(trial.sites.values_list("name", "contact", "last_checked_on")) == [
        ("Utrecht", "trials@centre.example", timezone.localdate())
    ]
    assert [row.value for row in trial.identifiers.all()] == ["NCT00000001"]


def test_free_places_and_status_of_a_published_cohort_are_corrected(trial):
    main, late = shown_version(trial).arms.all()

    correct(trial, arms=[ArmRecruitment(main.pk, "", 2), ArmRecruitment(late.pk, "suspended", None)])

    rows = list(shown_version(trial).arms.values_list("status", "status_as_of", "slots"))
    assert rows == [("", None, 2), ("suspended", timezone.localdate(), None)]


def test_a_cohort_that_is_not_shown_is_left_alone_and_said_so(trial):
    other = Trial.objects.exclude(pk=trial.pk).filter(versions__state="published").first()
    arm = shown_version(other).arms.first()

    with pytest.raises(StaleVersion):
        correct(trial, arms=[ArmRecruitment(arm.pk, "suspended", 1)])

    arm.refresh_from_db()
    assert arm.slots is None


def test_recruitment_is_that_of_the_published_cohorts_beside_a_draft(trial):
    begin_draft(trial=trial, actor=coordinator())

    assert shown_version(trial).number == 1


def test_a_status_stands_since_the_check_unless_the_source_gives_a_day(trial):
    long_ago = timezone.localdate() - timedelta(days=400)
    correct(trial, columns={"status_as_of": long_ago, "last_checked_on": timezone.localdate() - timedelta(days=40)})
    trial.refresh_from_db()
    assert trial.status_as_of == long_ago

    correct(trial, columns={"status_as_of": long_ago, "status": "suspended"})

    trial.refresh_from_db()
    assert trial.status_as_of == timezone.localdate()


def test_a_stale_correction_is_refused(trial):
    with pytest.raises(StaleVersion):
        correct(trial, version=trial.version - 1)


def test_nobody_has_looked_tomorrow(trial):
    with pytest.raises(InvalidInput):
        correct(trial, columns={"last_checked_on": timezone.localdate() + timedelta(days=1)})


def test_a_register_number_belongs_to_one_trial(trial, tmp_path):
    load_catalogue(write(tmp_path, trial_document("trial-b", identifiers=[number("NCT00000009")])), publish=True)

    with pytest.raises(InvalidInput, match="NCT00000009 belongs to another trial: Trial-B"):
        correct(trial, identifiers=[{"system": "nct", "value": "NCT00000009", "is_confirmed": True}])


def test_readers_correct_nothing(trial):
    with pytest.raises(NotAllowed):
        correct(trial, actor=expert())


def test_a_correction_leaves_an_entry_with_both_states(trial):
    correct(trial, columns={"status": "completed"})

    entry = AuditEvent.objects.filter(verb="trial.status_confirmed").latest("id")
    assert (entry.state_before, entry.state_after) == ("recruiting", "completed")


def test_a_trial_without_versions_shows_none():
    assert shown_version(Trial.objects.create(key="bare", title="Bare")) is None
