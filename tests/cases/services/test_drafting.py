from dataclasses import replace
from decimal import Decimal

import pytest

from cases.models import Case
from cases.services.drafting import LineRow, SpecimenRows, create_case, remove_specimen, save_block, save_specimen
from cases.services.drafting import save_therapy as save_lines
from cases.services.submission import withdraw_case
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleVersion
from tests.factories.accounts import centre, coordinator, physician
from tests.factories.cases import complete_case, draft, line_rows, specimen_rows

pytestmark = pytest.mark.django_db


def save(case, block, version=None, **values):
    save_block(case=case, actor=case.author, version=version or case.version, block=block, values=values)


def test_only_a_physician_of_the_centre_begins_a_case():
    with pytest.raises(NotAllowed):
        create_case(actor=physician(), centre=centre())


def test_an_answer_is_kept():
    case = draft()

    save(case, "patient", weight_kg=Decimal("27.4"))

    assert Case.objects.get(pk=case.pk).patient.weight_kg == Decimal("27.4")


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        ("patient", "age_months_at_submission", 300),
        ("patient", "age_months_at_diagnosis", 300),
        ("patient", "weight_kg", Decimal("0.9")),
        ("patient", "weight_kg", Decimal("250.1")),
        ("patient", "height_cm", 29),
        ("patient", "height_cm", 231),
        ("patient", "sex", "unsure"),
        ("status", "relapse_number", 9),
        ("status", "time_to_first_relapse_months", 241),
        ("status", "bm_blasts_flow_pct_of_cells", Decimal("100.01")),
        ("status", "sites", ["elbow"]),
        ("diagnosis", "initial_wbc", 2001),
        ("case", "next_decision_day", 91),
        ("case", "question_text", "too short"),
        ("case", "urgency", "now"),
    ],
)
def test_impossible_answers_are_refused_at_their_field(block, field, value):
    case = draft()

    with pytest.raises(InvalidInput) as refusal:
        save(case, block, **{field: value})

    assert list(refusal.value.errors) == [field]


def test_a_diagnosis_after_today_is_refused():
    with pytest.raises(InvalidInput):
        save(draft(), "patient", age_months_at_submission=100, age_months_at_diagnosis=101)


def test_a_state_cannot_be_slipped_in_among_the_answers():
    with pytest.raises(InvalidInput, match="cannot be set"):
        save(draft(), "case", state="accepted")


def test_a_stale_version_overwrites_nothing():
    case = draft()
    save(case, "patient", sex="male")

    with pytest.raises(StaleVersion, match="Nothing of theirs was overwritten"):
        save(case, "patient", version=1, sex="female")

    assert Case.objects.get(pk=case.pk).patient.sex == "male"


def test_a_stranger_cannot_tell_that_the_case_exists():
    case = draft()

    with pytest.raises(NotFound):
        save_block(case=case, actor=physician(), version=1, block="patient", values={"sex": "male"})


def test_a_coordinator_does_not_fill_in_a_case():
    case = complete_case()

    with pytest.raises(NotFound):
        save_block(case=case, actor=coordinator(), version=case.version, block="patient", values={"sex": "male"})


def test_a_withdrawn_case_is_no_longer_changed():
    case = draft()
    withdraw_case(case=case, actor=case.author)

    with pytest.raises(Conflict, match="over"):
        save(case, "patient", sex="male")


def test_a_specimen_is_replaced_with_everything_on_it():
    case = draft()
    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows())

    only = SpecimenRows(values={"label": "S2", "tissue": "BM", "time_point": "current"})
    save_specimen(case=case, actor=case.author, version=case.version, rows=only, key=specimen.pk)

    kept = case.specimens.get()
    assert (kept.pk, kept.variants.count(), kept.absences.count()) == (specimen.pk, 0, 0)


