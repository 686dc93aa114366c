"""The catalogue's pages: what they say, to whom, and with how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from tests.factories.accounts import coordinator, expert, person, physician, sign_in
from tests.trials.catalogues import arm_document, number, trial_document, write
from tests.trials.documents import age, leaf
from trials.models import Arm, Trial
from trials.services.catalogue import load_catalogue

pytestmark = pytest.mark.django_db


def page(client, name: str = "list", *args: object, **query: object) -> str:
    response = client.get(reverse(f"trials:{name}", args=args), query)
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


@pytest.fixture
def reader(client):
    sign_in(client, physician())
    return client


def trial(folder, *, publish: bool = True, **more) -> Trial:
    load_catalogue(write(folder, trial_document("trial-a", **more)), publish=publish)
    return Trial.objects.get(key="trial-a")


def test_a_full_cohort_of_a_trial_that_recruits_says_that_no_place_is_free(reader, tmp_path):
    recruiting = trial(tmp_path, status="recruiting", last_checked_on=timezone.localdate().isoformat())
    assert "no free place" not in page(reader, "detail", recruiting.key)

    Arm.objects.filter(version__trial=recruiting).update(slots=0)

    assert "no free place when last asked" in page(reader, "detail", recruiting.key)


def test_the_list_needs_a_sign_in(client):
    response = client.get(reverse("trials:list"))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_the_list_is_paged_and_counts_all_trials(reader):
    assert "36 trials" in page(reader)
    assert "Page 2 of 2" in page(reader, page=2)


@pytest.mark.parametrize("number", ["0", "99", "last", "-1", "x"])
def test_a_page_number_out_of_range_gives_the_nearest_page(reader, number):
    assert "Page " in page(reader, page=number)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("hem-ismart navitoclax", 1),
        ("trametinib", 2),
        ("NCT05658640", 1),
        ("venetoclax dasatinib", 1),
        ("zzz", 0),
        ("%", 0),
        ("nothing _", 0),
    ],
)
def test_the_list_is_searched_by_title_agent_and_number(reader, words, count):
    expected = f"{count} trial" if count else "No trial found"

    assert expected in page(reader, q=words)


def test_search_words_are_shown_as_text_and_kept_by_the_pager(reader):
    response = reader.get(reverse("trials:list"), {"q": "<b>e"})

    assert "“&lt;b&gt;e”" in response.content.decode()
    assert "?q=e&amp;page=2" in reader.get(reverse("trials:list"), {"q": "e"}).content.decode()


def test_overlong_and_odd_search_words_are_cut_not_refused(reader):
    assert "No trial found" in page(reader, q="x" * 5000)
    assert "36 trials" in page(reader, q="\x00")


@pytest.mark.parametrize("name", ["list", "detail"])
def test_the_number_of_queries_does_not_depend_on_the_rows(reader, tmp_path, name):
    counts = []
    for rows in (1, 3):
        arms = [arm_document(f"arm-{number}", leaf("disease", "in", ["BURKITT", "AML"])) for number in range(rows)]
        trial(tmp_path, arms=arms, countries=["NL", "DE", "FR"][:rows], remarks=str(rows))
        args = ["trial-a"] if name == "detail" else []
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(reader, name, *args)
        counts.append(len(queries))

    assert counts[1] <= 15
    assert name == "list" or counts[1] - counts[0] <= 2


def test_a_trial_shows_criteria_sources_and_its_mark(reader):
    text = page(reader, "detail", "hem-ismart-d")

    assert "NCT05658640" in text
    assert "Younger than 21 years at inclusion. Age now &lt; 21 years I-03" in text
    assert "criteria partly read" in text
    assert "The source said: recruiting since November 2023" in text


def test_alternatives_and_exclusions_are_put_into_words(reader):
    text = page(reader, "detail", "itcc-101-apal2020d")

    assert "not: Gene variant FLT3-ITD" in text
    assert "(Number of relapses = 2 and Fit for intensive treatment: yes) or (" in text


def test_a_limit_with_unclear_wording_says_so(reader):
    assert "Age now ≤ 21 years (the source leaves the last year open)" in page(reader, "detail", "ziftoped")


def test_diseases_are_named_not_coded(reader):
    text = page(reader, "detail", "imatrix-glo") + page(reader, "detail", "hem-ismart-b")

    assert "Diagnosis: ALL or lymphoblastic lymphoma" in text
    assert "BURKITT" not in text


def test_two_of_three_is_put_into_words(reader, tmp_path):
    parts = [age("<", 3), age(">", 9), {"not": {"any": [age("<", 1), age("<", 2)]}}]
    trial(tmp_path, arms=[arm_document(criteria={"at_least": {"n": 2, "of": parts}})])

    assert "at least 2 of: Age now &lt; 3 years; Age now &gt; 9 years; not: (Age now &lt; 1 years or" in page(
        reader, "detail", "trial-a"
    )


def test_a_number_from_memory_says_so(reader):
    assert "NCT04240002 (not confirmed)" in page(reader, "detail", "gilteritinib-paediatric")


@pytest.mark.parametrize(
    ("status", "days", "words"),
    [
        ("recruiting", 30, "recruiting as of"),
        ("recruiting", 31, "recruiting, not confirmed since"),
        ("recruiting", None, "recruiting, never confirmed at the register"),
        ("terminated", None, "closed terminated, never confirmed at the register"),
        ("unknown", None, "recruitment not stated"),
    ],
)
def test_recruitment_is_shown_with_its_age(reader, tmp_path, status, days, words):
    found = trial(tmp_path, status=status)
    checked = None if days is None else timezone.localdate() - timedelta(days=days)
    Trial.objects.filter(pk=found.pk).update(last_checked_on=checked)

    assert words in page(reader, "detail", "trial-a")


def test_an_installation_decides_how_long_a_status_is_current(reader, tmp_path, settings):
    settings.ILTB_TRIAL_STATUS_DAYS = 5
    found = trial(tmp_path)
    Trial.objects.filter(pk=found.pk).update(last_checked_on=timezone.localdate() - timedelta(days=6))

    assert "not confirmed since" in page(reader, "detail", "trial-a")


def test_an_arm_with_its_own_status_shows_it(reader, tmp_path):
    trial(tmp_path, arms=[arm_document(), arm_document("late", age(">", 3), status="suspended", title="Late arm")])

    assert "Late arm closed suspended" in page(reader, "detail", "trial-a")


def test_drafts_are_shown_to_coordinators_as_drafts(client, reader, tmp_path):
    trial(tmp_path, publish=False)

    assert reader.get(reverse("trials:detail", args=["trial-a"])).status_code == 404
    sign_in(client, coordinator())
    assert "A draft: no physician sees it" in page(client, "detail", "trial-a")
    assert "Trial-A draft" in page(client, q="Trial-A")


def test_a_physician_keeps_the_published_version_beside_a_newer_draft(reader, tmp_path):
    trial(tmp_path, agents=["old agent"])
    trial(tmp_path, publish=False, agents=["new agent"])

    assert "old agent" in page(reader, "detail", "trial-a")
    assert "No trial found" in page(reader, q="new agent")


@pytest.mark.parametrize("key", ["no-such-trial", "match"])
def test_an_unknown_trial_is_not_found(reader, key):
    assert reader.get(reverse("trials:detail", args=[key])).status_code == 404


def test_people_without_a_role_see_an_empty_catalogue(client):
    sign_in(client, person())

    assert "No trial is published yet" in page(client)


def test_criteria_that_cannot_be_read_are_reported_on_the_page(client, tmp_path):
    trial(tmp_path, publish=False)
    Arm.objects.filter(version__trial__key="trial-a").update(criteria={"fact": "gone"})
    sign_in(client, coordinator())

    assert "$.fact: unknown fact &#x27;gone&#x27;" in page(client, "detail", "trial-a")


def test_experts_read_the_catalogue_too(client, tmp_path):
    trial(tmp_path, identifiers=[number("NCT00000001")], countries=["NL"], phase="2", sponsor="A sponsor")
    sign_in(client, expert())
    text = page(client, "detail", "trial-a")

    assert "NL and possibly others" in text
    assert "A sponsor" in text


@pytest.mark.parametrize("words", ["likely eligible", "is eligible", "excluded"])
def test_no_page_promises_or_denies(reader, words):
    assert words not in page(reader, "detail", "catulus").lower()
