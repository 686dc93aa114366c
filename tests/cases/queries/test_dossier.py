"""How a frozen revision reads."""

import pytest
from django.template.loader import render_to_string

from cases.models.revision import CaseRevision
from cases.queries import dossier_from
from cases.services.freezing import content_of
from tests.factories.cases import complete_case, draft, submitted_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    return content_of(complete_case())


def test_a_revision_reads_without_a_query(django_assert_num_queries):
    revision = CaseRevision.objects.get(case=submitted_case())

    with django_assert_num_queries(0):
        render_to_string("cases/_dossier.html", {"dossier": dossier_from(revision.content)})


def test_the_facts_that_must_be_seen_at_once(content):
    facts = {fact[0]: fact[1] for fact in dossier_from(content).facts}

    assert facts["Age"] == "14 years"
    assert facts["Marrow blasts"] == "62\u00a0%"
    assert facts["Status"] == "refractory relapse"


def test_an_infant_is_shown_in_months(content):
    content["patient"]["age_months_at_submission"] = 23

    assert dossier_from(content).facts[0][1] == "23 months"


def cells_of(content, name):
    """The cells of the alteration that is called ``name``, one for each specimen."""
    rows = [row for group in dossier_from(content).alterations.groups for row in group.rows]
    return next(row.cells for row in rows if row.name == name)


def test_a_fraction_is_shown_in_per_cent_with_a_bar(content):
    cell = cells_of(content, content["specimens"][0]["variants"][0]["gene"])[0]

    assert (cell.state, cell.value) == ("", "39\u00a0%")
    assert 'width="39%"' in cell.bar


def test_no_allele_fraction_is_not_zero(content):
    variant = content["specimens"][0]["variants"][0]
    variant["vaf"] = None

    cell = cells_of(content, variant["gene"])[0]

    assert (cell.value, cell.bar, cell.detail) == ("found", "", "VAF not stated")


def test_the_current_disease_comes_first_then_the_newest(content):
    one = content["specimens"][0]
    content["specimens"] = [
        {**one, "label": "old", "is_current_disease": False, "taken_on_day": 0},
        {**one, "label": "undated", "is_current_disease": True, "taken_on_day": None},
        {**one, "label": "new", "is_current_disease": True, "taken_on_day": 662},
    ]

    assert [specimen.label for specimen in dossier_from(content).specimens] == ["new", "undated", "old"]


def test_a_fusion_with_an_unknown_partner_says_so(content):
    content["specimens"][0]["fusions"] = [{"five_prime_gene": "KMT2A", "three_prime_gene": ""}]

    assert cells_of(content, "KMT2A rearranged, partner unknown")[0].value == "found"


def test_not_done_failed_and_pending_are_told_apart(content):
    states = ("not_done", "failed", "pending", "done")
    content["specimens"][0]["assays"] = [{"assay_type": "FISH", "status": state} for state in states]

    assert [group.status for group in dossier_from(content).specimens[0].assays] == [
        "done",
        "pending",
        "failed",
        "not done",
    ]


def test_what_was_not_found_is_as_visible_as_what_was(content):
    page = render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)})

    assert "Tested, not found" in page
    assert "KMT2A-r" in page


def test_nothing_stated_is_not_negative(content):
    content["specimens"][0]["tested_absent"] = []

    page = render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)})

    assert "Nothing is stated. That does not mean negative." in page


def test_a_drug_that_no_list_knows_is_marked(content):
    content["therapy_lines"][0]["drugs"] = [{"code": None, "display": "Wonderdrug", "classes": []}]

    page = " ".join(render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)}).split())

    assert "Wonderdrug" in page
    assert "not recognised" in page


def test_a_line_takes_the_colour_of_its_drugs(content):
    assert "bar chemotherapy" in dossier_from(content).course.chart


def test_an_empty_draft_reads_as_not_stated():
    page = render_to_string("cases/_dossier.html", {"dossier": dossier_from(content_of(draft()))})

    assert "No specimen is stated." in page
    assert "No treatment line is stated." in page


def test_a_code_that_the_vocabulary_has_dropped_is_shown_as_it_is(content):
    content["status"]["cns_status"] = "CNS9"

    assert ("CNS", "CNS9") in [fact[:2] for fact in dossier_from(content).facts]


def test_text_from_a_dossier_cannot_become_markup(content):
    content["case"]["question_text"] = "<script>alert(1)</script>"

    page = render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)})

    assert "<script>" not in page
