"""Every page costs a fixed number of queries, at most 15, whatever the number of rows."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from boards.models import Board
from boards.services.advising import draft_advice, edit_and_hand_to_chair
from boards.services.assessing import propose_option
from boards.services.scheduling import plan_meeting, put_on_meeting
from boards.services.voting import cast_vote, close_voting, open_voting
from cases.models import Case
from cases.services.drafting import save_blocks
from cases.services.submission import answer_query, send_news, submit_case
from cases.services.triage import accept_case, query_case
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from tests.boards.views.pages import as_
from tests.factories.accounts import physician
from tests.factories.boards import (
    OPTION,
    advice_with_chair,
    assessed_review,
    open_ballot,
    opened_review,
    options_of,
    signed_letter,
    stored_letter,
    voted_review,
)
from tests.factories.cases import draft, queried_case, submitted_case
from trials.services.matching import run_match

pytestmark = pytest.mark.django_db
MOST = 15


def queries(user, url) -> int:
    """Of a first reading: no profile is remembered."""
    browser = as_(user)
    caches["profiles"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_inbox_of_somebody_with_every_role():
    author = physician()
    for role in (Role.COORDINATOR, Role.CHAIR, Role.EXPERT):
        give_role(user=author, role=role)
    url, counts = reverse("boards:inbox"), []

    for _rows in (1, 2):
        draft(author), queried_case(author), submitted_case(), stored_letter(author), open_ballot()
        counts.append(queries(author, url))

    assert counts[0] == counts[1] <= MOST


def test_list_of_cases():
    author = physician()
    counts = []

    for rows in (1, 2):
        for _row in range(rows):
            submitted_case(author)
        counts.append(queries(author, reverse("boards:cases")))

    assert counts[0] == counts[1] <= MOST


def test_page_of_a_case_with_everything():
    panel, _letter = stored_letter()
    url = reverse("boards:case", args=[panel.case.code])

    for user in (panel.physician, panel.coordinator, panel.experts[0]):
        assert queries(user, url) <= MOST


def test_what_changed_in_a_case_with_two_revisions():
    panel, _letter = stored_letter()
    case = Case.objects.get(pk=panel.case.pk)
    save_blocks(case=case, actor=case.author, version=case.version, blocks={"patient": {"weight_kg": "31"}})
    send_news(case=case, actor=case.author)

    for user in (panel.physician, panel.coordinator, panel.experts[0]):
        for name in ("changes", "case"):
            assert queries(user, reverse(f"boards:{name}", args=[case.code])) <= MOST


def test_review_of_a_second_revision():
    panel = assessed_review(options=2)
    case = Case.objects.get(pk=panel.case.pk)
    query = query_case(case=case, actor=panel.coordinator, text="Which weight does the patient have today?")
    save_blocks(case=case, actor=case.author, version=case.version, blocks={"patient": {"weight_kg": "31"}})
    answer_query(query=query, actor=case.author, answer="31 kg.")
    submit_case(case=case, actor=case.author)
    accept_case(case=Case.objects.get(pk=case.pk), actor=panel.coordinator)
    open_voting(review=panel.fresh(), actor=panel.coordinator)

    for user in (panel.coordinator, panel.chair, panel.experts[0]):
        assert queries(user, reverse("boards:review", args=[panel.review.pk])) <= MOST


def test_review_page_with_one_and_three_options():
    one, three = open_ballot(options=1)[0], open_ballot(options=3)[0]

    for role in ("coordinator", "chair"):
        counts = [
            queries(getattr(panel, role), reverse("boards:review", args=[panel.review.pk])) for panel in (one, three)
        ]
        assert counts[0] == counts[1] <= MOST


def test_review_and_ballot_of_an_expert():
    one, three = open_ballot(options=1)[0], open_ballot(options=3)[0]

    for name in ("review", "ballot"):
        counts = [
            queries(panel.experts[0], reverse(f"boards:{name}", args=[panel.review.pk])) for panel in (one, three)
        ]
        assert counts[0] == counts[1] <= MOST


def test_review_that_is_being_seated_and_one_that_was_discussed():
    seating, discussed = opened_review(), voted_review(options=3)[0]

    assert queries(seating.coordinator, reverse("boards:review", args=[seating.review.pk])) <= MOST
    assert queries(discussed.coordinator, reverse("boards:review", args=[discussed.review.pk])) <= MOST


def test_option_form():
    panel = assessed_review()

    assert queries(panel.coordinator, reverse("boards:option_new", args=[panel.review.pk])) <= MOST
    option = options_of(panel)[0]
    assert queries(panel.coordinator, reverse("boards:option_edit", args=[option.pk])) <= MOST


def test_advice_that_the_chair_reads_and_one_that_is_signed():
    panel, advice = advice_with_chair()
    signed, letter = signed_letter()

    assert queries(panel.chair, reverse("boards:advice", args=[advice.pk])) <= MOST
    assert queries(signed.chair, reverse("boards:advice", args=[letter.signed.advice_id])) <= MOST


def test_meetings_and_agenda():
    panels = [assessed_review(), assessed_review(), assessed_review()]
    office, url, counts = panels[0].coordinator, reverse("boards:meetings"), []
    meeting = plan_meeting(
        board=Board.objects.get(),
        starts_at=timezone.now() + timedelta(days=2),
        actor=office,
    )
    for panel in panels:
        put_on_meeting(review=panel.review, meeting=meeting, actor=office)
        counts.append(queries(office, reverse("boards:meeting", args=[meeting.pk])))

    assert counts[0] == counts[2] <= MOST
    assert queries(office, url) <= MOST


def test_follow_up():
    panel, letter = stored_letter()

    assert queries(panel.physician, reverse("boards:follow_up", args=[letter.signed.follow_ups.first().pk])) <= MOST


def advice_on_trials(number: int):
    """With the chair: ``number`` options that are trials, compared with the case."""
    panel = assessed_review(options=0)
    run_match(str(panel.review.revision.match_runs.get().pk))
    for match in panel.review.revision.match_runs.get().matches.select_related("arm")[:number]:
        values = {**OPTION, "type": "clinical_trial", "title": match.arm.title, "arm": match.arm}
        propose_option(review=panel.review, actor=panel.coordinator, values=values)
    ballot = open_voting(review=panel.review, actor=panel.coordinator)
    for user in panel.experts:
        for option in options_of(panel):
            cast_vote(option=option, expert=user, position="for")
    close_voting(ballot=ballot, actor=panel.chair)
    advice = draft_advice(review=panel.fresh(), actor=panel.coordinator)
    texts = {"summary": "A trial.", "first_step": "Call."}
    edit_and_hand_to_chair(advice=advice, actor=panel.coordinator, values=texts, version=advice.version)
    return panel, advice


def test_advice_with_one_and_three_trials_among_its_options():
    counts = []
    for number in (1, 3):
        panel, advice = advice_on_trials(number)
        counts.append(queries(panel.chair, reverse("boards:advice", args=[advice.pk])))
        assert queries(panel.coordinator, reverse("boards:review", args=[panel.review.pk])) <= MOST

    assert counts[0] == counts[1] <= MOST
