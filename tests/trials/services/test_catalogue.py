"""Loading is repeatable, one broken file never stops the others, and a published version never changes."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from iltb.audit.models import AuditEvent
from iltb.core.errors import InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from tests.factories.accounts import coordinator, expert, person, physician
from tests.trials.catalogues import arm_document, number, trial_document, write
from tests.trials.documents import age
from trials.enums import TrialStatus, VersionState
from trials.models import Arm, Trial, TrialVersion
from trials.services.catalogue import confirm_status, load_catalogue, publish_version

pytestmark = pytest.mark.django_db


def draft(folder, **more) -> TrialVersion:
    load_catalogue(write(folder, trial_document("trial-a", **more)), publish=False)
    return TrialVersion.objects.get(trial__key="trial-a")


def published(folder, **more) -> TrialVersion:
    load_catalogue(write(folder, trial_document("trial-a", **more)), publish=True)
    return TrialVersion.objects.current().get(trial__key="trial-a")


def test_a_file_becomes_a_trial_with_a_version_arms_sites_and_numbers(tmp_path):
    version = draft(tmp_path, countries=["NL", "DE"], identifiers=[number("NCT00000001")], agents=["venetoclax"])

    assert (version.number, version.state, version.agents_text) == (1, VersionState.DRAFT, "venetoclax")
    assert [site.country_code for site in version.trial.sites.all()] == ["DE", "NL"]
    assert [arm.key for arm in version.arms.all()] == ["main"]
    assert [row.value for row in version.trial.identifiers.all()] == ["NCT00000001"]


def test_loading_twice_changes_nothing(tmp_path):
    folder = write(tmp_path, trial_document("trial-a"), trial_document("trial-b"))
    load_catalogue(folder)
    before = AuditEvent.objects.count()

    report = load_catalogue(folder)

    assert (report.added, report.changed, report.unchanged) == ([], [], ["trial-a", "trial-b"])
    assert AuditEvent.objects.count() == before


def test_a_changed_file_becomes_the_next_version_and_the_old_one_stays(tmp_path):
    published(tmp_path)
    version = published(tmp_path, arms=[arm_document(criteria=age("<", 21))])

    assert version.number == 2
    assert list(version.trial.versions.values_list("number", "state")) == [(2, "published"), (1, "published")]


def test_a_changed_file_replaces_a_draft_that_nobody_published(tmp_path):
    draft(tmp_path)
    version = draft(tmp_path, title="Renamed")

    assert (version.number, version.trial.title) == (1, "Renamed")


def test_a_draft_beside_a_published_version_is_not_current(tmp_path):
    published(tmp_path)
    load_catalogue(write(tmp_path, trial_document("trial-a", phase="2")), publish=False)

    assert [version.number for version in TrialVersion.objects.current().filter(trial__key="trial-a")] == [1]


def test_loading_with_publishing_publishes_what_was_loaded_as_a_draft(tmp_path):
    draft(tmp_path)

    assert published(tmp_path).state == VersionState.PUBLISHED


def test_outside_the_demo_everything_is_a_draft(tmp_path, settings):
    settings.ILTB_DEMO = False
    load_catalogue(write(tmp_path, trial_document("trial-a")))

    assert TrialVersion.objects.get(trial__key="trial-a").state == VersionState.DRAFT


def test_one_broken_file_never_stops_the_others(tmp_path):
    folder = write(tmp_path, trial_document("trial-a"), trial_document("trial-c"))
    (folder / "trial-b.yaml").write_text("key: [")

    report = load_catalogue(folder)

    assert report.added == ["trial-a", "trial-c"]
    assert [(refusal.file, refusal.path) for refusal in report.refused] == [("trial-b.yaml", "$")]


def test_two_files_cannot_describe_one_trial(tmp_path):
    folder = write(tmp_path, trial_document("trial-a"))
    (folder / "trial-b.yaml").write_text((folder / "trial-a.yaml").read_text())

    assert [(refusal.file, refusal.path) for refusal in load_catalogue(folder).refused] == [("trial-b.yaml", "$.key")]


def test_a_register_number_belongs_to_one_trial(tmp_path):
    numbers = [number("NCT00000001")]
    folder = write(
        tmp_path, trial_document("trial-a", identifiers=numbers), trial_document("trial-b", identifiers=numbers)
    )

    report = load_catalogue(folder)

    assert [refusal.reason for refusal in report.refused] == ["NCT00000001 belongs to 'trial-a'"]
    assert not Trial.objects.filter(key="trial-b").exists()


def test_a_status_that_somebody_checked_outlives_a_reload(tmp_path):
    trial = published(tmp_path).trial
    confirm_status(trial=trial, actor=coordinator(), status=TrialStatus.SUSPENDED, checked_on=timezone.localdate())

    published(tmp_path, remarks="new")

    trial.refresh_from_db()
    assert (trial.status, trial.last_checked_on) == (TrialStatus.SUSPENDED, timezone.localdate())


def test_a_country_that_left_the_file_leaves_the_trial(tmp_path):
    published(tmp_path, countries=["NL", "DE"])

    assert [site.country_code for site in published(tmp_path, countries=["DE"]).trial.sites.all()] == ["DE"]


def test_a_coordinator_publishes_a_draft_once(tmp_path):
    version, actor = draft(tmp_path), coordinator()

    assert publish_version(version=version, actor=actor).published_by == actor
    with pytest.raises(TransitionNotAllowed):
        publish_version(version=version, actor=actor)


def test_nobody_publishes_what_they_wrote(tmp_path):
    version, author = draft(tmp_path), coordinator()
    TrialVersion.objects.filter(pk=version.pk).update(created_by=author)

    with pytest.raises(NotAllowed, match="second person"):
        publish_version(version=version, actor=author)


@pytest.mark.parametrize("role", [physician, expert])
def test_only_coordinators_publish(tmp_path, role):
    with pytest.raises(NotFound):
        publish_version(version=draft(tmp_path), actor=role())


def test_only_coordinators_correct_the_status_of_what_others_may_see(tmp_path):
    with pytest.raises(NotAllowed):
        confirm_status(
            trial=published(tmp_path).trial,
            actor=physician(),
            status=TrialStatus.RECRUITING,
            checked_on=date(2026, 1, 1),
        )


def test_a_check_cannot_lie_in_the_future(tmp_path):
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(InvalidInput):
        confirm_status(
            trial=published(tmp_path).trial, actor=coordinator(), status=TrialStatus.RECRUITING, checked_on=tomorrow
        )


def test_each_deed_leaves_one_audit_entry(tmp_path):
    trial = published(tmp_path).trial
    confirm_status(trial=trial, actor=coordinator(), status=TrialStatus.COMPLETED, checked_on=timezone.localdate())

    verbs = AuditEvent.objects.filter(subject_key=str(trial.pk)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["trial.loaded", "trial.published", "trial.status_confirmed"]


def refused_by_the_database(work) -> bool:
    try:
        with transaction.atomic():
            work()
    except DatabaseError as error:
        return "frozen" in str(error)
    return False


def test_the_database_refuses_every_change_of_a_published_version(tmp_path):
    version = published(tmp_path)
    arm = version.arms.get()

    assert refused_by_the_database(lambda: TrialVersion.objects.filter(pk=version.pk).update(phase="3"))
    assert refused_by_the_database(lambda: TrialVersion.objects.filter(pk=version.pk).update(state=VersionState.DRAFT))
    assert refused_by_the_database(version.delete)
    assert refused_by_the_database(lambda: Arm.objects.filter(pk=arm.pk).update(criteria={}))
    assert refused_by_the_database(arm.delete)
    assert refused_by_the_database(lambda: Arm.objects.create(version=version, key="new", title="New", criteria={}))


def test_the_recruitment_of_a_published_arm_may_change(tmp_path):
    arm = published(tmp_path).arms.get()
    arm.status = TrialStatus.SUSPENDED
    arm.save(update_fields=["status"])

    assert Arm.objects.get(pk=arm.pk).status == TrialStatus.SUSPENDED


def test_an_arm_cannot_be_moved_into_a_published_version(tmp_path):
    version = published(tmp_path)
    load_catalogue(write(tmp_path, trial_document("trial-b")), publish=False)

    assert refused_by_the_database(lambda: Arm.objects.filter(version__trial__key="trial-b").update(version=version))


def test_the_command_reports_what_it_did(tmp_path, capsys):
    folder = write(tmp_path, trial_document("trial-a"))
    (folder / "bad.yaml").write_text("[]")

    call_command("load_catalogue", "--from", str(folder))

    out, err = capsys.readouterr()
    assert out == "trials: 1 added, 0 changed, 0 unchanged, 1 refused\n"
    assert err == "bad.yaml: $: expected keys and values, found list\n"


def test_drafts_are_for_coordinators_and_nothing_is_for_people_without_a_role(tmp_path):
    draft(tmp_path)
    seen = {
        name: Trial.objects.visible_to(user).filter(key="trial-a").exists()
        for name, user in (("coordinator", coordinator()), ("physician", physician()))
    }

    assert seen == {"coordinator": True, "physician": False}
    assert not Trial.objects.visible_to(person()).exists()


def test_inactive_people_see_nothing():
    user = coordinator()
    user.is_active = False

    assert not Trial.objects.visible_to(user).exists()
