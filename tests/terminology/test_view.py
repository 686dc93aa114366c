"""The list under a typeahead, as the browser gets it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import physician

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(physician())
    return client


def ask(client, system, text):
    return client.get(reverse("terminology:search", args=[system]), {"q": text})


def test_a_visitor_is_sent_to_the_login(client):
    answer = ask(client, "gene", "mll")

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_options_carry_what_goes_into_the_box(reader):
    html = ask(reader, "gene", "mll").content.decode()

    assert re.findall(r'role="option"[^>]*data-value="(\w+)"', html)[:2] == ["KMT2A", "MLLT1"]


def test_an_option_found_by_an_old_name_says_so(reader):
    assert "also known as MKL1" in ask(reader, "gene", "mkl1").content.decode()


def test_no_two_options_of_a_page_share_an_id(reader):
    pages = "".join(ask(reader, "gene", "mll").content.decode() for _ in range(2))

    ids = re.findall(r' id="([^"]+)"', pages)

    assert len(set(ids)) == len(ids) == 20


def test_a_text_without_match_is_answered_by_an_option_that_cannot_be_chosen(reader):
    html = ask(reader, "gene", "<b>zzz").content.decode()

    assert re.findall(r'aria-disabled="true">\s*(.*?)\s*</li>', html) == ["No entry is called “&lt;b&gt;zzz”."]


def test_an_empty_text_has_no_options(reader):
    assert "<li" not in ask(reader, "gene", " ").content.decode()


def test_an_unknown_vocabulary_is_not_found(reader):
    assert ask(reader, "shoes", "mll").status_code == 404


def test_a_vocabulary_can_stand_in_the_query_for_a_fixed_address(reader):
    answer = reader.get(reverse("terminology:search"), {"system": "country", "q": "Portug"})

    assert 'data-value="Portugal"' in answer.content.decode()


def test_the_list_only_reads(reader):
    assert reader.post(reverse("terminology:search", args=["gene"])).status_code == 405


@pytest.mark.parametrize(("text", "rows"), [("npm1", 1), ("a", 10)])
def test_the_vocabulary_is_asked_once_for_one_row_or_ten(reader, text, rows):
    with CaptureQueriesContext(connection) as asked:
        html = ask(reader, "gene", text).content.decode()

    about_concepts = [query for query in asked if "terminology_" in query["sql"]]
    assert (html.count("<li"), len(about_concepts)) == (rows, 1)
