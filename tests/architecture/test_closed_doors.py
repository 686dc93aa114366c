"""What stays shut whatever page is opened: foreign scripts, caches, old sessions, and a case before one has declared."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from boards.models import Advice, Option, Review
from boards.services.assigning import declare_interest, start_assessing
from boards.services.cancelling import cancel_for
from cases.models import Case, CaseRevision
from iltb.accounts.services import sync_grants
from tests.architecture.addresses import MATRIX
from tests.architecture.security import FILES, FOLDERS, TESTS
from tests.factories.accounts import sign_in
from tests.factories.boards import OPTION, asked_again, declared_review, stored_letter
from trials.models import Match, MatchRun
from trials.queries.explanations import matches_of_arms
from trials.services.matching import run_match

ROOT = Path(__file__).parents[2]


def do_runs():
    for run in MatchRun.objects.filter(state="pending"):
        run_match(str(run.pk))


@pytest.fixture
def reseated(db):
    """An expert who declared on the first review of a case and was asked again for the next one, with new data."""
    panel = declared_review()
    Review.objects.filter(pk=panel.review.pk).update(state="cancelled")
    panel.review = asked_again(panel).review
    start_assessing(review=panel.review, actor=panel.coordinator)
    do_runs()
    return panel


def pages_of(case):
    match = Match.objects.filter(run__revision__case=case, run__revision__number=2).first()
    return [
        reverse("boards:case", args=[case.code]),
        reverse("boards:changes", args=[case.code]),
        reverse("trials:matches", args=[case.code]),
        reverse("trials:match", args=[case.code, match.pk]),
        reverse("api:case-detail", args=[case.code]),
    ]


def test_who_is_asked_again_reads_nothing_of_the_case_before_declaring_again(reseated):
    client = sign_in(Client(), reseated.experts[0])

    assert [client.get(url).status_code for url in pages_of(reseated.case)] == [404] * 5
    assert not MatchRun.objects.visible_to(reseated.experts[0]).exists()
    assert not CaseRevision.objects.visible_to(reseated.experts[0]).exists()


def test_the_declaration_opens_the_case_again(reseated):
    me = reseated.experts[0]
    client = sign_in(Client(), me)
    assert client.get(reverse("boards:review", args=[reseated.review.pk])).status_code == 200

    declare_interest(seat=reseated.review.seats.get(user=me), actor=me, level="none")

    assert [client.get(url).status_code for url in pages_of(reseated.case)] == [200] * 5


def test_who_was_not_asked_again_goes_on_reading(reseated):
    client = sign_in(Client(), reseated.experts[1])

    assert [client.get(url).status_code for url in pages_of(reseated.case)] == [200] * 5


def test_rebuilding_the_grants_does_not_open_it_either(reseated):
    assert sync_grants() == 0

    assert not Case.objects.visible_to(reseated.experts[0]).exists()


def test_a_next_review_that_is_cancelled_gives_the_case_back(reseated):
    cancel_for(case=reseated.case)

    client = sign_in(Client(), reseated.experts[0])
    page = client.get(reverse("boards:case", args=[reseated.case.code])).content.decode()

    assert [client.get(url).status_code for url in pages_of(reseated.case)] == [200] * 5
    assert "IL7R" in page


@pytest.fixture
def advised(db):
    """An expert of a discussed review, its advice signed, who was asked again and has not declared."""
    panel = stored_letter()[0]
    asked_again(panel)
    return panel


def test_the_earlier_review_tells_who_is_asked_again_no_more_than_the_case_does(advised):
    client, url = sign_in(Client(), advised.experts[0]), reverse("boards:review", args=[advised.review.pk])

    answer = client.get(url)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert [word for word in ("IL7R", "T-cell", OPTION["title"], "Open the advice") if word in page] == []


def test_its_options_and_advice_are_closed_to_them_by_their_own_addresses_too(advised):
    client = sign_in(Client(), advised.experts[0])
    advice, option = Advice.objects.get(), Option.objects.get()

    urls = [reverse("boards:advice", args=[advice.pk]), reverse("boards:option_edit", args=[option.pk])]

    assert [client.get(url).status_code for url in urls] == [404, 404]


def test_who_was_not_asked_again_reads_the_earlier_review_and_its_advice(advised):
    client = sign_in(Client(), advised.experts[1])

    page = client.get(reverse("boards:review", args=[advised.review.pk])).content.decode()

    assert "IL7R" in page
    assert client.get(reverse("boards:advice", args=[Advice.objects.get().pk])).status_code == 200


@pytest.fixture
def old_run(db):
    """A list that engine 1 wrote, whose explanations may name an inherited variant."""
    panel = declared_review()
    do_runs()
    MatchRun.objects.update(engine="1")
    return panel


@pytest.mark.parametrize(("who", "reads"), [("disease", False), ("biology", True), ("coordinator", True)])
def test_lists_of_the_first_engine_are_for_who_may_read_germline_results(old_run, who, reads):
    person = {"disease": old_run.experts[0], "biology": old_run.experts[1], "coordinator": old_run.coordinator}[who]
    match = Match.objects.filter(run__revision__case=old_run.case).first()

    answer = sign_in(Client(), person).get(reverse("trials:match", args=[old_run.case.code, match.pk]))

    assert (answer.status_code == 200, MatchRun.objects.visible_to(person).exists()) == (reads, reads)


def test_the_panel_reads_them_again_once_they_were_made_anew(old_run):
    MatchRun.objects.update(engine="2")

    assert MatchRun.objects.visible_to(old_run.experts[0]).exists()


def test_an_option_or_letter_takes_nothing_from_a_list_of_the_first_engine(old_run):
    revision, arms = old_run.review.revision, list(Match.objects.values_list("arm", flat=True)[:3])
    assert matches_of_arms(revision, arms) == {}

    MatchRun.objects.update(engine="2")

    assert matches_of_arms(revision, arms).keys() == set(arms)


def test_every_page_has_the_strict_policy_and_is_stored_nowhere(world):
    client = world.client("coordinator")

    answers = {address.name: client.get(world.url(address)) for address in MATRIX}

    policies = {name: answer["Content-Security-Policy"] for name, answer in answers.items()}
    assert [name for name, policy in policies.items() if "default-src 'none'" not in policy or "unsafe" in policy] == []
    assert [name for name, answer in answers.items() if "no-store" not in answer["Cache-Control"]] == []
    assert {answer["X-Frame-Options"] for answer in answers.values()} == {"DENY"}


def test_the_cookie_of_a_session_is_no_script_s_business(world):
    client = Client()
    people = {"login": world.panel.physician.email, "password": "correct-horse-battery"}

    client.post(reverse("account_login"), people)

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 12 * 3600)


def test_a_session_that_was_ended_opens_nothing_with_its_old_cookie(world):
    client, url = world.client("team"), reverse("boards:case", args=[world.panel.case.code])
    key = client.cookies["sessionid"].value
    client.logout()

    client.cookies["sessionid"] = key

    assert client.get(url).status_code == 302


def test_every_file_that_is_listed_as_security_is_there():
    missing = [name for name in (*FILES, *FOLDERS) if not (TESTS / name).exists()]

    assert missing == []


def test_they_carry_the_mark_that_make_runs(request):
    assert request.node.get_closest_marker("security")


def test_make_runs_them_alone():
    rule = re.search(r"^test-security:\n\t(.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert rule.group(1) == "bin/test -m security"


def test_the_answer_of_the_api_to_an_undeclared_expert_names_nothing(reseated):
    url = reverse("api:case-list")

    listed = json.loads(sign_in(Client(), reseated.experts[0]).get(url).content)

    assert listed["results"] == []
