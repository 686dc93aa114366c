from decimal import Decimal

import pytest

from cases.nomenclature import Unparsed, events
from cases.nomenclature.events import ClassEvent
from tests.cases.nomenclature.genes import symbol

EVENTS = [
    ("FLT3-ITD", "FLT3", "ITD"),
    ("FLT3 ITD", "FLT3", "ITD"),
    ("FLT3ITD", "FLT3", "ITD"),
    ("flt3-itd positive", "FLT3", "ITD"),
    ("FLT3-ITD+", "FLT3", "ITD"),
    ("FLT3 p.ITD", "FLT3", "ITD"),
    ("ITD in FLT3", "FLT3", "ITD"),
    ("internal tandem duplication of FLT3", "FLT3", "ITD"),
    ("KMT2A-PTD", "KMT2A", "PTD"),
    ("MLL-PTD", "KMT2A", "PTD"),
    ("KMT2A partial tandem duplication", "KMT2A", "PTD"),
    ("UBTF-TD", "UBTF", "TD"),
    ("UBTF tandem duplication", "UBTF", "TD"),
    ("FLT3-TKD mutation", "FLT3", "TKD"),
]

FIGURES = [
    ("FLT3 ITD ratio 0.6", Decimal("0.6"), None),
    ("FLT3-ITD (AR 0,45)", Decimal("0.45"), None),
    ("FLT3-ITD, allelic ratio: 1.2, 36 bp", Decimal("1.2"), 36),
    ("FLT3-ITD 24bp", None, 24),
    ("FLT3-ITD with length 51 nt", None, 51),
]

REFUSED = [
    ("ITD", "The gene is missing, as in FLT3-ITD."),
    ("PTD", "The gene is missing, as in FLT3-ITD."),
    ("KRAS G12D", "This names no class of changes such as FLT3-ITD."),
    ("XYZ9-ITD", "“XYZ9” is not a gene that is known here, or it means several genes."),
    ("FLT3-ITD negative", "This says that something was not found; enter it as tested and absent."),
    ("FLT3-ITD wild type", "This says that something was not found; enter it as tested and absent."),
    ("FLT3-ITD ratio 60 %", "After FLT3-ITD, “ratio 60 %” is not understood."),
    ("FLT3-ITD pending", "After FLT3-ITD, “pending” is not understood."),
    ("FLT3-ITD ratio 600", "An allelic ratio lies between 0 and 100 (mutant to wild type)."),
    ("FLT3-ITD 2 bp", "The length of a duplication lies between 3 and 1000 base pairs."),
]


@pytest.mark.parametrize(("text", "gene", "event"), EVENTS)
def test_a_class_of_changes_is_an_event_of_its_gene(text, gene, event):
    assert events.parse(text, symbol) == ClassEvent(text, gene, event)


@pytest.mark.parametrize(("text", "ratio", "length"), FIGURES)
def test_ratio_and_length_are_read_with_their_units(text, ratio, length):
    assert events.parse(text, symbol) == ClassEvent(text, "FLT3", "ITD", ratio, length)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_not_understood_is_kept_with_a_reason(text, reason):
    assert events.parse(text, symbol) == Unparsed(text, reason)


def test_an_event_is_written_with_the_approved_symbol():
    assert events.parse("MLL-PTD", symbol).normalised == "KMT2A-PTD"
