"""What changed between two revisions, for each of its readers."""

import re

import pytest
from django.urls import reverse

from cases.models import Case, CaseRevision
from cases.services.drafting import save_blocks
from cases.services.submission import answer_query, send_news, submit_case
from cases.services.triage import accept_case, query_case
from iltb.audit.models import ReadEvent
from tests.boards.views.pages import as_, text_of
from tests.factories.accounts import physician
from tests.factories.boards import declared_review, seated_review
from tests.factories.cases import blocks, queried_case, submitted_case

pytestmark = pytest.mark.django_db
BLASTS = "status__bm_blasts_morphology_pct_of_cells"
CHANGED, AGAIN = {BLASTS: 31}, {BLASTS: 33}
FIRST, SECOND, THIRD = "62\N{NO-BREAK SPACE}%", "31\N{NO-BREAK SPACE}%", "33\N{NO-BREAK SPACE}%"
QUESTION = "Which weight does the patient have today?"


def changes_url(case):
    return reverse("boards:changes", args=[case.code])


def written(case, **values):
    """The answers of ``case`` with some changed, not yet sent."""
    case = Case.objects.get(pk=case.pk)
    changed = blocks()
    for name, value in values.items():
        block, column = name.split("__", 1)
        changed[block] = {**changed[block], column: value}
    save_blocks(case=case, actor=case.author, version=case.version, blocks=changed)
    return Case.objects.get(pk=case.pk)


def answered(case, office, *, accept=False, **values):
    """Asked, changed, answered and sent again; on request released."""
    query = query_case(case=Case.objects.get(pk=case.pk), actor=office, text=QUESTION)
    case = written(case, **values)
    answer_query(query=query, actor=case.author, answer="See the dossier.")
    submit_case(case=case, actor=case.author)
    if accept:
        accept_case(case=Case.objects.get(pk=case.pk), actor=office)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def news():
    """An accepted case of which the panel read revision 1 and now reads revision 2."""
    panel = declared_review()
    answered(panel.case, panel.coordinator, accept=True, **CHANGED)
    return panel


def cells(user, case, **query):
    """What the tables of the page say, without the names of the rows."""
    return [cell.strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", page(user, case, **query), re.DOTALL)]


def page(user, case, **query):
    return text_of(as_(user).get(changes_url(case), query))


def test_the_team_reads_both_sides_and_the_question_that_was_answered(news):
    text = page(news.physician, news.case)

    assert "What changed since revision 1" in text
    assert f"Revision 2 answers the board's question: “{QUESTION}”" in text
    assert cells(news.physician, news.case) == [FIRST, SECOND]


def test_the_panel_reads_what_stands_now_and_not_what_stood_there(news):
    assert cells(news.experts[0], news.case) == [SECOND]
    assert "The earlier revision is closed to the panel." in page(news.experts[0], news.case)


def test_an_expert_who_asks_for_an_earlier_revision_by_number_reads_the_newest(news):
    answered(news.case, news.coordinator, accept=True, **AGAIN)

    assert cells(news.experts[0], news.case, since="1", until="2") == [THIRD]


@pytest.mark.parametrize("name", ["case", "review"])
def test_who_read_the_first_revision_is_led_to_what_the_second_brought(news, name):
    url = reverse(f"boards:{name}", args=[news.case.code if name == "case" else news.review.pk])

    text = text_of(as_(news.experts[0]).get(url))

    assert "Revision 2 answers a question of the board" in text
    assert QUESTION in text
    assert f"{changes_url(news.case)}?since=1" in text


def test_a_revision_that_the_panel_never_read_is_no_news_to_it():
    panel = declared_review()
    case = written(panel.case, **CHANGED)
    send_news(case=case, actor=case.author)

    assert "brings news" not in text_of(as_(panel.experts[0]).get(reverse("boards:case", args=[case.code])))
    assert "Nothing to compare" in page(panel.experts[0], case)
    assert cells(panel.coordinator, case) == [FIRST, SECOND]


def test_two_revisions_that_say_the_same_are_said_to():
    case = submitted_case()
    query = query_case(case=case, actor=declared_review().coordinator, text=QUESTION)
    answer_query(query=query, actor=case.author, answer="Nothing new.")
    submit_case(case=Case.objects.get(pk=case.pk), actor=case.author)

    assert "Nothing changed" in page(case.author, case)


@pytest.mark.parametrize("query", [{"since": "9"}, {"since": "x", "until": "y"}, {"since": "2", "until": "1"}])
def test_strange_numbers_compare_what_there_is(news, query):
    answer = as_(news.physician).get(changes_url(news.case), query)

    assert answer.status_code == 200


def test_any_two_revisions_can_be_chosen(news):
    answered(news.case, news.coordinator, **AGAIN)

    assert cells(news.physician, news.case, since="1", until="2") == [FIRST, SECOND]
    assert cells(news.physician, news.case, since="1") == [FIRST, THIRD]
    assert page(news.physician, news.case).count("<option") == 4


def test_one_revision_alone_is_compared_with_nothing():
    case = queried_case()

    assert "Nothing to compare" in page(case.author, case)


def test_the_page_of_the_case_leads_to_what_changed_since_each_earlier_revision(news):
    text = text_of(as_(news.physician).get(reverse("boards:case", args=[news.case.code])))

    assert text.count(f"{changes_url(news.case)}?since=1") == 1
    assert "answers a question" not in text
    assert f"{changes_url(news.case)}?since=2" not in text


def test_it_is_noted_which_revisions_were_read(news):
    opened = ReadEvent.objects.filter(verb="dossier.opened").order_by("pk")

    page(news.experts[0], news.case)
    assert [row.subject_label[-1] for row in opened.all()] == ["2"]

    page(news.physician, news.case)
    assert [row.subject_label[-1] for row in opened.all()] == ["2", "1", "2"]


def test_before_interests_are_declared_nothing_is_told():
    panel = seated_review()

    assert as_(panel.experts[0]).get(changes_url(panel.case)).status_code == 404


def test_a_foreign_case_is_unknown():
    assert as_(physician()).get(changes_url(submitted_case())).status_code == 404


def test_germline_results_are_not_compared_for_the_wider_panel(news):
    assert "they are not compared here" in page(news.experts[0], news.case)
    assert "they are not compared here" not in page(news.physician, news.case)
    assert CaseRevision.objects.filter(case=news.case).count() == 2
