"""A draft is written by coordinators, never saved over unseen, and published by somebody who did not write it."""

import pytest

from iltb.audit.models import AuditEvent
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleVersion
from iltb.core.models import JobState
from tests.factories.accounts import chair, coordinator, expert, person, physician
from tests.factories.cases import submitted_case
from tests.trials.catalogues import arm_document, counted_from_zero, trial_document, write
from tests.trials.documents import age
from trials.enums import TrialStatus, VersionState
from trials.models import Arm, MatchRun, StandingCheck, Trial, TrialVersion
from trials.services.catalogue import load_catalogue, publish_version
from trials.services.editing import (
    add_arm,
    begin_draft,
    describe_draft,
    discard_draft,
    enter_trial,
    remove_arm,
    rename_arm,
    write_criteria,
)
from trials.services.matching import run_match
from trials.services.standing import run_check

pytestmark = pytest.mark.django_db
DESCRIPTION = {
    "sponsor": "A sponsor",
    "phase": "1/2",
    "agents": ["agent one", "agent two"],
    "age_limits": "1 to 18 years",
    "countries_complete": False,
    "verification": "verified",
    "sources": [],
    "remarks": "",
}


@pytest.fixture
def office():
    return coordinator()


@pytest.fixture
def draft(office) -> TrialVersion:
    return counted_from_zero(enter_trial(actor=office, title="New trial 1", key="", description=DESCRIPTION))


def written(draft: TrialVersion, by, limit: int = 18) -> TrialVersion:
    """The draft with one criterion in its only cohort."""
    draft.refresh_from_db()
    write_criteria(arm=draft.arms.get(), actor=by, edits=draft.edits, document=age("<", limit, id="I-01"))
    draft.refresh_from_db()
    return draft


def published(draft: TrialVersion, by) -> TrialVersion:
    return publish_version(version=written(draft, by), actor=coordinator())


def loaded(folder, *, publish: bool = True, **more) -> Trial:
    load_catalogue(write(folder, trial_document("trial-a", **more)), publish=publish)
    return Trial.objects.get(key="trial-a")


def test_a_new_trial_begins_as_a_draft_with_one_empty_cohort(draft):
    assert (draft.trial.key, draft.number, draft.state) == ("new-trial-1", 1, VersionState.DRAFT)
    assert draft.agents_text == "agent one, agent two"
    assert list(draft.arms.values_list("key", "title", "criteria")) == [("main", "New trial 1", {})]


@pytest.mark.parametrize("who", [physician, expert, chair, person])
def test_only_coordinators_enter_trials(who):
    with pytest.raises(NotAllowed):
        enter_trial(actor=who(), title="New", key="", description=DESCRIPTION)


@pytest.mark.parametrize("key", ["facts", "new", "match", "new-trial-1"])
def test_a_short_name_that_is_taken_is_refused(draft, office, key):
    with pytest.raises(InvalidInput):
        enter_trial(actor=office, title="Another", key=key, description=DESCRIPTION)


def test_a_title_without_letters_asks_for_a_short_name(office):
    with pytest.raises(InvalidInput):
        enter_trial(actor=office, title="???", key="", description=DESCRIPTION)


def test_the_next_version_begins_as_a_copy(draft, office):
    first = published(draft, office)

    second = begin_draft(trial=first.trial, actor=office)

    assert (second.number, second.sponsor, second.age_limits) == (2, "A sponsor", "1 to 18 years")
    assert second.arms.get().criteria == first.arms.get().criteria
    assert begin_draft(trial=first.trial, actor=office) == second


@pytest.mark.parametrize(("who", "refusal"), [(physician, NotAllowed), (expert, NotAllowed), (person, NotFound)])
def test_readers_begin_no_draft(draft, office, who, refusal):
    first = published(draft, office)

    with pytest.raises(refusal):
        begin_draft(trial=first.trial, actor=who())


def test_nobody_else_learns_of_an_unpublished_trial(draft):
    with pytest.raises(NotFound):
        begin_draft(trial=draft.trial, actor=physician())


def test_the_description_is_saved_and_counted(draft, office):
    describe_draft(draft=draft, actor=office, edits=0, description={**DESCRIPTION, "sponsor": "Another"})

    draft.refresh_from_db()
    assert (draft.sponsor, draft.edits) == ("Another", 1)


def test_a_stale_save_is_refused_and_changes_nothing(draft, office):
    written(draft, office)

    with pytest.raises(StaleVersion):
        write_criteria(arm=draft.arms.get(), actor=office, edits=0, document=age("<", 21, id="I-01"))
    assert draft.arms.get().criteria["value"] == 18


def test_a_document_that_cannot_be_read_is_refused_with_its_path(draft, office):
    with pytest.raises(InvalidInput, match=r"\$\.all\[0\]\.fact: unknown fact"):
        write_criteria(arm=draft.arms.get(), actor=office, edits=0, document={"all": [{"fact": "shoe"}]})


def test_cohorts_are_added_copied_renamed_and_removed(draft, office):
    written(draft, office)
    arm = add_arm(draft=draft, actor=office, edits=1, title="Cohort B", copy_of="main")
    again = add_arm(draft=draft, actor=office, edits=2, title="Cohort B")
    rename_arm(arm=arm, actor=office, edits=3, title="Cohort C")
    remove_arm(arm=again, actor=office, edits=4)

    rows = list(draft.arms.values_list("key", "title", "criteria__value"))
    assert (again.key, rows) == ("cohort-b-2", [("main", "New trial 1", 18), ("cohort-b", "Cohort C", 18)])


def test_the_last_cohort_stays(draft, office):
    with pytest.raises(Conflict):
        remove_arm(arm=draft.arms.get(), actor=office, edits=0)