@pytest.mark.parametrize(("changed", "kept"), [(0, "12"), (1, "02"), (2, "01")])
def test_rows_that_say_the_same_are_left_alone(changed, kept):
    case = draft()
    rows = replace(specimen_rows(), antigens=[{"antigen": name} for name in ("CD7", "CD19", "CD22")])
    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=rows)
    before = list(specimen.antigens.values_list("pk", flat=True))

    other = [{**row, "intensity": "dim"} if index == changed else row for index, row in enumerate(rows.antigens)]
    save_again(case, specimen, antigens=other)

    assert [row.pk for row in specimen.antigens.all()] == before
    assert "".join(str(index) for index, row in enumerate(specimen.antigens.all()) if row.intensity != "dim") == kept


def test_a_row_taken_out_of_the_middle_leaves_the_order():
    case = draft()
    rows = replace(specimen_rows(), antigens=[{"antigen": name} for name in ("CD7", "CD19", "CD22")])
    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=rows)

    save_again(case, specimen, antigens=[{"antigen": "CD7"}, {"antigen": "CD22"}, {"antigen": "CD19"}])
    save_again(case, specimen, antigens=[{"antigen": "CD7"}, {"antigen": "CD19"}])

    assert [row.antigen for row in specimen.antigens.order_by("pk")] == ["CD7", "CD19"]


def test_a_column_that_a_row_leaves_out_is_emptied():
    case = draft()
    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows())

    save_again(case, specimen, antigens=[{"antigen": "CD7", "intensity": "bright"}])

    assert specimen.antigens.get().percent_positive is None


def test_kinds_that_are_not_named_stay():
    case = draft()
    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows())

    save_again(case, specimen, antigens=None, variants=None, absences=None)

    assert (specimen.antigens.count(), specimen.variants.count(), specimen.absences.count()) == (1, 1, 1)


def save_again(case, specimen, **kinds):
    rows = replace(specimen_rows(), **kinds)
    save_specimen(case=case, actor=case.author, version=case.version, rows=rows, key=specimen.pk)


def test_two_specimens_with_one_label_are_refused():
    case = draft()
    save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows("S1"))

    with pytest.raises(InvalidInput):
        save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows("S1"))

    assert case.specimens.count() == 1


def test_a_refused_finding_keeps_the_whole_specimen_out():
    rows = specimen_rows()
    impossible = SpecimenRows(values=rows.values, variants=[{"gene_symbol": "NRAS", "vaf": Decimal("1.41")}])
    case = draft()

    with pytest.raises(InvalidInput):
        save_specimen(case=case, actor=case.author, version=case.version, rows=impossible)

    assert case.specimens.count() == 0


def test_an_old_gene_name_becomes_the_approved_symbol():
    case = draft()
    rows = SpecimenRows(values=specimen_rows().values, variants=[{"gene_symbol": "MLL", "hgvs_p": "p.(Gly12Asp)"}])

    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=rows)

    assert specimen.variants.get().gene_symbol == "KMT2A"


def test_an_unknown_gene_is_kept_as_written():
    case = draft()
    rows = SpecimenRows(values=specimen_rows().values, variants=[{"gene_symbol": "NOSUCHGENE", "hgvs_p": "p.?"}])

    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=rows)

    assert (specimen.variants.get().gene_symbol, specimen.variants.get().gene) == ("NOSUCHGENE", None)


def test_a_removed_specimen_is_gone_from_the_dossier():
    case = complete_case()

    remove_specimen(case=case, actor=case.author, version=case.version, key=case.specimens.get().pk)

    assert case.specimens.count() == 0


def test_lines_are_numbered_in_their_order_and_drugs_resolved():
    case = draft()

    save_lines(case=case, actor=case.author, version=case.version, lines=line_rows())

    lines = list(case.therapy_lines.all())
    assert [line.line_number for line in lines] == [1, 2]
    assert [drug.concept is not None for drug in lines[1].drugs.all()] == [True, True, True]


def test_a_line_that_ends_before_it_begins_is_refused():
    case = draft()
    row = LineRow(values={**line_rows()[0].values, "start_on_day": 10, "stop_on_day": 9})

    with pytest.raises(InvalidInput):
        save_lines(case=case, actor=case.author, version=case.version, lines=[row])
