"""Lists stand until something moves on; what comes out otherwise then is told to the board, once."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from cases.models import Case
from cases.services.submission import send_news
from iltb.core.models import JobState
from tests.factories.accounts import coordinator
from tests.trials.catalogues import arm_document, trial_document, write
from tests.trials.documents import age
from tests.trials.standing import check, do_runs, matched_case, past_case, publish, runs_of
from trials import tasks
from trials.enums import Availability, ChangeCause, ChangeEffect, MatchOutcome, TrialStatus
from trials.matching import ENGINE
from trials.models import Arm, Match, MatchRun, StandingCheck, Trial
from trials.services import standing
from trials.services.catalogue import confirm_status, load_catalogue, publish_version
from trials.services.matching import request_match_run, run_match

pytestmark = pytest.mark.django_db
NO_CHILD, ANY_CHILD = age(">=", 18, id="I-01"), age("<", 18, id="I-01")


@pytest.fixture
def catalogue(tmp_path):
    return partial(publish, tmp_path)


def changes_of(case, *fields) -> list:
    return list(case.match_changes.order_by("arm__key").values_list(*fields))


def move(case, **values) -> None:
    Case.objects.filter(pk=case.pk).update(**values)


def test_where_nothing_moved_nothing_is_run():
    case = matched_case()

    assert (check().runs, runs_of(case)) == (0, 1)
    assert not standing.look_for_changes()


def test_a_new_trial_is_told_for_a_past_case_that_fits(catalogue):
    case = past_case()
    catalogue(arm_document("young", ANY_CHILD), arm_document("old", NO_CHILD))
    check()

    assert changes_of(case, "arm__key", "cause", "effect", "outcome_before", "outcome_after") == [
        ("young", ChangeCause.VERSION, ChangeEffect.FITS_NOW, "", MatchOutcome.NO_CRITERION_FAILS)
    ]


def test_a_past_case_gets_no_list_where_nothing_comes_out_otherwise(catalogue):
    case = past_case()
    catalogue(arm_document("old", NO_CHILD))

    assert (check().runs, runs_of(case)) == (0, 1)


def test_the_list_of_an_open_case_follows_every_version(catalogue):
    case = matched_case()
    catalogue(arm_document("old", NO_CHILD))
    check()

    assert Match.objects.filter(run__revision__case=case, arm__key="old").count() == 1
    assert not case.match_changes.exists()


def test_other_trials_are_carried_over_as_they_were(catalogue):
    case = matched_case()
    first = MatchRun.objects.get(revision__case=case)
    catalogue()
    check()
    second = MatchRun.objects.newest().get(revision__case=case)

    evaluated = second.matches.filter(carried_from=None)
    assert [match.arm.version.trial.key for match in evaluated] == ["trial-a"]
    assert second.matches.filter(carried_from=first).count() == first.matches.count()
    assert explanations(second) == {**explanations(first), **explanations(second, carried_from=None)}


def explanations(run, **only) -> dict:
    return dict(run.matches.filter(**only).values_list("arm", "explanation"))


def test_what_is_carried_on_names_the_run_that_evaluated_it(catalogue):
    case = matched_case()
    first = MatchRun.objects.get(revision__case=case)
    for key in ("trial-a", "trial-b"):
        catalogue(key=key)
        check()

    newest = MatchRun.objects.newest().get(revision__case=case)
    assert newest.matches.filter(carried_from=first).count() == first.matches.count()
    assert newest.valid_until == first.valid_until


def test_new_criteria_that_close_a_cohort_to_a_case_are_told(catalogue):
    catalogue(arm_document("main", ANY_CHILD))
    case = past_case()
    catalogue(arm_document("main", NO_CHILD))
    check()

    assert changes_of(case, "effect", "outcome_after") == [
        (ChangeEffect.FITS_NO_LONGER, MatchOutcome.CRITERION_NOT_MET)
    ]


def test_a_cohort_that_leaves_its_trial_is_told(catalogue):
    catalogue(arm_document("main", NO_CHILD), arm_document("other", ANY_CHILD))
    case = past_case()
    catalogue(arm_document("main", NO_CHILD))
    check()

    assert changes_of(case, "arm__key", "effect", "outcome_after", "availability_after") == [
        ("other", ChangeEffect.FITS_NO_LONGER, "", "")
    ]


def test_recruitment_that_reopens_is_told_and_evaluates_nothing(catalogue):
    trial = catalogue(arm_document("main", ANY_CHILD), status="suspended")
    case = past_case()
    confirm_status(trial=trial, actor=coordinator(), status=TrialStatus.RECRUITING, checked_on=timezone.localdate())
    check()

    assert changes_of(case, "cause", "effect", "availability_before", "availability_after") == [
        (ChangeCause.STATUS, ChangeEffect.FITS_NOW, Availability.CLOSED, Availability.RECRUITING)
    ]
    assert not MatchRun.objects.newest().get(revision__case=case).matches.filter(carried_from=None).exists()


def test_recruitment_of_one_cohort_is_told_for_that_cohort(catalogue):
    catalogue(arm_document("first"), arm_document("second"))
    case = matched_case()
    Arm.objects.filter(key="first", version__trial__key="trial-a").update(status="suspended")
    check()

    assert changes_of(case, "arm__key", "effect") == [("first", ChangeEffect.FITS_NO_LONGER)]


def test_a_closed_case_is_compared_for_a_year_after_its_last_revision(catalogue, settings, time_machine):
    case = past_case()
    catalogue()
    settings.ILTB_PAST_CASE_DAYS = 30
    time_machine.move_to(timezone.now() + timedelta(days=31))

    assert (check().cases, runs_of(case)) == (0, 1)


@pytest.mark.parametrize("state", ["withdrawn", "not_eligible"])
def test_a_case_that_was_withdrawn_or_declined_is_left_alone(state, catalogue):
    case = matched_case()
    move(case, state=state, not_eligible_reason="standard_of_care_available" if state == "not_eligible" else "")
    catalogue()

    assert (check().cases, runs_of(case)) == (0, 1)


def test_a_birthday_that_closes_a_cohort_is_told(catalogue, time_machine):
    catalogue(arm_document("main", age("<", 15, id="I-01")))
    case = past_case()
    time_machine.move_to(timezone.now() + timedelta(days=300))
    Trial.objects.filter(key="trial-a").update(last_checked_on=timezone.localdate())
    check()

    told = case.match_changes.filter(arm__version__trial__key="trial-a")
    assert list(told.values_list("cause", "effect")) == [(ChangeCause.DATE, ChangeEffect.FITS_NO_LONGER)]


def test_a_border_that_passes_refreshes_the_list_of_an_open_case(time_machine):
    case = matched_case()
    border = MatchRun.objects.get(revision__case=case).valid_until
    time_machine.move_to(timezone.now() + (border - timezone.localdate()))
    check()

    newest = MatchRun.objects.newest().get(revision__case=case)
    assert newest.evaluated_on == border < newest.valid_until
    assert not newest.matches.exclude(carried_from=None).exists()


def test_each_day_is_looked_at_once(time_machine):
    check()
    time_machine.move_to(timezone.now() + timedelta(days=1))

    assert [standing.look_for_changes(), bool(check()), standing.look_for_changes()] == [True, True, False]


def test_a_new_engine_evaluates_everything_anew():
    case = matched_case()
    MatchRun.objects.filter(revision__case=case).update(engine="0")
    check()

    assert not MatchRun.objects.newest().get(revision__case=case).matches.exclude(carried_from=None).exists()


def test_what_the_engine_reads_otherwise_is_told_as_such(catalogue):
    catalogue(arm_document("main", ANY_CHILD))
    case = past_case()
    old = Match.objects.get(run__revision__case=case, arm__version__trial__key="trial-a")
    Match.objects.filter(pk=old.pk).update(outcome=MatchOutcome.CRITERION_NOT_MET)
    MatchRun.objects.filter(pk=old.run_id).update(engine="0")
    check()

    assert changes_of(case, "cause", "effect") == [(ChangeCause.ENGINE, ChangeEffect.FITS_NOW)]


def test_new_data_in_the_dossier_are_told_as_such(catalogue):
    catalogue(arm_document("main", age("<", 15, id="I-01")))
    case = matched_case()
    case.patient.age_months_at_submission = 190
    case.patient.save()
    send_news(case=case, actor=case.author)
    do_runs()

    assert (ChangeCause.REVISION, ChangeEffect.FITS_NO_LONGER) in changes_of(case, "cause", "effect")


def test_the_first_list_of_a_case_changes_nothing():
    assert not matched_case().match_changes.exists()


def test_publishing_asks_for_a_check_in_the_same_transaction(tmp_path):
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=False)
    draft = Trial.objects.get(key="trial-a").versions.get()

    publish_version(version=draft, actor=coordinator())

    assert [check.state for check in StandingCheck.objects.all()] == [JobState.PENDING]


def test_a_check_that_waits_serves_who_asks_meanwhile():
    standing.catalogue_changed()
    standing.catalogue_changed()

    assert StandingCheck.objects.count() == 1
    assert not standing.look_for_changes()


def test_the_database_refuses_a_second_waiting_check():
    StandingCheck.objects.create()

    with pytest.raises(IntegrityError):
        StandingCheck.objects.create()


def test_a_publication_while_a_run_is_under_way_is_found_by_the_next_look(catalogue):
    case = matched_case()
    waiting = request_match_run(case.revisions.get())
    catalogue()
    standing.look_for_changes()
    standing.run_check(str(StandingCheck.objects.get().pk))
    MatchRun.objects.filter(pk=waiting.pk).update(
        state="done", catalogue="x", engine=ENGINE, evaluated_on=timezone.localdate()
    )  # it had read the catalogue before

    assert StandingCheck.objects.get().key == ""
    assert check().runs == 1
    assert case.match_changes.filter(arm__version__trial__key="trial-a").exists()


def test_a_second_publication_during_a_check_is_found_by_the_next_look(catalogue):
    case = past_case()
    catalogue()
    standing.look_for_changes()
    catalogue(key="trial-b")
    standing.catalogue_changed()  # one waits already
    check()

    assert len(changes_of(case, "arm")) == 2
    catalogue(key="trial-c")
    check()
    assert len(changes_of(case, "arm")) == 3


def test_a_check_that_failed_for_good_is_not_asked_for_every_minute(time_machine):
    standing.look_for_changes()
    StandingCheck.objects.update(state="failed")

    assert not standing.look_for_changes()
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert standing.look_for_changes()


def test_doing_a_check_or_its_runs_twice_tells_once(catalogue):
    case = past_case()
    catalogue()
    done = check()
    standing.run_check(str(done.pk))
    run_match(str(MatchRun.objects.newest().get(revision__case=case).pk))

    assert (runs_of(case), case.match_changes.count()) == (2, 1)


def test_a_run_whose_storing_fails_tells_nothing(catalogue):
    case = past_case()
    catalogue()
    standing.look_for_changes()
    standing.run_check(str(StandingCheck.objects.get().pk))
    with connection.cursor() as cursor:
        cursor.execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''full''; END'")
        cursor.execute("CREATE TRIGGER no BEFORE INSERT ON trials_matchchange FOR EACH ROW EXECUTE FUNCTION no()")
    with pytest.raises(Exception, match="full"), transaction.atomic():
        do_runs()

    assert MatchRun.objects.filter(revision__case=case, state=JobState.DONE).count() == 1


def test_the_tasks_take_the_key_of_the_check():
    tasks.look_for_changes()
    tasks.run_check(check_id=str(StandingCheck.objects.get().pk))

    assert StandingCheck.objects.get().state == JobState.DONE


def test_an_installation_without_matching_checks_nothing(settings):
    settings.ILTB_MATCHING = False

    assert not standing.look_for_changes()
    assert not StandingCheck.objects.exists()


def test_many_cohorts_at_once_come_out_as_one_by_one(catalogue):
    case = past_case()
    catalogue(*[arm_document(f"arm-{n:02}", age("<", n + 1, id="I-01")) for n in range(25)])
    check()

    found = Match.objects.filter(run=MatchRun.objects.newest().get(revision__case=case), arm__key__startswith="arm-")
    fitting = {match.arm.key for match in found if match.outcome == MatchOutcome.NO_CRITERION_FAILS}
    assert {key for (key,) in changes_of(case, "arm__key")} == fitting
    assert 5 < len(fitting) < 20


def at_once(*deeds) -> None:
    """Do all of them in threads of their own."""
    start = threading.Barrier(len(deeds))

    def do(deed):
        start.wait()
        try:
            deed()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_two_publications_and_two_workers_at_once_lose_nothing_and_tell_once(tmp_path):
    case, curators = past_case(), [coordinator(), coordinator()]
    load_catalogue(write(tmp_path, trial_document("trial-a"), trial_document("trial-b")), publish=False)
    drafts = [Trial.objects.get(key=key).versions.get() for key in ("trial-a", "trial-b")]

    at_once(*(partial(publish_version, version=d, actor=a) for d, a in zip(drafts, curators, strict=True)))
    waiting = StandingCheck.objects.get()
    at_once(*[partial(standing.run_check, str(waiting.pk))] * 2)
    at_once(do_runs, do_runs)

    assert (runs_of(case), case.match_changes.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_a_publication_during_a_check_is_in_this_one_or_the_next(tmp_path):
    case, curator = past_case(), coordinator()
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=False)
    draft = Trial.objects.get(key="trial-a").versions.get()
    standing.look_for_changes()
    waiting = StandingCheck.objects.get()

    at_once(partial(publish_version, version=draft, actor=curator), partial(standing.run_check, str(waiting.pk)))
    check()

    assert case.match_changes.count() == 1