def test_nobody_edits_what_is_published(draft, office):
    version = published(draft, office)

    with pytest.raises(Conflict):
        describe_draft(draft=version, actor=office, edits=version.edits, description=DESCRIPTION)


def test_whoever_wrote_in_a_draft_does_not_publish_it(draft, office):
    helper = coordinator()
    written(draft, helper)

    for author in (office, helper):
        with pytest.raises(NotAllowed, match="A second person"):
            publish_version(version=draft, actor=author)
    assert publish_version(version=draft, actor=coordinator()).state == VersionState.PUBLISHED


def test_a_draft_that_changed_since_it_was_read_is_not_published(draft, office):
    written(draft, office)

    with pytest.raises(StaleVersion):
        publish_version(version=draft, actor=coordinator(), edits=0)


def test_a_cohort_without_criteria_is_not_published(draft):
    with pytest.raises(InvalidInput, match="New trial 1: no criteria were entered"):
        publish_version(version=draft, actor=coordinator())


def test_publishing_keeps_the_recruitment_that_was_corrected_meanwhile(draft, office):
    first = published(draft, office)
    second = begin_draft(trial=first.trial, actor=office)
    Arm.objects.filter(version=first).update(status=TrialStatus.SUSPENDED, slots=3)

    publish_version(version=written(second, office), actor=coordinator())

    assert list(second.arms.values_list("status", "slots")) == [("suspended", 3)]


def test_publishing_leads_to_a_new_list_of_every_open_case(draft, office):
    case = submitted_case()
    run_match(str(MatchRun.objects.get(revision__case=case).pk))

    published(draft, office)

    run_check(str(StandingCheck.objects.get(state=JobState.PENDING).pk))
    waiting = MatchRun.objects.get(revision__case=case, state=JobState.PENDING)
    run_match(str(waiting.pk))
    assert waiting.matches.filter(arm__version=draft).exists()


def test_a_draft_is_thrown_away_and_what_is_published_stays(draft, office):
    first = published(draft, office)
    second = begin_draft(trial=first.trial, actor=office)

    discard_draft(draft=second, actor=office, edits=second.edits)

    assert list(first.trial.versions.values_list("number", flat=True)) == [1]


def test_a_page_of_a_draft_that_was_thrown_away_does_not_fit_the_next_one(draft, office):
    first = published(draft, office)
    read = begin_draft(trial=first.trial, actor=office)
    discard_draft(draft=read, actor=office, edits=read.edits)
    unread = begin_draft(trial=first.trial, actor=office)

    with pytest.raises(StaleVersion):
        publish_version(version=unread, actor=coordinator(), edits=read.edits)


def test_a_trial_that_was_never_published_goes_with_its_draft(draft, office):
    discard_draft(draft=draft, actor=office, edits=draft.edits)

    assert not Trial.objects.filter(key="new-trial-1").exists()


def test_loading_the_same_file_leaves_a_draft_alone(tmp_path, office):
    trial = loaded(tmp_path)
    draft = begin_draft(trial=trial, actor=office)
    written(draft, office, limit=7)

    report = load_catalogue(tmp_path, publish=True)

    draft.refresh_from_db()
    assert (report.unchanged, draft.state, draft.arms.get().criteria["value"]) == (["trial-a"], "draft", 7)


def test_a_changed_file_does_not_replace_a_draft_of_people(tmp_path, office):
    draft = begin_draft(trial=loaded(tmp_path), actor=office)

    loaded(tmp_path, sponsor="Of the file")

    assert list(draft.trial.versions.values_list("number", "sponsor")) == [(2, ""), (1, "")]


def test_a_changed_file_waits_as_a_draft_behind_what_people_published(tmp_path, office):
    draft = begin_draft(trial=loaded(tmp_path), actor=office)
    publish_version(version=written(draft, office), actor=coordinator())

    loaded(tmp_path, arms=[arm_document(criteria=age("<", 3, id="I-01"))])

    assert list(draft.trial.versions.values_list("number", "state")) == [
        (3, "draft"),
        (2, "published"),
        (1, "published"),
    ]


def test_every_deed_leaves_an_entry(draft, office):
    first = published(draft, office)
    second = begin_draft(trial=first.trial, actor=office)
    discard_draft(draft=second, actor=office, edits=second.edits)

    entries = AuditEvent.objects.filter(subject_key=str(draft.trial.pk)).order_by("id").values_list("verb", flat=True)
    assert list(entries) == [
        "trial.entered",
        "trial.criteria_written",
        "trial.published",
        "trial.draft_begun",
        "trial.draft_discarded",
    ]


def test_who_writes_in_a_cohort_that_a_colleague_removed_is_told_so(draft, office):
    arm = add_arm(draft=draft, actor=office, edits=0, title="Late")
    remove_arm(arm=Arm.objects.get(pk=arm.pk), actor=coordinator(), edits=1)

    for deed in (
        lambda: write_criteria(arm=arm, actor=office, edits=2, document=age("<", 18)),
        lambda: rename_arm(arm=arm, actor=office, edits=2, title="Later"),
        lambda: remove_arm(arm=arm, actor=office, edits=2),
    ):
        with pytest.raises(Conflict, match="A colleague removed this cohort") as refusal:
            deed()
        assert not isinstance(refusal.value, StaleVersion)


def test_who_writes_in_a_draft_that_a_colleague_threw_away_is_told_so(draft, office):
    arm = draft.arms.get()
    discard_draft(draft=draft, actor=coordinator(), edits=0)

    with pytest.raises(Conflict, match="published or discarded this draft"):
        write_criteria(arm=arm, actor=office, edits=0, document=age("<", 18))
