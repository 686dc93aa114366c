"""A submitted revision is compared with the published catalogue exactly once; everyone sees what is theirs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cases.models import CaseRevision
from cases.services.submission import send_news, submit_case
from cases.services.triage import accept_case
from iltb.audit.models import AuditEvent
from iltb.core.errors import Conflict, NotAllowed, NotFound
from iltb.core.models import JobState
from tests.factories.accounts import chair, coordinator, expert, physician
from tests.factories.cases import complete_case, submitted_case
from tests.trials.catalogues import arm_document, trial_document, write
from tests.trials.documents import age
from trials import tasks
from trials.enums import Availability, MatchOutcome, TrialStatus
from trials.matching import ENGINE
from trials.models import Arm, Match, MatchRun, Trial
from trials.queries import matches_of_arms, open_arm
from trials.services.catalogue import load_catalogue
from trials.services.matching import release_matches, request_match_run, run_match

pytestmark = pytest.mark.django_db


def matched_case():
    case = submitted_case()
    run_match(str(run_of(case).pk))
    return case


def run_of(case) -> MatchRun:
    return MatchRun.objects.filter(revision__case=case).latest("created_at")


def match_of(case, trial: str, arm: str = "main") -> Match:
    return run_of(case).matches.get(arm__version__trial__key=trial, arm__key=arm)


def test_submitting_a_case_asks_for_one_match_of_its_revision():
    case = submitted_case()

    assert [run.revision.number for run in MatchRun.objects.filter(revision__case=case)] == [1]


def test_asking_again_while_one_waits_gives_the_same_run():
    run = run_of(submitted_case())

    assert request_match_run(run.revision) == run


def test_the_database_refuses_a_second_waiting_run():
    run = run_of(submitted_case())

    with pytest.raises(IntegrityError):
        MatchRun.objects.create(revision=run.revision)


def test_a_finished_run_may_be_followed_by_another():
    run = run_of(matched_case())

    assert request_match_run(run.revision) != run


def test_an_installation_can_switch_matching_off(settings):
    case = complete_case()
    settings.ILTB_MATCHING = False

    submit_case(case=case, actor=case.author)

    assert not MatchRun.objects.filter(revision__case=case).exists()


def test_a_run_compares_every_current_cohort_and_notes_with_what():
    run = run_of(matched_case())

    assert run.matches.count() == Arm.objects.current().count()
    assert (run.state, run.engine, run.evaluated_on) == (JobState.DONE, ENGINE, timezone.localdate())
    assert len(run.catalogue) == 64


def test_ranks_follow_the_vector():
    matches = list(run_of(matched_case()).matches.all())

    assert [match.rank for match in matches] == list(range(1, len(matches) + 1))
    assert [match.order for match in matches] == sorted(match.order for match in matches)


def test_a_match_tells_the_outcome_and_the_deciding_criterion():
    case = matched_case()
    fits, fails = match_of(case, "hem-ismart-c"), match_of(case, "hem-ismart-d")

    assert fits.outcome == MatchOutcome.POSSIBLE
    assert {row["fact"]: row["verdict"] for row in fits.explanation}["pathway"] == "met"
    assert {row["fact"]: row["verdict"] for row in fails.explanation}["pathway"] == "unknown"


def test_a_closed_trial_is_listed_as_closed():
    assert match_of(matched_case(), "ponatinib-1501").availability == Availability.CLOSED


def test_the_task_takes_the_key_of_the_run():
    case = submitted_case()
    tasks.run_match(run_id=str(run_of(case).pk))

    assert run_of(case).state == JobState.DONE


def test_running_twice_stores_one_list():
    case = matched_case()
    run_match(str(run_of(case).pk))

    assert run_of(case).matches.count() == Arm.objects.current().count()


def test_a_run_leaves_one_audit_entry():
    case = matched_case()

    assert AuditEvent.objects.filter(verb="matches.found", subject_key=str(case.pk)).count() == 1


def test_the_age_grows_with_the_days_since_submission(time_machine):
    case = submitted_case()
    time_machine.move_to(timezone.now() + timedelta(days=365 * 7))
    run_match(str(run_of(case).pk))

    assert match_of(case, "hem-ismart-c").outcome == MatchOutcome.CRITERION_NOT_MET


def test_a_run_knows_when_an_age_border_comes():
    run = run_of(matched_case())

    assert timezone.localdate() < run.valid_until < timezone.localdate() + timedelta(days=3000)


def test_drafts_take_no_part(tmp_path):
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=False)

    assert not run_of(matched_case()).matches.filter(arm__version__trial__key="trial-a").exists()


def test_criteria_that_cannot_be_read_leave_the_trial_in_the_list(tmp_path):
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=False)
    Arm.objects.filter(version__trial__key="trial-a").update(criteria={"fact": "gone"})
    load_catalogue(tmp_path, publish=True)

    assert match_of(matched_case(), "trial-a").outcome == MatchOutcome.POSSIBLE


def test_availability_is_judged_apart_from_the_criteria(tmp_path):
    arms = [arm_document("young"), arm_document("old", age(">=", 18))]
    load_catalogue(write(tmp_path, trial_document("trial-a", status="completed", arms=arms)), publish=True)
    case = matched_case()

    assert [match_of(case, "trial-a", key).outcome for key in ("young", "old")] == [
        "no_criterion_fails",
        "criterion_not_met",
    ]
    assert {match.availability for match in run_of(case).matches.filter(arm__version__trial__key="trial-a")} == {
        "closed"
    }


def test_a_trial_confirmed_elsewhere_only_is_listed_as_elsewhere(tmp_path):
    document = trial_document("trial-a", countries=["US"], countries_complete=True)
    load_catalogue(write(tmp_path, document), publish=True)
    Trial.objects.filter(key="trial-a").update(last_checked_on=timezone.localdate())

    assert match_of(matched_case(), "trial-a").availability == Availability.RECRUITING_ELSEWHERE


@pytest.mark.parametrize(
    ("statuses", "availability"),
    [
        (["suspended", "recruiting"], Availability.RECRUITING_UNCONFIRMED),
        (["suspended", "unknown"], Availability.RECRUITING_UNCONFIRMED),
        (["suspended", "completed"], Availability.RECRUITING_ELSEWHERE),
    ],
)
def test_a_country_counts_while_one_of_its_places_is_not_closed(statuses, availability, tmp_path):
    case = submitted_case()
    home = case.revisions.get().content["patient"]["country"]["code"]
    load_catalogue(write(tmp_path, trial_document("trial-a", countries=["US"], countries_complete=True)), publish=True)
    trial = Trial.objects.get(key="trial-a")
    for number, status in enumerate(statuses):
        trial.sites.create(country_code=home, name=f"Clinic {number}", status=status)

    run_match(str(run_of(case).pk))

    assert match_of(case, "trial-a").availability == availability


def test_news_lead_to_a_new_run_on_the_new_revision():
    case = matched_case()
    case.patient.weight_kg = 19
    case.patient.save()
    send_news(case=case, actor=case.author)

    assert sorted(MatchRun.objects.filter(revision__case=case).values_list("revision__number", "state")) == [
        (1, "done"),
        (2, "pending"),
    ]


def seen_by(user, case) -> bool:
    return MatchRun.objects.visible_to(user).filter(revision__case=case).exists()


def test_before_acceptance_only_coordinators_see_matches():
    case = matched_case()
    people = {
        "coordinator": coordinator(),
        "chair": chair(),
        "author": case.author,
        "other": physician(),
        "expert": expert(),
    }

    assert {name for name, user in people.items() if seen_by(user, case)} == {"coordinator"}


def test_after_acceptance_the_chair_sees_them_too():
    case = matched_case()
    accept_case(case=case, actor=coordinator())

    assert [seen_by(user, case) for user in (chair(), case.author, expert())] == [True, False, False]


def test_a_physician_sees_them_once_a_coordinator_released_them():
    case, actor = matched_case(), coordinator()
    run = release_matches(run=run_of(case), actor=actor)

    assert (run.released_by, seen_by(case.author, case), seen_by(physician(), case)) == (actor, True, False)
    assert Match.objects.visible_to(case.author).count() == run.matches.count()


def test_a_list_is_released_once_and_only_when_it_is_ready():
    actor, waiting = coordinator(), run_of(submitted_case())
    with pytest.raises(Conflict, match="not ready"):
        release_matches(run=waiting, actor=actor)

    run = release_matches(run=run_of(matched_case()), actor=actor)
    with pytest.raises(Conflict, match="already"):
        release_matches(run=run, actor=actor)


def test_only_coordinators_release():
    case = matched_case()

    with pytest.raises(NotAllowed):
        release_matches(run=run_of(case), actor=case.author)
    with pytest.raises(NotFound):
        release_matches(run=run_of(case), actor=physician())


def test_reviews_and_letters_read_the_newest_list_by_cohort():
    case, arm = matched_case(), open_arm("hem-ismart-c")
    revision = CaseRevision.objects.get(case=case)
    found = matches_of_arms(revision, [arm.pk])[arm.pk]

    assert (found.outcome, found.counts.not_met) == (MatchOutcome.POSSIBLE, 0)
    assert [requirement.verdict for requirement in found.requirements].count("met") == found.counts.met


def test_without_a_finished_run_there_is_nothing_to_read():
    revision = CaseRevision.objects.get(case=submitted_case())

    assert matches_of_arms(revision, [open_arm("hem-ismart-c").pk]) == {}


def test_a_cohort_is_found_by_the_keys_of_trial_and_arm():
    assert open_arm("catulus", "b-nhl").title == "B-cell non-Hodgkin lymphoma"
    with pytest.raises(Arm.DoesNotExist):
        open_arm("catulus", "nothing")


def test_every_status_has_a_word():
    assert all(TrialStatus(value).label for value in TrialStatus.values)
