"""The coordinator's list of what changed: by cohort, with the cases it concerns, until somebody looked."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.services.triage import accept_case
from tests.factories.accounts import chair, coordinator, expert, observer, physician, sign_in
from tests.factories.cases import submitted_case
from tests.factories.remembered import remembered
from tests.trials.catalogues import arm_document, trial_document, write
from tests.trials.standing import check, do_runs
from trials.enums import TrialStatus
from trials.models import Arm, MatchChange, MatchRun, Trial
from trials.queries.standing import PAGE_SIZE
from trials.services.catalogue import confirm_status, load_catalogue

pytestmark = pytest.mark.django_db
URL = "/trials/match/changes/"


def closed_trial(tmp_path, arms: int = 1) -> Trial:
    documents = [arm_document(f"arm-{n}", title=f"Arm {n}") for n in range(arms)]
    load_catalogue(write(tmp_path, trial_document("trial-a", status="suspended", arms=documents)), publish=True)
    return Trial.objects.get(key="trial-a")


def reopen(trial: Trial) -> None:
    today = timezone.localdate()
    confirm_status(trial=trial, actor=coordinator(), status=TrialStatus.RECRUITING, checked_on=today)
    check()


@pytest.fixture
def reopened() -> list[Case]:
    """Two past cases and an open one that a reopened arm fits."""
    return reopened_for_three_cases()


@remembered
def reopened_for_three_cases() -> list[Case]:
    cases = [submitted_case() for _ in range(3)]
    with TemporaryDirectory() as folder:
        trial = closed_trial(Path(folder))
    do_runs()
    Case.objects.filter(pk__in=[case.pk for case in cases[:2]]).update(state="closed")
    reopen(trial)
    return cases


def page_of(user, query: str = "") -> str:
    return sign_in(Client(), user).get(URL + query).content.decode()


def test_the_page_says_what_reopened_and_whom_it_would_fit(reopened):
    page = page_of(coordinator())

    assert "Arm 0 reopened on" in page
    assert "2 past cases and 1 open case would now fit" in page
    assert [page.count(f">{case.code}<") for case in reopened] == [1, 1, 1]


def test_a_cohort_that_filled_and_has_places_again_is_told_as_such(tmp_path):
    submitted_case()
    trial = closed_trial(tmp_path)
    reopen(trial)
    arms = Arm.objects.filter(version__trial=trial)

    said = []
    for slots in (0, 2):
        arms.update(slots=slots)
        check()
        said.append(page_of(coordinator()))

    assert "Arm 0 is full since" in said[0]
    assert "Arm 0 has free places again since" in said[1]


def test_a_line_says_what_was_and_what_is(reopened):
    page = page_of(coordinator())

    assert page.count(">closed: not recruiting<") == 3
    assert page.count("no criterion fails; recruiting<") == 3


@pytest.mark.parametrize(("query", "shown"), [("?cases=open", [0, 0, 1]), ("?cases=past", [1, 1, 0])])
def test_open_and_past_cases_can_be_looked_at_apart(reopened, query, shown):
    page = page_of(coordinator(), query)

    assert [page.count(f">{case.code}<") for case in reopened] == shown


def test_an_unknown_choice_shows_all(reopened):
    assert page_of(coordinator(), "?cases=nothing&page=x").count("ILTB-") >= 3


def test_what_is_marked_leaves_the_list_and_stays_findable(reopened):
    who = coordinator()
    client = sign_in(Client(), who)
    keys = [str(key) for key in MatchChange.objects.values_list("pk", flat=True)]

    response = client.post(URL, {"change": [*keys, "no key"]}, follow=True)

    assert "3 changes are marked as seen" in response.content.decode()
    assert "Nothing has changed" in page_of(who)
    assert f"seen by {who.full_name}" in page_of(who, "?seen=1")


def test_nobody_is_told_by_mail(reopened, mailoutbox):
    assert mailoutbox == []
    assert not any(run.released_at for run in MatchRun.objects.all())


@pytest.mark.parametrize("person", [physician, expert, observer])
def test_the_list_is_for_coordinators_and_chairs(reopened, person):
    client = sign_in(Client(), person())

    assert [client.get(URL).status_code, client.post(URL).status_code] == [403, 403]


def test_a_chair_finds_accepted_cases_only(tmp_path):
    case = submitted_case()
    other = submitted_case()
    accept_case(case=case, actor=coordinator())
    trial = closed_trial(tmp_path)
    do_runs()
    reopen(trial)

    page = page_of(chair())

    assert (case.code in page, other.code in page) == (True, False)


def test_an_empty_list_says_so():
    assert "Nothing has changed" in page_of(coordinator())


def test_a_new_cohort_and_one_that_left_are_named_so(tmp_path):
    case = submitted_case()
    do_runs()
    load_catalogue(write(tmp_path, trial_document("trial-a", arms=[arm_document(title="Arm C")])), publish=True)
    Trial.objects.filter(key="trial-a").update(last_checked_on=case.submitted_at.date())
    check()

    assert "Arm C is new since" in page_of(coordinator())
    load_catalogue(write(tmp_path, trial_document("trial-a", arms=[arm_document("next", title="Arm D")])), publish=True)
    check()
    assert "Arm C left the trial on" in page_of(coordinator())
    assert "1 open case would no longer fit" in page_of(coordinator())


def test_the_inbox_has_one_line_for_all(reopened):
    who = coordinator()
    inbox = sign_in(Client(), who).get(reverse("boards:inbox")).content.decode()

    assert "Trials came out otherwise for 3 cases" in inbox
    assert f'href="{URL}"' in inbox


def test_the_inbox_of_others_has_no_such_line(reopened):
    assert URL not in sign_in(Client(), reopened[0].author).get(reverse("boards:inbox")).content.decode()


def test_long_lists_have_pages_whose_sentences_count_all(tmp_path, django_assert_max_num_queries):
    submitted_case()
    trial = closed_trial(tmp_path, arms=PAGE_SIZE + 2)
    do_runs()
    reopen(trial)
    client = sign_in(Client(), coordinator())

    with django_assert_max_num_queries(15):
        first = client.get(URL).content.decode()

    assert (first.count("Mark as seen"), "Page 1 of 2" in first) == (PAGE_SIZE, True)
    assert client.get(URL + "?page=2").content.decode().count("Mark as seen") == 2
