"""Every section with everything that a dossier can hold, saved as it is."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from cases.completeness import Section
from cases.importers.vignette import import_case
from cases.models import Case
from cases.services.contents import content_of
from cases.services.drafting import SpecimenRows, save_section, save_specimen, save_therapy
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import centre_of, physician, sign_in
from tests.factories.cases import line_rows

pytestmark = pytest.mark.django_db

VIGNETTES = Path(settings.BASE_DIR) / "cases" / "data" / "vignettes"
SECTIONS = [section.value for section in Section if section is not Section.FINDINGS]
RARE = SpecimenRows(
    values={
        "label": "S9",
        "tissue": "BM",
        "time_point": "remission",
        "blasts_comparator": "<",
        "blasts_pct_of_cells": 5,
    },
    assays=[{"assay_type": "WES", "status": "pending", "expected_day": 12}],
    variants=[{"gene_symbol": "NRAS", "vaf": "0.05", "vaf_comparator": "<", "depth": 900, "zygosity": "het"}],
    fusions=[{"five_prime_gene": "KMT2A", "detected_by": ["RNA", "FISH"], "spanning_reads": 12}],
    antigens=[{"antigen": "CD19", "percent_comparator": ">=", "percent_positive": 98, "h_score": 120}],
    fish=[{"probe": "KMT2A break-apart", "result": "positive", "pct_nuclei": "88.5"}],
    copy_numbers=[{"region": "-7", "change": "loss_het", "focal": "no"}],
    expression_outliers=[{"gene_symbol": "FLT3", "z_score": "-3.2", "reference_cohort": "ours", "percentile": 99}],
    methylation=[{"classifier": "JMML_3class", "methylation_class": "high", "score": "0.93"}],
    clones=[{"clone_label": "A", "ccf": "0.4", "seen_at": "relapse"}],
    karyotype={"iscn": "45,XY,-7[7]", "n_metaphases": 20, "ploidy_class": "hypodiploid"},
    signature={"ph_like_signature": "no", "tmb_mut_per_mb": "4.8"},
)
MRD = {
    "is_current": True,
    "method": "flow",
    "tissue": "BM",
    "comparator": "<",
    "mrd_fraction": "0.0001",
    "detection_limit": "0.0000001",
}


def vignette(name: str) -> Case:
    doctor = physician()
    document = yaml.safe_load((VIGNETTES / f"{name}.yaml").read_text(encoding="utf-8"))
    return import_case(document, actor=doctor, centre=centre_of(doctor)).case


def full(name: str) -> Case:
    """A vignette with the rows that it does not have."""
    case = vignette(name)
    save_specimen(case=case, actor=case.author, version=case.version, rows=RARE)
    germline = [{"gene_symbol": "TP53", "hgvs_p": "p.(Arg248Gln)", "acmg_class": 5}]
    rows = {"mrd": [MRD], "germline_variants": germline, "masses": [{"site": "mediastinum", "size_cm": "7.5"}]}
    blocks = {"exposure": {"cranial_radiotherapy_gy": 12, "inotuzumab_sos": "moderate"}}
    save_section(case=case, actor=case.author, version=case.version, blocks=blocks, rows=rows)
    return Case.objects.get(pk=case.pk)


def pages_of(case: Case) -> list[str]:
    specimens = [reverse("cases:specimen", args=[case.code, specimen.pk]) for specimen in case.specimens.all()]
    return [*(reverse("cases:section", args=[case.code, name]) for name in SECTIONS), *specimens]


@pytest.fixture
def rich(client) -> Case:
    """The fullest vignette, whose physician is signed in."""
    case = full("V1")
    sign_in(client, case.author)
    return case


@pytest.mark.parametrize("name", ["V1", "V3", "V8", "V11"])
def test_saving_every_page_as_it_is_changes_nothing(client, name):
    case = full(name)
    sign_in(client, case.author)
    before = content_of(case)

    statuses = [send(client, url).status_code for url in pages_of(case)]

    assert set(statuses) == {302}
    assert content_of(case) == before


def test_saving_by_itself_changes_nothing_where_nothing_was_typed(client, rich):
    for url in pages_of(rich):
        response = client.post(url, {**form_of(client.get(url)), "autosave": "yes"}, headers={"HX-Request": "true"})
        assert (response.status_code, Case.objects.get(pk=rich.pk).version) == (200, rich.version)


def test_the_check_shows_every_part_of_the_dossier(client, rich):
    page = text_of(client.get(reverse("cases:check", args=[rich.code])))

    for words in (
        "tisagenlecleucel",
        "posaconazole",
        "venetoclax",
        "CDKN2A",
        "CD22 CAR academic",
        "Irradiation of the skull 12 Gy",
        "< 0.01",
        "45,XY,-7[7]",
    ):
        assert words in page


def test_details_of_a_drug_stay_with_their_line(client, case):
    first, second = line_rows()
    save_therapy(case=case, actor=case.author, version=case.version, lines=[first, second])
    url = reverse("cases:section", args=[case.code, "therapy"])
    typed = {
        "lines-1-details-TOTAL_FORMS": "1",
        "lines-1-details-0-name": "nelarabine",
        "lines-1-details-0-last_given_on_day": "640",
        "lines-1-toxicities-TOTAL_FORMS": "1",
        "lines-1-toxicities-0-term": "neuropathy",
        "lines-1-toxicities-0-grade": "2",
    }

    send(client, url, **typed)

    line = case.therapy_lines.get(line_number=2)
    assert line.drugs.get(name="nelarabine").last_given_on_day == 640
    assert [str(toxicity) for toxicity in line.toxicities.all()] == ["neuropathy 2"]


def test_what_stands_inside_a_line_moves_with_it_when_another_is_removed(client, case):
    url = reverse("cases:section", args=[case.code, "therapy"])
    typed = {"lines-TOTAL_FORMS": "2", "lines-1-toxicities-TOTAL_FORMS": "1", "lines-1-toxicities-0-term": "ileus"}

    form = form_of(send(client, url, **typed, remove="lines-0"))

    assert form["lines-0-toxicities-0-term"] == ["ileus"]


def test_htmx_adds_a_row_inside_a_row(client, case):
    url = reverse("cases:section", args=[case.code, "functional"])

    typed = {**form_of(client.get(url)), "add": "panels-0-responses"}
    page = client.post(url, typed, headers={"HX-Request": "true"}).content.decode()

    assert page.lstrip().startswith("<section")
    assert 'name="panels-0-responses-0-name"' in page


def test_a_drug_response_is_saved_with_its_results(client, case):
    url = reverse("cases:section", args=[case.code, "functional"])
    typed = {
        "status": "not_done",
        "panels-0-status": "done",
        "panels-0-responses-TOTAL_FORMS": "1",
        "panels-0-responses-0-name": "venetoclax",
        "panels-0-responses-0-readout": "IC50",
        "panels-0-responses-0-value": "< 10",
        "panels-0-responses-0-unit": "nM",
    }

    send(client, url, **typed)

    response = case.ex_vivo_panels.get().responses.get()
    assert (response.name, response.comparator, response.value) == ("venetoclax", "<", 10)
    assert Case.objects.get(pk=case.pk).germline.status == "not_done"


@pytest.mark.parametrize(
    ("section", "typed", "sentence"),
    [
        ("functional", {"panels-0-status": "done", "panels-0-expected_day": "5"}, "Only a result that is pending"),
        ("condition", {"performance_scale": "ECOG", "performance_score": "60"}, "ECOG runs from 0 to 4."),
        ("condition", {"lvef_pct": "0,6"}, "0.6 % or 60 %? Write the number with its unit."),
        ("condition", {"neuro": ["none", "PRES"]}, "“none” stands beside another answer."),
        ("condition", {"no_comedication": "on", "comedications-0-name": "azole"}, "Rows are listed under “No other"),
        ("access", {"trials_considered-0-trial": "NCT05476770"}, "Trial 1: Choose an answer for “Outcome”."),
        ("therapy", {"transplants-TOTAL_FORMS": "1", "transplants-0-on_day": "9"}, "Transplant 1: Choose an answer"),
    ],
)
def test_what_cannot_be_is_refused_at_its_row(client, case, section, typed, sentence):
    response = send(client, reverse("cases:section", args=[case.code, section]), **typed)

    assert response.status_code == 422
    assert sentence in text_of(response)


def test_an_answer_that_asks_for_another_leads_back_to_it(client, case):
    url = reverse("cases:section", args=[case.code, "patient"])

    response = send(client, url, sex="female", age_months_at_submission="130", go="next")

    assert response.url == f"{url}#id_fertility_or_pregnancy"
    assert 'name="fertility_or_pregnancy"' in client.get(url).content.decode()


@pytest.mark.parametrize(("sex", "age"), [("female", "119"), ("male", "130")])
def test_pregnancy_is_not_asked_about_in_vain(client, case, sex, age):
    url = reverse("cases:section", args=[case.code, "patient"])

    send(client, url, sex=sex, age_months_at_submission=age)

    assert "fertility_or_pregnancy" not in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("5,7 mmol/L", "9.18"), ("9.2 g/dL", "9.20"), ("92 g/L", "9.20"), ("16", "16.00")],
)
def test_haemoglobin_is_understood_in_three_units(client, case, typed, stored):
    send(client, reverse("cases:section", args=[case.code, "disease"]), hb_g_dl=typed)

    assert str(Case.objects.get(pk=case.pk).status.hb_g_dl) == stored


def test_haemoglobin_without_its_unit_is_asked_about(client, case):
    response = send(client, reverse("cases:section", args=[case.code, "disease"]), hb_g_dl="5.7")

    assert "5.7 g/dL or 5.7 mmol/L? Write the number with its unit." in text_of(response)
