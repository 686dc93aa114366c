"""The pages on which a trial is entered, described, published and compared."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from iltb.audit.models import ReadEvent
from tests.factories.accounts import coordinator, physician, sign_in
from tests.factories.cases import submitted_case
from tests.trials.catalogues import arm_document, counted_from_zero, trial_document, write
from tests.trials.documents import age
from trials.models import Trial, TrialVersion
from trials.services.catalogue import load_catalogue, publish_version
from trials.services.editing import begin_draft, write_criteria

pytestmark = pytest.mark.django_db
DESCRIPTION = {"phase": "2", "sponsor": "S", "agents": "one\n\ntwo", "verification": "partly", "edits": 0}


@pytest.fixture
def office(client):
    user = coordinator()
    sign_in(client, user)
    return user


@pytest.fixture
def trial(tmp_path) -> Trial:
    load_catalogue(write(tmp_path, trial_document("trial-a")), publish=True)
    return Trial.objects.get(key="trial-a")


@pytest.fixture
def draft(trial, office):
    return counted_from_zero(begin_draft(trial=trial, actor=office))


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(strip_tags(response.content.decode()).split())


def get(client, name: str, *args) -> str:
    return text_of(client.get(reverse(f"trials:{name}", args=args or ["trial-a"])))


def post(client, name: str, data=None, *args):
    return client.post(reverse(f"trials:{name}", args=args or ["trial-a"]), data or {})


def rewritten(draft, by, limit: int):
    draft.refresh_from_db()
    arm = draft.arms.get()
    write_criteria(arm=arm, actor=by, edits=draft.edits, document={"all": [age("<", limit, id="I-01")]})
    draft.refresh_from_db()
    return draft


def test_a_coordinator_enters_a_trial_and_goes_on_to_its_criteria(client, office):
    response = client.post(reverse("trials:new"), {**DESCRIPTION, "title": "A new trial"})

    assert response.url == reverse("trials:criteria", args=["a-new-trial", "main"])
    assert Trial.objects.get(key="a-new-trial").versions.get().agents == ["one", "two"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Fill in “Title”."),
        ({"key": "facts"}, "Give a short name"),
        ({"verification": ""}, "Choose an answer for “How the criteria were read”."),
        ({"sources": "not an address"}, "“not an address” is no web address."),
        ({"agents": "x" * 101}, "is too long"),
        ({"agents": "\n".join("x" * 41)}, "At most 40 entries."),
    ],
)
def test_a_faulty_entry_is_shown_again_with_a_sentence(client, office, fields, sentence):
    response = client.post(reverse("trials:new"), {**DESCRIPTION, "title": "A trial", **fields})

    assert sentence in text_of(response, 422)


def test_without_a_draft_the_page_offers_to_begin_one(client, office, trial):
    assert "The next version begins as a copy" in get(client, "draft")

    assert post(client, "begin").url == reverse("trials:draft", args=["trial-a"])
    assert "Draft of version 2" in get(client, "draft")


def test_a_description_is_saved(client, draft):
    post(client, "describe", {**DESCRIPTION, "age_limits": "1 to 18 years"})

    draft.refresh_from_db()
    assert (draft.age_limits, draft.sponsor) == ("1 to 18 years", "S")


def test_a_stale_description_shows_both_texts_and_keeps_what_was_typed(client, draft, office):
    rewritten(draft, office, 3)

    response = post(client, "describe", {**DESCRIPTION, "remarks": "mine"})

    assert "Remarks mine" in text_of(response, 409)
    assert '<input type="hidden" name="remarks" value="mine">' in response.content.decode()
    assert 'name="edits" value="1"' in response.content.decode()


def test_a_cohort_is_added_and_opened(client, draft):
    response = post(client, "cohort_new", {"title": "Cohort B", "edits": 0, "copy_of": "main"})

    assert response.url == reverse("trials:criteria", args=["trial-a", "cohort-b"])


def test_a_cohort_needs_a_title(client, draft):
    assert "Fill in “Title of the cohort”." in text_of(post(client, "cohort_new", {"edits": 0}), 422)


def test_the_author_is_told_who_publishes(client, draft):
    assert "a second coordinator reads and publishes it" in get(client, "draft")
    assert "A second person publishes what you wrote." in text_of(post(client, "publish", {"edits": 0}), 403)


def test_a_second_person_publishes(client, draft, office):
    rewritten(draft, office, 3)
    sign_in(client, coordinator())
    assert f"Written by {office.full_name}." in get(client, "draft")

    response = post(client, "publish", {"edits": 1})

    assert response.url == reverse("trials:detail", args=["trial-a"])
    assert draft.trial.versions.first().state == "published"


@pytest.mark.parametrize("edits", ["0", "", "x", "9" * 20])
def test_a_version_that_was_not_read_is_not_published(client, draft, office, edits):
    rewritten(draft, office, 3)
    sign_in(client, coordinator())

    assert post(client, "publish", {"edits": edits}).status_code == 409


def test_a_draft_is_thrown_away(client, draft):
    assert post(client, "discard", {"edits": 1}).status_code == 409
    assert post(client, "discard", {"edits": 0}).url == reverse("trials:detail", args=["trial-a"])
    assert draft.trial.versions.count() == 1


def test_a_trial_that_was_never_published_goes_with_its_draft(client, office):
    client.post(reverse("trials:new"), {**DESCRIPTION, "title": "A new trial"})

    edits = TrialVersion.objects.get(trial__key="a-new-trial").edits
    assert post(client, "discard", {"edits": edits}, "a-new-trial").url == reverse("trials:list")


def test_the_preview_counts_cases_and_names_what_decides(client, draft, office):
    case = submitted_case()
    rewritten(draft, office, 3)

    text = get(client, "preview")

    assert "Compared with the newest data of 1 open case" in text
    assert f"{case.code} a criterion is not met 0 met, 1 not met, 0 unknown About age_at_submission." in text


def test_no_page_of_somebody_else_makes_a_coordinator_look(client, draft, office):
    page = client.get(reverse("trials:preview", args=["trial-a"]), headers={"Sec-Fetch-Site": "cross-site"})

    assert (page.status_code, ReadEvent.objects.filter(verb="trial.previewed").exists()) == (302, False)


def test_the_preview_of_a_trial_without_draft_is_that_of_its_newest_version(client, office, trial):
    assert "Trial-A version 1" in get(client, "preview")


def test_two_versions_are_compared_criterion_by_criterion(client, draft, office):
    rewritten(draft, office, 3)

    text = get(client, "compare", "trial-a", 1, 2)

    assert "changed I-01 About age_at_submission.Age now &lt; 18 years I-01" in text
    assert "Age now &lt; 3 years" in text


def test_a_new_and_a_lost_cohort_are_named(client, office, tmp_path):
    for key in ("first", "second"):
        arms = [arm_document(key, title=f"Cohort {key}")]
        load_catalogue(write(tmp_path, trial_document("trial-a", arms=arms)), publish=True)

    text = get(client, "compare", "trial-a", 1, 2)

    assert "Cohort second A new cohort." in text
    assert "Cohort first This cohort is gone." in text


def test_the_same_version_has_not_changed(client, office, trial):
    assert "Nothing changed." in get(client, "compare", "trial-a", 1, 1)


def test_a_changed_description_is_compared(client, draft):
    post(client, "describe", {**DESCRIPTION, "sponsor": "Another sponsor"})

    assert "Sponsor – Another sponsor" in get(client, "compare", "trial-a", 1, 2)


def test_whether_all_countries_are_listed_is_compared(client, draft):
    post(client, "describe", {**DESCRIPTION, "countries_complete": "on"})

    compared = get(client, "compare", "trial-a", 1, 2)

    assert "Countries there may be more than are listed all of them are listed" in compared


def test_readers_compare_published_versions_and_never_a_draft(client, draft, office):
    sign_in(client, physician())

    assert "1 trial file" in get(client, "history")
    assert client.get(reverse("trials:compare", args=["trial-a", 1, 2])).status_code == 404


def test_the_history_names_writers_and_leads_to_what_changed(client, draft, office):
    publish_version(version=rewritten(draft, office, 3), actor=coordinator())

    assert f"2 {office.full_name}" in get(client, "history")
    assert (
        reverse("trials:compare", args=["trial-a", 1, 2])
        in client.get(reverse("trials:history", args=["trial-a"])).content.decode()
    )


def test_what_can_be_compared_is_listed(client, office):
    text = text_of(client.get(reverse("trials:facts")))

    assert "Age now" in text
    assert "a number in months, years, weeks, days" in text


@pytest.mark.parametrize("name", ["draft", "preview", "history", "describe", "recruitment", "detail"])
def test_no_page_asks_the_database_more_than_fifteen_times(client, draft, office, name):
    submitted_case()
    with CaptureQueriesContext(connection) as queries:
        get(client, name)

    assert len(queries) <= 15


def test_recruitment_is_corrected_on_one_page(client, trial, office):
    arm = trial.versions.get().arms.get()
    rows = {"arms-0-arm": arm.pk, "arms-0-status": "suspended", "arms-0-slots": "2"}
    rows |= {"sites-0-country_code": "netherlands", "sites-0-name": "Utrecht", "sites-0-contact": "office@x.example"}
    rows |= {"numbers-0-system": "nct", "numbers-0-value": "NCT00000007"}

    response = recruit(client, trial, rows)

    assert response.url == reverse("trials:detail", args=["trial-a"])
    text = get(client, "detail")
    assert "NL Utrecht: office@x.example" in text
    assert "2 free places when last asked" in text
    assert "NCT00000007 (not confirmed)" in text


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({"sites-0-country_code": "Atlantis"}, "This country is not in the list."),
        ({"sites-0-name": "Utrecht"}, "Say in which country this is."),
        ({"numbers-0-system": "nct", "numbers-0-value": "7"}, "This is not how ClinicalTrials.gov writes its numbers."),
        ({"numbers-0-value": "7"}, "Choose the register."),
        ({"last_checked_on": "2100-01-01"}, "The day of the check lies in the future."),
        ({"title": ""}, "Fill in “Title”."),
    ],
)
def test_a_faulty_correction_is_shown_again_with_a_sentence(client, trial, office, rows, sentence):
    assert sentence in text_of(recruit(client, trial, rows), 422)


def test_a_number_of_another_trial_is_refused(client, trial, office):
    rows = {"numbers-0-system": "nct", "numbers-0-value": "NCT05658640"}

    assert "NCT05658640 belongs to another trial: HEM-iSMART D." in text_of(recruit(client, trial, rows), 422)


def test_a_stale_correction_shows_both_texts(client, trial, office):
    response = recruit(client, trial, {"status_note": "mine", "edits": trial.version - 1})

    assert "What the source says mine" in text_of(response, 409)


def recruit(client, trial, rows):
    tables = {"numbers": 1, "sites": 1, "arms": 1 if "arms-0-arm" in rows else 0}
    counts = {f"{name}-{key}": count for name, count in tables.items() for key in ("TOTAL_FORMS",)}
    counts |= {f"{name}-INITIAL_FORMS": 0 for name in tables}
    own = {"title": trial.title, "status": "recruiting", "edits": trial.version, "last_checked_on": "2026-01-02"}
    return post(client, "recruitment", {**counts, **own, **rows})
