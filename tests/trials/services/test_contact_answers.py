"""What recruitment follows from the answer of a trial's contact, and what a coordinator decides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from iltb.audit.models import AuditEvent
from tests.factories.accounts import coordinator
from tests.trials.catalogues import arm_document
from tests.trials.documents import age
from tests.trials.services.test_contacts import answered, arm_of, asked, corrected, later, loaded, place
from trials.enums import TrialStatus
from trials.models import Arm, ContactAsk, Site, Trial
from trials.queries.recruitment import in_words, recruitment_of
from trials.services.contacts import withdraw_ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(tmp_path) -> Trial:
    """One cohort, recruiting by a register that nobody checked."""
    return loaded(tmp_path)


@pytest.fixture
def two_cohorts(tmp_path) -> Trial:
    return loaded(tmp_path, arm_document(), arm_document("late", age(">", 3), title="Late"))


@pytest.mark.parametrize(("said", "status"), [("yes", "recruiting"), ("paused", "suspended"), ("no", "not_recruiting")])
def test_the_answer_is_the_status_of_today(trial, said, status):
    answered(asked(trial), said)

    trial.refresh_from_db()
    assert (trial.status, trial.status_as_of, trial.last_checked_on) == (
        status,
        timezone.localdate(),
        timezone.localdate(),
    )
    assert (trial.status_note, trial.status_source) == ("Confirmed by the trial contact.", "")


def test_of_several_cohorts_only_the_one_that_was_asked_about_changes(two_cohorts):
    answered(asked(two_cohorts, arm="late"), "paused")

    two_cohorts.refresh_from_db()
    assert (two_cohorts.status, two_cohorts.last_checked_on) == ("recruiting", None)
    assert (arm_of(two_cohorts).status, arm_of(two_cohorts).last_checked_on) == ("", None)
    late = recruitment_of(arm_of(two_cohorts, "late"), today=timezone.localdate())
    assert (late.status, late.checked_on, late.is_confirmed) == (TrialStatus.SUSPENDED, timezone.localdate(), True)
    assert in_words(late).note == "Confirmed by the trial contact."


def test_what_was_told_of_a_cohort_alone_is_as_old_as_that_whenever_its_trial_is_looked_at(two_cohorts):
    answered(asked(two_cohorts, arm="late"))
    Arm.objects.filter(version__trial=two_cohorts).update(last_checked_on=timezone.localdate() - timedelta(days=90))
    corrected(two_cohorts, last_checked_on=timezone.localdate())

    late = recruitment_of(arm_of(two_cohorts, "late"), today=timezone.localdate())
    assert (late.checked_on, late.is_confirmed) == (timezone.localdate() - timedelta(days=90), False)


def test_a_cohort_that_has_a_status_but_no_day_of_its_own_was_checked_with_its_trial(two_cohorts):
    Arm.objects.filter(version__trial=two_cohorts, key="late").update(status="recruiting")
    corrected(two_cohorts, last_checked_on=timezone.localdate())

    assert recruitment_of(arm_of(two_cohorts, "late"), today=timezone.localdate()).checked_on == timezone.localdate()


@pytest.mark.parametrize("status", ["terminated", "completed", "suspended", "not_recruiting", "active_not_recruiting"])
def test_a_closed_trial_closes_a_cohort_whatever_its_contact_said_before(two_cohorts, status):
    answered(asked(two_cohorts, arm="late"))
    assert not recruitment_of(arm_of(two_cohorts, "late"), today=timezone.localdate()).is_closed

    corrected(two_cohorts, status=status)

    late = recruitment_of(arm_of(two_cohorts, "late"), today=timezone.localdate())
    assert (late.status, late.is_closed) == (TrialStatus(status), True)


@pytest.mark.parametrize("said", ["yes", "paused"])
def test_an_answer_to_an_older_question_is_kept_but_a_coordinator_decides(trial, said):
    ask = asked(trial)
    corrected(trial, status="terminated")

    with later(days=13):
        ask = answered(ask, said, remark="As before.")

    trial.refresh_from_db()
    assert (trial.status, ask.is_in_force, ContactAsk.objects.get().remark) == ("terminated", False, "As before.")


def test_a_no_to_an_older_question_does_not_close_what_a_coordinator_has_opened(trial):
    corrected(trial, status="suspended")
    ask = asked(trial)
    corrected(trial, status="recruiting")

    assert answered(ask, "no").is_in_force is False


def test_an_older_question_opens_no_cohort_of_a_trial_that_was_terminated_meanwhile(two_cohorts):
    ask = asked(two_cohorts, arm="late")
    corrected(two_cohorts, status="terminated")

    assert answered(ask).is_in_force is False
    assert arm_of(two_cohorts, "late").status == ""


def test_no_cohort_opens_in_a_closed_trial_and_no_trial_by_one_of_its_cohorts(two_cohorts):
    corrected(two_cohorts, status="suspended")

    ask = answered(asked(two_cohorts, arm="late"))

    two_cohorts.refresh_from_db()
    assert (ask.is_in_force, two_cohorts.status, arm_of(two_cohorts, "late").status) == (False, "suspended", "")


def test_who_speaks_for_the_whole_trial_opens_it_again(trial):
    answered(asked(trial), "paused")

    ask = answered(asked(trial))

    trial.refresh_from_db()
    assert (ask.is_in_force, trial.status) == (True, "recruiting")


def test_what_another_contact_said_in_between_is_no_correction(trial):
    Trial.objects.filter(pk=trial.pk).update(status="unknown")
    utrecht, whole = asked(trial, site=place(trial)), asked(trial)
    answered(utrecht)

    assert answered(whole, "no").is_in_force is True


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [(2, "yes", 2), (0, "yes", None), (None, "yes", None), (2, "no", 0), (2, "unknown", None), (None, "no", 0)],
)
def test_free_places_follow_the_answer_and_unknown_is_not_none(trial, before, said, after):
    Arm.objects.filter(pk=arm_of(trial).pk).update(slots=before)

    answered(asked(trial), free_places=said)

    assert arm_of(trial).slots == after


def test_a_place_that_closes_closes_that_place_alone(trial):
    utrecht, paris = place(trial), place(trial, "Paris", "FR")
    Arm.objects.filter(pk=arm_of(trial).pk).update(slots=3)

    answered(asked(trial, site=utrecht), "no", "no")

    trial.refresh_from_db()
    assert list(trial.sites.order_by("name").values_list("name", "status", "last_checked_on")) == [
        ("Paris", paris.status, None),
        ("Utrecht", "not_recruiting", timezone.localdate()),
    ]
    assert (trial.status, trial.last_checked_on, arm_of(trial).slots) == ("recruiting", None, 3)


def test_one_open_place_is_enough_for_the_cohort_to_recruit(trial):
    place(trial, "Paris", "FR")
    Trial.objects.filter(pk=trial.pk).update(status="unknown")

    answered(asked(trial, site=place(trial)))

    trial.refresh_from_db()
    assert (trial.status, trial.last_checked_on) == ("recruiting", timezone.localdate())


@pytest.mark.parametrize("status", ["suspended", "terminated"])
def test_no_place_opens_a_trial_that_is_closed(trial, status):
    site = place(trial)
    Trial.objects.filter(pk=trial.pk).update(status=status)

    ask = answered(asked(trial, site=site))

    trial.refresh_from_db()
    site.refresh_from_db()
    assert (ask.is_in_force, trial.status, site.status) == (False, status, "unknown")


def test_no_place_opens_a_cohort_that_is_closed_alone(two_cohorts):
    answered(asked(two_cohorts, arm="late"), "paused")

    ask = answered(asked(two_cohorts, arm="late", site=place(two_cohorts)))

    assert (ask.is_in_force, arm_of(two_cohorts, "late").status) == (False, "suspended")


def test_a_cohort_alone_in_its_trial_opens_with_it_though_it_had_a_status_of_its_own(trial):
    Arm.objects.filter(version__trial=trial).update(status="suspended")

    answered(asked(trial))

    trial.refresh_from_db()
    assert (trial.status, arm_of(trial).status) == ("recruiting", "recruiting")


def test_a_place_that_a_coordinator_opened_again_keeps_the_trial_open(trial):
    utrecht, paris = place(trial), place(trial, "Paris", "FR")
    answered(asked(trial, site=utrecht), "no", "no")
    Site.objects.filter(pk=utrecht.pk).update(status="recruiting")

    answered(asked(trial, site=paris), "no", "no")

    trial.refresh_from_db()
    assert trial.status == "recruiting"


def test_the_last_place_that_closes_closes_the_trial(trial):
    utrecht, paris = place(trial), place(trial, "Paris", "FR")

    answered(asked(trial, site=utrecht), "paused", "no")
    answered(asked(trial, site=paris), "no", "no")

    trial.refresh_from_db()
    assert (trial.status, arm_of(trial).slots) == ("not_recruiting", 0)


def test_a_place_that_is_full_leaves_the_number_of_the_others_alone(trial):
    utrecht, _paris = place(trial), place(trial, "Paris", "FR")
    Arm.objects.filter(pk=arm_of(trial).pk).update(slots=0)

    answered(asked(trial, site=utrecht), "yes", "no")

    assert arm_of(trial).slots == 0


def test_what_a_place_says_of_one_cohort_never_closes_it_for_the_others(two_cohorts):
    utrecht, paris = place(two_cohorts), place(two_cohorts, "Paris", "FR")

    two_cohorts.sites.update(last_checked_on=timezone.localdate() - timedelta(days=1))

    first = answered(asked(two_cohorts, arm="late", site=utrecht), "no", "no")
    assert (first.is_in_force, arm_of(two_cohorts, "late").status) == (False, "")
    second = answered(asked(two_cohorts, arm="late", site=paris), "no", "no")

    assert (second.is_in_force, arm_of(two_cohorts, "late").status, arm_of(two_cohorts).status) == (
        True,
        "not_recruiting",
        "",
    )
    assert set(two_cohorts.sites.values_list("status", flat=True)) == {"unknown"}


def test_a_place_that_says_yes_after_its_no_is_open(two_cohorts):
    utrecht, paris = place(two_cohorts), place(two_cohorts, "Paris", "FR")
    for said in ("no", "yes"):
        answered(asked(two_cohorts, arm="late", site=utrecht), said)

    answered(asked(two_cohorts, arm="late", site=paris), "no", "no")

    assert arm_of(two_cohorts, "late").status == "recruiting"


@pytest.mark.parametrize("days", [1, 31])
def test_the_no_of_a_place_counts_until_somebody_looks_there_or_it_is_old(two_cohorts, days):
    utrecht, paris = place(two_cohorts), place(two_cohorts, "Paris", "FR")
    answered(asked(two_cohorts, arm="late", site=utrecht), "no", "no")

    with later(days=days):
        if days == 1:
            Site.objects.filter(pk=utrecht.pk).update(last_checked_on=timezone.localdate())
        answered(asked(two_cohorts, arm="late", site=paris), "no", "no")

    assert arm_of(two_cohorts, "late").status == ""


def test_a_place_that_left_the_trial_speaks_for_nothing(trial):
    site = place(trial)
    place(trial, "Paris", "FR")
    ask = asked(trial, site=site)
    site.delete()

    assert answered(ask, "yes").is_in_force is False
    assert arm_of(trial).version.trial.last_checked_on is None


def test_what_is_learnt_of_a_place_alone_is_written_down_as_that(trial):
    site = place(trial)
    place(trial, "Paris", "FR")

    answered(asked(trial, site=site), "no", "no")

    entry = AuditEvent.objects.get(verb="trial.place_confirmed")
    assert (entry.state_before, entry.state_after, entry.data) == ("unknown", "not_recruiting", {"place": "NL Utrecht"})
    assert not AuditEvent.objects.filter(verb="trial.status_confirmed").exists()


def test_every_entry_of_a_question_names_the_place(trial):
    withdraw_ask(ask=asked(trial, site=place(trial)), actor=coordinator())
    answered(asked(trial, site=trial.sites.get()), "no")

    verbs = ["contact.asked", "contact.withdrawn", "contact.answered", "trial.status_confirmed"]
    places = AuditEvent.objects.filter(verb__in=verbs).values_list("verb", "data__place").distinct()
    assert dict(places) == dict.fromkeys(verbs, "NL Utrecht")


def test_the_only_place_speaks_for_the_cohort(trial):
    answered(asked(trial, site=place(trial)), "no", "no")

    trial.refresh_from_db()
    assert (trial.status, arm_of(trial).slots) == ("not_recruiting", 0)
