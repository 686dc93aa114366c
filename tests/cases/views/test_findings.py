"""Specimens and what was found on them."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Case, Specimen
from cases.services.drafting import save_specimen
from tests.cases.views.page import form_of, send, text_of
from tests.factories.accounts import sign_in
from tests.factories.cases import complete_case, specimen_rows

pytestmark = pytest.mark.django_db

SPECIMEN = {"label": "S1", "tissue": "BM", "time_point": "current_relapse", "taken_on_day": "662"}
VARIANT = {"variants-0-gene_symbol": "NRAS", "variants-0-hgvs_p": "p.(Gly12Asp)", "variants-0-vaf": "39,5 %"}


@pytest.fixture
def url(case) -> str:
    return reverse("cases:specimen_new", args=[case.code])


@pytest.fixture
def stored(client) -> Specimen:
    """A specimen with one row of each kind, whose physician is signed in."""
    case = complete_case()
    sign_in(client, case.author)
    return case.specimens.get()


def address(specimen: Specimen) -> str:
    return reverse("cases:specimen", args=[specimen.case.code, specimen.pk])


def answers_on(client, specimen: Specimen) -> dict[str, list[str]]:
    form = form_of(client.get(address(specimen)))
    return {name: value for name, value in form.items() if name not in ("csrfmiddlewaretoken", "version", "made_for")}


def rows(count: int) -> dict[str, str]:
    typed = {f"variants-{number}-gene_symbol": f"GENE{number}" for number in range(count)}
    return {**typed, "variants-TOTAL_FORMS": str(count)}


def test_a_specimen_is_saved_with_everything_on_it(client, case, url):
    more = {
        "fusions-0-five_prime_gene": "KMT2A",
        "antigens-0-antigen": "CD19",
        "antigens-0-percent_positive": "96",
        "targets": "BCR::ABL1, FLT3-ITD\nTP53",
        "assays-0-assay_type": "FISH",
        "assays-0-status": "failed",
    }

    send(client, url, **SPECIMEN, **VARIANT, **more)

    specimen = case.specimens.get()
    assert [str(row) for row in specimen.variants.all()] == ["NRAS p.(Gly12Asp)"]
    assert [str(row) for row in specimen.fusions.all()] == ["KMT2A-r"]
    assert [(row.antigen, row.percent_positive) for row in specimen.antigens.all()] == [("CD19", 96)]
    assert [row.target for row in specimen.absences.all()] == ["BCR::ABL1", "FLT3-ITD", "TP53"]
    assert [str(row) for row in specimen.assays.all()] == ["FISH: failed"]


def test_a_vaf_in_per_cent_is_stored_as_a_fraction(client, case, url):
    send(client, url, **SPECIMEN, **VARIANT)

    assert case.specimens.get().variants.get().vaf == Decimal("0.395")


@pytest.mark.parametrize("typed", ["0.4", "0,4"])
def test_a_bare_number_below_one_is_asked_about(client, case, url, typed):
    response = send(client, url, **SPECIMEN, **{**VARIANT, "variants-0-vaf": typed})

    assert response.status_code == 422
    assert "Variant 1: 0.4 % or 40 %? Write the number with its unit." in text_of(response)
    assert case.specimens.count() == 0


@pytest.mark.parametrize(("typed", "stored"), [("0.4 %", "0.004"), ("40 %", "0.4"), ("100", "1"), ("0", "0")])
def test_the_unit_answers_the_question(client, case, url, typed, stored):
    send(client, url, **SPECIMEN, **{**VARIANT, "variants-0-vaf": typed})

    assert case.specimens.get().variants.get().vaf == Decimal(stored)


def test_a_stored_specimen_saved_as_it_is_changes_nothing(client, stored):
    before = answers_on(client, stored)

    response = send(client, address(stored))

    assert (response.status_code, answers_on(client, stored)) == (302, before)
    assert stored.variants.get().vaf == Decimal("0.39")


def test_another_row_comes_without_script_and_keeps_everything_typed(client, case, url):
    response = send(client, url, **SPECIMEN, **VARIANT, add="variants")

    form = form_of(response)
    assert (response.status_code, form["variants-TOTAL_FORMS"]) == (200, ["2"])
    assert (form["variants-0-vaf"], form["taken_on_day"]) == (["39,5 %"], ["662"])
    assert (case.specimens.count(), "There is a problem" in text_of(response)) == (0, False)


def test_htmx_gets_the_rows_of_that_kind_alone(client, case, url):
    typed = {**form_of(client.get(url)), **SPECIMEN, **VARIANT, "add": "variants"}

    response = client.post(url, typed, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert page.lstrip().startswith("<section")
    assert 'id="rows-variants"' in page
    assert 'name="label"' not in page
    assert 'name="variants-1-gene_symbol"' in page
    assert "autofocus" in page


def test_a_row_is_removed_and_the_others_move_up(client, case, url):
    typed = {**rows(3), **SPECIMEN, "remove": "variants-1"}

    form = form_of(send(client, url, **typed))

    assert [form[f"variants-{n}-gene_symbol"] for n in (0, 1)] == [["GENE0"], ["GENE2"]]
    assert form["variants-TOTAL_FORMS"] == ["2"]


@pytest.mark.parametrize("deed", [{"remove": "variants-99"}, {"remove": "variants-x"}, {"add": "nonsense"}])
def test_a_row_that_does_not_exist_is_no_error_of_the_server(client, case, url, deed):
    assert send(client, url, **SPECIMEN, **deed).status_code in (200, 404)


def test_blank_rows_are_not_saved(client, case, url):
    send(client, url, **SPECIMEN, **VARIANT, **{"variants-TOTAL_FORMS": "5"})

    assert case.specimens.get().variants.count() == 1


def test_a_hundred_rows_are_accepted(client, case, url):
    send(client, url, **SPECIMEN, **rows(100))

    assert case.specimens.get().variants.count() == 100


def test_more_than_a_hundred_rows_are_refused_in_a_sentence(client, case, url):
    response = send(client, url, **SPECIMEN, **rows(101))

    assert (response.status_code, case.specimens.count()) == (422, 0)
    assert "At most 100 rows, please." in text_of(response)


def test_a_former_name_of_a_gene_becomes_the_approved_one(client, case, url):
    send(client, url, **SPECIMEN, **{"fusions-0-five_prime_gene": "MLL", "fusions-0-three_prime_gene": "AF4"})

    assert str(case.specimens.get().fusions.get()) == "KMT2A::AFF1"


def test_a_name_of_several_genes_is_asked_about(client, case, url):
    response = send(client, url, **SPECIMEN, **{"variants-0-gene_symbol": "MDR1"})

    assert "“MDR1” can mean several things. Write one of these: ABCB1; TBC1D9." in text_of(response)


def test_a_gene_that_no_list_knows_is_kept_as_written(client, case, url):
    send(client, url, **SPECIMEN, **{"variants-0-gene_symbol": "NOVEL1"})

    assert case.specimens.get().variants.get().gene_symbol == "NOVEL1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"variants-0-hgvs_p": "glycine to something"}, "Variant 1: A protein change begins with “p.”"),
        ({"variants-0-transcript": "NM_002524"}, "Variant 1: A transcript looks like NM_002524.5."),
        ({"variants-0-length_bp": "2"}, "“Length of the duplication, base pairs” must be at least 3."),
        ({"variants-0-vaf": "140"}, "“140” is not between 0 and 100 %."),
        ({"antigens-0-percent_positive": "5"}, "Antigen 1: Fill in “Antigen”."),
        ({"blasts_pct_of_cells": "101"}, "“101” is not between 0 and 100 %."),
        ({"taken_on_day": "9126"}, "“Taken on day” can be at most 9125."),
        ({"tissue": ""}, "Choose an answer for “Material”."),
        ({"targets": "x" * 41}, "is longer than 40 characters."),
    ],
)
def test_an_impossible_finding_is_refused_in_a_sentence(client, case, url, typed, sentence):
    response = send(client, url, **{**SPECIMEN, **VARIANT, **typed})

    assert (response.status_code, case.specimens.count()) == (422, 0)
    assert sentence in text_of(response)


def test_the_same_antigen_twice_by_one_method_is_refused(client, case, url):
    twice = {"antigens-0-antigen": "CD19", "antigens-1-antigen": "CD19", "antigens-TOTAL_FORMS": "2"}

    response = send(client, url, **SPECIMEN, **twice)

    assert "Antigen 2: “CD19” stands here twice." in text_of(response)


TWO_ANTIGENS = {"antigens-0-antigen": "CD19", "antigens-1-antigen": "CD22", "antigens-TOTAL_FORMS": "2"}


def measured(case) -> list[tuple[str, str]]:
    return list(case.specimens.get().antigens.values_list("method", "compartment"))


def test_how_antigens_were_measured_is_said_once(client, case, url):
    block = {"antigens-method": "IHC", "antigens-compartment": "cytoplasmic"}

    send(client, url, **SPECIMEN, **TWO_ANTIGENS, **block)

    assert measured(case) == [("IHC", "cytoplasmic")] * 2


def test_an_antigen_that_was_measured_otherwise_says_so_itself(client, case, url):
    typed = {"antigens-method": "IHC", "antigens-1-method": "flow", "antigens-1-compartment": "nuclear"}

    send(client, url, **SPECIMEN, **TWO_ANTIGENS, **typed)

    assert measured(case) == [("IHC", "surface"), ("flow", "nuclear")]


def test_what_most_antigens_say_stands_above_them_again(client, case, url):
    three = {**TWO_ANTIGENS, "antigens-2-antigen": "CD7", "antigens-TOTAL_FORMS": "3", "antigens-2-method": "flow"}
    send(client, url, **SPECIMEN, **three, **{"antigens-method": "IHC"})

    form = answers_on(client, case.specimens.get())

    assert form["antigens-method"] == ["IHC"]
    assert [form.get(f"antigens-{row}-method", [""]) for row in range(3)] == [[""], [""], ["flow"]]


def test_a_method_that_nobody_knows_is_refused(client, case, url):
    response = send(client, url, **SPECIMEN, **TWO_ANTIGENS, **{"antigens-method": "guess"})

    assert (response.status_code, case.specimens.count()) == (422, 0)
    assert "Choose one of the answers for “Measured by”." in text_of(response)


def test_two_specimens_cannot_share_a_label(client, stored):
    new = reverse("cases:specimen_new", args=[stored.case.code])

    response = send(client, new, **{**SPECIMEN, "label": stored.label})

    assert f"Another specimen is called “{stored.label}”." in text_of(response)


def test_a_new_specimen_proposes_the_next_label(client, case, url):
    send(client, url, **SPECIMEN)

    assert form_of(client.get(url))["label"] == ["S2"]


def test_a_specimen_that_somebody_else_changed_is_not_overwritten(client, stored):
    old = form_of(client.get(address(stored)))
    send(client, address(stored), blasts_pct_of_cells="70")

    response = client.post(address(stored), {**old, "blasts_pct_of_cells": "80"})

    rows_ = [(row.label, row.mine, row.theirs) for row in response.context["differences"]]
    assert (response.status_code, rows_) == (409, [("Blasts in this specimen", "80", "70 %")])


def test_a_specimen_is_removed_after_one_question(client, stored):
    url = reverse("cases:specimen_remove", args=[stored.case.code, stored.pk])

    page = client.get(url)
    client.post(url, form_of(page))

    assert "Remove the specimen" in text_of(page)
    assert not stored.case.specimens.exists()


def test_a_specimen_of_another_case_does_not_exist_here(client, case, stored):
    sign_in(client, case.author)

    assert client.get(reverse("cases:specimen", args=[case.code, stored.pk])).status_code == 404


def test_the_list_says_what_stands_on_each_specimen(client, stored):
    page = text_of(client.get(reverse("cases:section", args=[stored.case.code, "findings"])))

    assert "IL7R p.(Leu242_Leu243insAsnProCys), STIL::TAL1, 1 antigen, 1 not found" in page


def test_an_unknown_case_has_no_specimens(client, case):
    assert Case.objects.count() == 1
    assert client.get("/cases/ILTB-2222-222/edit/findings/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept", "original"),
    [
        ("p.(Gly12Asp)", "p.(Gly12Asp)", ""),
        ("G12D", "p.Gly12Asp", "NRAS G12D"),
        ("p.G12D", "p.Gly12Asp", "NRAS p.G12D"),
        ("p.something odd", "p.something odd", ""),
    ],
)
def test_a_protein_change_is_kept_in_one_spelling_beside_what_was_typed(client, case, url, typed, kept, original):
    send(client, url, **SPECIMEN, **{"variants-0-gene_symbol": "NRAS", "variants-0-hgvs_p": typed})

    variant = case.specimens.get().variants.get()
    assert (variant.hgvs_p, variant.original_text) == (kept, original)


@pytest.mark.parametrize(
    ("typed", "genes"),
    [("MLL-AF4", ("KMT2A", "AFF1")), ("KMT2A::MLLT3", ("KMT2A", "MLLT3")), ("KMT2A-r", ("KMT2A", ""))],
)
def test_a_whole_fusion_in_the_first_box_becomes_its_genes(client, case, url, typed, genes):
    send(client, url, **SPECIMEN, **{"fusions-0-five_prime_gene": typed})

    fusion = case.specimens.get().fusions.get()
    assert (fusion.five_prime_gene, fusion.three_prime_gene, fusion.original_text) == (*genes, typed)


def test_a_filled_part_of_a_specimen_is_folded_and_says_how_much_stands_in_it(client, case):
    rows = specimen_rows("S7")
    found = replace(
        rows, karyotype={"iscn": "46,XY[20]"}, copy_numbers=[{"gene_symbol": "CDKN2A", "change": "loss_hom"}]
    )
    save_specimen(case=case, actor=case.author, version=case.version, rows=found)

    page = client.get(reverse("cases:specimen", args=[case.code, case.specimens.get(label="S7").pk]))

    [fold] = re.findall(r"Karyotype, FISH, gains and losses: (\d answers?, 1 entry)", text_of(page))
    assert fold
    assert re.findall(r"<details[^>]*more[^>]*open", page.content.decode()) == []
