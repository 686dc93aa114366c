"""Findings from a paste or a file, taken into a specimen."""

from decimal import Decimal

import pytest

from cases.importers import paste
from cases.models import Case
from cases.services.importing import approved_symbol, take_findings
from iltb.core.errors import InvalidInput, StaleVersion
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db

LINES = """NOTCH1 p.Leu1600Pro 41 %
FLT3-ITD ratio 0,6
KMT2A::AFF1
CDKN2A hom del
CD22 71 % dim
BCR::ABL1 not detected
46,XX,t(9;22)(q34;q11.2)[20]
venetoclax IC50 780 nM resistant"""


@pytest.fixture
def case() -> Case:
    return complete_case()


def read(text):
    return paste.read_text(text, symbol=approved_symbol).proposals


def take(case, text="", **changes):
    given = {"specimen": case.specimens.get().pk, "proposals": read(text) if text else [], **changes}
    return take_findings(case=case, actor=case.author, version=Case.objects.get(pk=case.pk).version, **given)


def test_each_kind_of_line_becomes_its_finding(case):
    done = take(case, LINES)

    specimen = case.specimens.get()
    panel = specimen.ex_vivo_panels.get()
    assert (done.added, done.refused) == (8, [])
    assert specimen.variants.get(gene_symbol="NOTCH1").vaf == Decimal("0.41")
    assert specimen.variants.get(variant_class="ITD").allelic_ratio == Decimal("0.6")
    assert specimen.fusions.filter(five_prime_gene="KMT2A", three_prime_gene="AFF1").exists()
    assert specimen.copy_numbers.get(gene_symbol="CDKN2A").change == "loss_hom"
    assert specimen.antigens.get(antigen="CD22").intensity == "dim"
    assert specimen.absences.filter(target="BCR::ABL1").exists()
    assert specimen.karyotype.iscn == "46,XX,t(9;22)(q34;q11.2)[20]"
    assert panel.responses.get().interpretation == "resistant"


def test_the_words_of_the_report_stay_beside_the_normalised_form(case):
    take(case, "NOTCH1 L1600P 41 %")

    variant = case.specimens.get().variants.get(gene_symbol="NOTCH1")
    assert (variant.hgvs_p, variant.original_text) == ("p.Leu1600Pro", "NOTCH1 L1600P 41 %")


def test_what_stands_there_is_neither_doubled_nor_changed(case):
    take(case, "NOTCH1 p.Leu1600Pro 41 %")

    done = take(case, "NOTCH1 p.Leu1600Pro 12 %\nFBXW7 p.Arg465His 30 %")

    assert (done.added, done.known) == (1, 1)
    assert case.specimens.get().variants.get(gene_symbol="NOTCH1").vaf == Decimal("0.41")


def test_one_finding_that_the_dossier_refuses_stops_no_other(case):
    proposals = read("NOTCH1 p.Leu1600Pro 41 %\nFBXW7 p.Arg465His 30 %")
    proposals[0].values["length_bp"] = 99_999

    done = take(case, proposals=proposals)

    assert done.added == 1
    assert done.refused[0].startswith("Line 1: ")


def test_a_new_specimen_gets_the_next_free_label(case):
    new = {"tissue": "BM", "time_point": "current_relapse", "taken_on_day": 700, "blasts_pct_of_cells": None}

    done = take(case, "NRAS p.Gly12Asp 12 %", specimen=None, new_specimen=new)

    assert done.labels == ["S1"]
    assert case.specimens.get(label=done.labels[0]).variants.get().gene_symbol == "NRAS"


def test_a_new_specimen_at_fault_leaves_nothing_behind(case):
    with pytest.raises(InvalidInput):
        take(case, "NRAS p.Gly12Asp 12 %", specimen=None, new_specimen={"tissue": "BM", "time_point": "never"})

    assert case.specimens.count() == 1


def test_choosing_nothing_is_said(case):
    with pytest.raises(InvalidInput) as refusal:
        take(case)

    assert refusal.value.errors == {"": ["Choose at least one finding."]}


def test_somebody_elses_edit_is_not_run_over(case):
    with pytest.raises(StaleVersion):
        take_findings(
            case=case,
            actor=case.author,
            version=case.version + 7,
            proposals=read("NRAS p.Gly12Asp 12 %"),
            specimen=case.specimens.get().pk,
        )
