"""The match list of a case and one match with its reasons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from iltb.audit.models import ReadEvent
from tests.factories.accounts import coordinator, physician, sign_in
from tests.factories.cases import submitted_case
from trials.models import MatchRun, Trial
from trials.services.matching import release_matches, run_match

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    case = submitted_case()
    run_match(str(run_of(case).pk))
    return case


@pytest.fixture
def board(client):
    sign_in(client, coordinator())
    return client


def run_of(case) -> MatchRun:
    return MatchRun.objects.filter(revision__case=case).latest("created_at")


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


def list_url(case, **query) -> str:
    return reverse("trials:matches", args=[case.code])


def match_url(case, trial: str) -> str:
    match = run_of(case).matches.filter(arm__version__trial__key=trial).first()
    return reverse("trials:match", args=[case.code, match.pk])


def test_the_list_shows_outcome_counts_reason_and_recruitment(board, case):
    text = text_of(board.get(list_url(case)))

    assert "Revision 1, compared on" in text
    assert (
        "HEM-iSMART C possibly eligible by the submitted data: some facts are missing 9 met, 0 not met, 1 unknown"
        in text
    )
    assert "Further criteria" in text
    assert "Not yet discussed by the board" in text


def test_no_trial_is_hidden(board, case):
    listed = [text_of(board.get(list_url(case), {"page": number})) for number in (1, 2, 3)]

    assert all(any(trial.title in text for text in listed) for trial in Trial.objects.all())


def test_a_failing_cohort_stays_with_its_reason(board, case):
    listed = " ".join(text_of(board.get(list_url(case), {"page": number})) for number in (1, 2, 3))

    assert "CATULUS: B-ALL a criterion is not met" in listed
    assert "ADVL1521 a criterion is not met" in listed


def test_a_closed_trial_is_shown_as_closed(board, case):
    assert "closed terminated" in text_of(board.get(list_url(case)))


def test_while_the_run_waits_the_page_says_so(board):
    text = text_of(board.get(list_url(submitted_case())))

    assert "The comparison is under way" in text
    assert "No list yet" not in text


def test_a_failed_run_leaves_a_page_without_a_list(board):
    case = submitted_case()
    MatchRun.objects.filter(revision__case=case).update(state="failed")

    assert "No list yet" in text_of(board.get(list_url(case)))


def test_recruitment_is_todays_not_that_of_the_run(board, case):
    Trial.objects.filter(key="hem-ismart-c").update(status="suspended", last_checked_on=timezone.localdate())

    assert "closed suspended as of" in text_of(board.get(match_url(case, "hem-ismart-c")))


def test_a_trial_in_other_countries_only_says_so(board, case):
    Trial.objects.filter(key="cd19-cd22-car-china").update(status="recruiting", last_checked_on=timezone.localdate())

    assert "not in this country" in text_of(board.get(match_url(case, "cd19-cd22-car-china")))


def test_one_match_shows_every_criterion_with_fact_or_reason(board, case):
    text = text_of(board.get(match_url(case, "hem-ismart-c")))

    assert (
        "Alteration of the IL7R or JAK-STAT pathway. Met" in text
        or "Alteration of the IL7R or JAK-STAT pathway. met" in text
    )
    assert "IL7R p.(Leu242_Leu243insAsnProCys) (specimen S2, day 662)" in text
    assert "Lansky or Karnofsky performance score at least 50." in text
    assert "Karnofsky 70" in text
    assert "What is missing" in text


def test_a_reason_of_an_older_engine_reads_as_unknown(board, case):
    url = match_url(case, "hem-ismart-c")
    match = run_of(case).matches.get(arm__version__trial__key="hem-ismart-c")
    match.explanation = [{**row, "verdict": "unknown", "reason": "not_asked"} for row in match.explanation]
    match.save()

    text = text_of(board.get(url))

    assert "Age now" in text
    assert "not_asked" not in text


def test_codes_are_put_into_words(board, case):
    text = text_of(board.get(match_url(case, "hem-ismart-c")))

    assert "In relapse: met – refractory relapse" in text
    assert "refractory_relapse" not in text


def test_what_is_missing_is_asked_without_a_negation(board, case):
    text = text_of(board.get(match_url(case, "hem-ismart-a")))

    assert "not: Pathway SRC/ABL – tests were done" in text
    assert "Pathway SRC/ABL: Were the genes of this pathway examined in the current disease?" in text
    assert "not: Pathway SRC/ABL: Were" not in text


def test_what_stands_in_the_way_is_named(board, case):
    text = text_of(board.get(match_url(case, "advl1521")))

    assert text.count("This stands in the way.") == 2


@pytest.mark.parametrize("path", ["list", "match"])
def test_pages_stay_within_15_queries(board, case, path):
    url = list_url(case) if path == "list" else match_url(case, "itcc-101-apal2020d")
    with CaptureQueriesContext(connection) as queries:
        board.get(url)

    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 15


def test_opening_is_noted_in_the_read_log(board, case):
    board.get(list_url(case))
    board.get(match_url(case, "catulus"))

    assert list(ReadEvent.objects.filter(subject_key=str(case.pk)).values_list("verb", flat=True)) == [
        "matches.opened",
        "match.opened",
    ]


def test_a_physician_has_no_list_before_the_release(client, case):
    sign_in(client, case.author)

    assert client.get(list_url(case)).status_code == 404
    assert client.get(match_url(case, "catulus")).status_code == 404


def test_a_coordinator_releases_the_list_and_the_physician_reads_it(client, board, case):
    response = board.post(reverse("trials:release", args=[case.code]), {"run": run_of(case).pk}, follow=True)
    assert "The treating physician can see the list now." in text_of(response)

    sign_in(client, case.author)
    text = text_of(client.get(list_url(case)))
    assert "Not yet discussed by the board" in text
    assert "Show this list to the treating physician" not in text
    assert client.get(match_url(case, "catulus")).status_code == 200


def test_a_released_list_stays_beside_a_newer_run(client, case):
    release_matches(run=run_of(case), actor=coordinator())
    MatchRun.objects.create(revision=run_of(case).revision)
    sign_in(client, case.author)

    assert "HEM-iSMART" in text_of(client.get(list_url(case)))


def test_releasing_twice_is_refused_with_a_sentence(board, case):
    release_matches(run=run_of(case), actor=coordinator())
    response = board.post(reverse("trials:release", args=[case.code]), {"run": run_of(case).pk})

    assert response.status_code == 409
    assert "released already" in response.content.decode()


@pytest.mark.parametrize("run", ["", "x", "5c1a4b9e-0000-4000-8000-000000000000"])
def test_releasing_something_unknown_is_not_found(board, case, run):
    assert board.post(reverse("trials:release", args=[case.code]), {"run": run}).status_code == 404


def test_release_takes_post_alone(board, case):
    assert board.get(reverse("trials:release", args=[case.code])).status_code == 405


def test_strangers_and_unknown_codes_get_the_same_answer(client, case):
    sign_in(client, physician())

    assert client.get(list_url(case)).status_code == 404
    assert client.get(reverse("trials:matches", args=["ILTB-2222-222"])).status_code == 404
    assert client.post(reverse("trials:release", args=[case.code]), {"run": run_of(case).pk}).status_code == 404


def test_a_match_belongs_to_its_case(board, case):
    other = submitted_case()
    match = run_of(case).matches.first()

    assert board.get(reverse("trials:match", args=[other.code, match.pk])).status_code == 404


@pytest.mark.parametrize("word", ["likely", "excluded", "tag-good"])
def test_the_pages_neither_promise_nor_deny_nor_show_green(board, case, word):
    pages = [board.get(list_url(case)).content.decode(), board.get(match_url(case, "leap-profile")).content.decode()]

    assert all(word not in page for page in pages)


def test_the_age_of_a_check_shows_in_the_list(board, case):
    Trial.objects.filter(key="hem-ismart-d").update(last_checked_on=timezone.localdate() - timedelta(days=45))

    assert "recruiting, not confirmed since" in text_of(board.get(list_url(case)))
