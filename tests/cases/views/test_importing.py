"""Paste or choose a file, look at what was understood, choose, add."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case, Specimen, VariantFinding
from tests.cases.views.page import form_of, text_of
from tests.factories.accounts import physician, sign_in
from tests.factories.cases import complete_case, draft

pytestmark = pytest.mark.django_db

LINES = "NOTCH1 p.Leu1600Pro 41 %\nFBXW7 R465H 30 %\nthe weather was fine\nPatient: Anna Example"
TABLE = "Gen;HGVSp;VAF (%);Patient\nTP53;p.Arg248Gln;17,5;Anna Example\nKRAS;p.Gly12Asp;141;Anna Example\n"
MAF = "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\ttumor_f\nJAK3\tMissense_Mutation\tp.M511I\t0.09\n"


@pytest.fixture
def case(client) -> Case:
    made = complete_case()
    sign_in(client, made.author)
    return made


@pytest.fixture
def url(case) -> str:
    return reverse("cases:import", args=[case.code])


def upload(client, url, content, name="report.csv", **more):
    data = content.encode() if isinstance(content, str) else content
    return client.post(url, {**form_of(client.get(url)), "file": SimpleUploadedFile(name, data), **more})


def test_a_paste_is_shown_before_anything_is_stored(client, case, url):
    page = client.post(url, {**form_of(client.get(url)), "text": LINES})

    assert "2 findings were understood" in text_of(page)
    assert "2 lines were not understood" in text_of(page)
    assert not VariantFinding.objects.filter(gene_symbol="NOTCH1", specimen__case=case, vaf="0.41").exists()
    assert Case.objects.get(pk=case.pk).version == case.version


def test_an_identifier_in_the_paste_is_refused_and_not_repeated_in_the_preview(client, url):
    page = client.post(url, {**form_of(client.get(url)), "text": "NRAS p.Gly12Asp 12 %\nPatient: Anna Example"})

    refused = text_of(page).partition("line was not understood")[2].partition("Read something else")[0]
    assert "identifier" in refused
    assert "Anna" not in refused


def test_what_was_ticked_is_added_and_what_was_not_is_not(client, case, url):
    preview = client.post(url, {**form_of(client.get(url)), "text": "FBXW7 p.Arg465His 30 %\nPHF6 p.Arg116Ter 8 %"})

    answer = client.post(url, {**form_of(preview), "pick": ["1"]}, follow=True)

    assert "1 finding was added to S2." in text_of(answer)
    added = VariantFinding.objects.filter(specimen__case=case, gene_symbol__in=["FBXW7", "PHF6"])
    assert list(added.values_list("gene_symbol", flat=True)) == ["PHF6"]


def test_a_draft_without_specimen_gets_one_from_the_preview(client):
    case = draft()
    sign_in(client, case.author)
    address = reverse("cases:import", args=[case.code])
    form = form_of(client.post(address, {**form_of(client.get(address)), "text": "NRAS p.Gly12Asp 12 %"}))

    missing = client.post(address, form)
    client.post(address, {**form_of(missing), "tissue": "BM", "time_point": "current_relapse"})

    assert missing.status_code == 422
    assert "Choose the material of the new specimen." in text_of(missing)
    assert Specimen.objects.get(case=case).variants.get().gene_symbol == "NRAS"


def test_a_table_says_how_its_columns_were_read_and_drops_names(client, url):
    page = text_of(upload(client, url, TABLE))

    assert "TP53" in page
    assert "17.5 %" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 line was not understood" in page
    assert "Anna" not in page


def test_a_maf_file_asks_for_its_genome_build(client, url):
    asked, read = upload(client, url, MAF, "list.maf"), upload(client, url, MAF, "list.maf", build="GRCh38")

    assert (asked.status_code, read.status_code) == (422, 200)
    assert "genome build" in text_of(asked)
    assert "JAK3" in text_of(read)


def test_a_workbook_is_read_and_its_formulas_are_not(client, url):
    book = openpyxl.Workbook()
    for row in (("Gene", "Protein", "VAF"), ("TP53", "p.Arg248Gln", "17 %"), ("NRAS", "p.Gly12Asp", "=1+1")):
        book.active.append(row)
    book.save(file := io.BytesIO())

    page = text_of(upload(client, url, file.getvalue(), "book.xlsx"))

    assert "1 finding was understood" in page
    assert "formula" in page


def zipped() -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr("a.txt", "nothing")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 report", "PDF"),
        (b"\xff\xd8\xff picture", "JPEG"),
        (zipped(), "workbook"),
        (b"<html></html>", "HTML"),
        (b"\x00\x01\x02\x03" * 50, "text"),
        (b"a,b\n1,2\n", "column"),
    ],
)
def test_a_file_that_is_none_is_one_sentence_at_the_file(client, url, content, sentence):
    page = upload(client, url, content)

    assert page.status_code == 422
    assert sentence in text_of(page)


def test_a_file_above_the_limit_is_thrown_away_and_said_so(client, url):
    page = upload(client, url, b"x" * (22 * 1024 * 1024))

    assert page.status_code == 422
    assert "larger than 20 MB" in text_of(page)


def test_neither_paste_nor_file_is_asked_for_and_both_are_too_many(client, url):
    none = client.post(url, form_of(client.get(url)))
    both = upload(client, url, TABLE, text="NRAS p.Gly12Asp 12 %")

    assert "Paste at least one line, or choose a file." in text_of(none)
    assert "not both" in text_of(both)


def test_a_preview_cannot_be_carried_to_another_case(client, case, url):
    preview = form_of(client.post(url, {**form_of(client.get(url)), "text": "NRAS p.Gly12Asp 12 %"}))
    other = draft(case.author)

    assert client.post(reverse("cases:import", args=[other.code]), preview).status_code == 409


def test_somebody_elses_preview_is_refused(client, case, url):
    preview = form_of(client.post(url, {**form_of(client.get(url)), "text": "NRAS p.Gly12Asp 12 %"}))
    sign_in(client, physician(at=case.centre))

    assert client.post(url, preview).status_code == 409


def test_a_changed_preview_is_refused(client, url):
    assert client.post(url, {"understood": "made:up", "pick": "0", "specimen": "new"}).status_code == 409


def test_a_choice_sent_after_the_session_ended_comes_back(client, case, url):
    preview = form_of(client.post(url, {**form_of(client.get(url)), "text": "PHF6 p.Arg116Ter 8 %"}))
    client.logout()

    client.post(url, {**preview, "pick": ["0"]})
    sign_in(client, case.author)
    page = client.get(url)

    assert "PHF6" in text_of(page)
    assert form_of(page)["pick"] == ["0"]


def test_another_value_than_the_one_that_stands_there_is_told_before_and_after(client, case, url):
    client.post(url, {**form_of(client.post(url, {**form_of(client.get(url)), "text": "CD22 44 %"})), "pick": ["0"]})

    preview = client.post(url, {**form_of(client.get(url)), "text": "CD22 71 %"})
    answer = client.post(url, {**form_of(preview), "pick": ["0"]}, follow=True)

    both = "Positive: 44 % stands there, the report says 71 %."
    assert f"Stands on S2 and is left as it is. {both}" in text_of(preview)
    assert f"Left as it stands. CD22 on S2: {both}" in text_of(answer)
