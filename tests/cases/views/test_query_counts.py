"""How many queries a page may need, whatever the number of rows."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.completeness import Section
from cases.models import Case
from cases.services.drafting import save_specimen, save_therapy
from cases.services.submission import submit_case
from cases.services.triage import query_case
from tests.factories.accounts import coordinator, sign_in
from tests.factories.cases import blocks, draft, line_rows, save_blocks, specimen_rows

pytestmark = pytest.mark.django_db

MOST = 15


def case_with(rows: int) -> Case:
    """A complete case with ``rows`` specimens, results of each kind and treatment lines."""
    case = draft()
    save_blocks(case=case, actor=case.author, version=case.version, blocks=blocks())
    for number in range(rows):
        one = specimen_rows(f"S{number}")
        antigens = [{**one.antigens[0], "antigen": f"CD{n}"} for n in range(rows)]
        many = replace(one, variants=[*one.variants] * rows, fusions=[*one.fusions] * rows, antigens=antigens)
        save_specimen(case=case, actor=case.author, version=case.version, rows=many)
    save_therapy(case=case, actor=case.author, version=case.version, lines=line_rows()[1:] * rows)
    return Case.objects.get(pk=case.pk)


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


@pytest.mark.parametrize("page", ["edit/", *(f"edit/{section}/" for section in Section), "check/"])
def test_a_page_of_a_draft_needs_few_queries_however_long_it_is(client, page):
    counts = []
    for rows in (1, 3):
        case = case_with(rows)
        sign_in(client, case.author)
        counts.append(queries_of(client, f"/cases/{case.code}/{page}"))

    assert counts[0] == counts[1] <= MOST


def test_a_specimen_needs_few_queries_however_much_is_on_it(client):
    counts = []
    for rows in (1, 3):
        case = case_with(rows)
        sign_in(client, case.author)
        counts.append(queries_of(client, reverse("cases:specimen", args=[case.code, case.specimens.first().pk])))

    assert counts[0] == counts[1] <= MOST


def test_screening_needs_few_queries_however_much_was_asked(client):
    counts = []
    for rows in (1, 3):
        case = case_with(rows)
        submit_case(case=case, actor=case.author)
        sign_in(client, coordinator())
        counts.append(queries_of(client, reverse("cases:triage", args=[case.code])))

    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("name", ["edit", "check", "query_answer", "submitted", "withdraw"])
def test_a_page_of_a_queried_case_needs_few_queries(client, name):
    case = case_with(3)
    submit_case(case=case, actor=case.author)
    query_case(case=case, actor=coordinator(), text="Which method showed the fusion?")
    sign_in(client, case.author)

    assert queries_of(client, reverse(f"cases:{name}", args=[case.code])) <= MOST
