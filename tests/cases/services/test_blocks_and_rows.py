from decimal import Decimal

import pytest

from cases.completeness import Section
from cases.models import Case, Karyotype
from cases.services.contents import content_of
from cases.services.drafting import (
    LineRow,
    PanelRow,
    SpecimenRows,
    confirm_transcription,
    note_transcription,
    save_block,
    save_ex_vivo,
    save_rows,
    save_section,
    save_specimen,
    save_therapy,
)
from iltb.core.errors import Conflict, InvalidInput
from tests.factories.accounts import physician
from tests.factories.cases import complete_case, draft, line_rows, specimen_rows
from tests.factories.dossier import full_case, full_specimen

pytestmark = pytest.mark.django_db


def content(case):
    return content_of(Case.objects.get(pk=case.pk))


def save(case, **rows):
    save_rows(case=case, actor=case.author, version=case.version, rows=rows)


def block(case, name, **values):
    save_block(case=case, actor=case.author, version=case.version, block=name, values=values)


def refusal_of(case, **rows):
    with pytest.raises(InvalidInput) as refusal:
        save(case, **rows)
    return refusal.value.errors


def test_rows_take_the_place_of_those_of_their_kind_and_no_other():
    case = full_case()

    save(case, transplants=[{"donor": "MSD"}])

    frozen = content(case)
    assert [row["donor"] for row in frozen["transplants"]] == ["MSD"]
    assert len(frozen["cell_therapies"]) == 1


def test_transplants_are_numbered_in_the_order_given():
    case = draft()

    save(case, transplants=[{"donor": "MSD"}, {"donor": "haplo"}])

    assert [(row["number"], row["donor"]) for row in content(case)["transplants"]] == [(1, "MSD"), (2, "haplo")]


def test_a_refused_row_is_named_by_kind_number_and_column():
    good, bad = {"method": "flow", "mrd_fraction": "0.01"}, {"method": "flow", "mrd_fraction": Decimal("1.5")}

    assert set(refusal_of(draft(), mrd=[good, bad])) == {"mrd-1-mrd_fraction"}


def test_a_rule_over_two_columns_is_named_at_one_of_them():
    errors = refusal_of(draft(), mrd=[{"method": "flow", "after": "line"}])

    assert errors == {"mrd-0-after_number": ["Say both: after what, and its number."]}


def test_a_column_that_does_not_exist_is_refused():
    assert set(refusal_of(draft(), transplants=[{"donor": "MSD", "colour": "red"}])) == {"transplants-0-colour"}


def test_one_refused_row_keeps_the_whole_section_out():
    case = draft()

    with pytest.raises(InvalidInput):
        save_section(
            case=case,
            actor=case.author,
            version=case.version,
            blocks={"access": {"willing_to_travel": "EU"}},
            rows={"trials_considered": [{"trial": "CATULUS", "outcome": "lost"}]},
        )

    assert content(case)["access"]["willing_to_travel"] == ""


def test_a_drug_named_twice_is_refused_in_words():
    twice = [{"name": "posaconazole"}, {"name": "posaconazole"}]

    assert refusal_of(draft(), comedications=twice) == {"comedications-1-name": ["This drug stands here twice."]}


def test_interaction_roles_are_filled_from_the_vocabulary():
    case = draft()

    save(case, comedications=[{"name": "posaconazole"}, {"name": "pantoprazole"}])

    first, second = content(case)["condition"]["comedications"]
    assert (first["cyp3a4"], first["qt_prolonging"]) == ("strong_inhibitor", "yes")
    assert (second["acid_suppressant"], second["cyp3a4"]) == ("yes", "")


def test_what_the_physician_says_of_a_drug_wins_over_the_vocabulary():
    case = draft()

    save(case, comedications=[{"name": "posaconazole", "qt_prolonging": "no"}])

    assert content(case)["condition"]["comedications"][0]["qt_prolonging"] == "no"


def test_the_disease_group_follows_from_the_entity():
    case = draft()
    entity = complete_case().diagnosis.entity

    block(case, "diagnosis", entity=entity)

    assert content(case)["diagnosis"]["disease_group"] == "T_ALL"


def test_who_says_why_no_standard_is_left_has_said_that_none_is():
    case = draft()

    block(case, "case", no_standard_of_care_reason="Refractory to two lines.")

    assert content(case)["case"]["no_standard_of_care"] is True


def test_consent_knows_who_confirmed_it_and_tells_only_that_somebody_did():
    case = complete_case()
    frozen = content(case)["consent"]

    assert (case.consent.confirmed_by, frozen["is_confirmed"]) == (case.author, True)
    assert "confirmed_by" not in frozen


def test_consent_taken_back_is_confirmed_by_nobody():
    case = complete_case()

    block(case, "consent", board_discussion=False)

    assert content(case)["consent"]["is_confirmed"] is False


def test_nobody_confirms_in_the_name_of_another():
    with pytest.raises(InvalidInput, match="cannot be set"):
        block(draft(), "consent", confirmed_by=physician())


def test_lansky_in_fives_is_refused_at_the_score():
    case = draft()

    with pytest.raises(InvalidInput) as refusal:
        block(case, "condition", performance_scale="Lansky", performance_score=75)

    assert set(refusal.value.errors) == {"performance_score"}


def test_kinds_of_findings_that_are_not_given_stay_on_the_specimen():
    case = draft()
    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=full_specimen())

    save_specimen(case=case, actor=case.author, version=case.version, rows=specimen_rows("S3"), key=specimen.pk)

    frozen = content(case)["specimens"][0]
    assert (len(frozen["copy_numbers"]), frozen["karyotype"]["n_metaphases"]) == (1, 20)


def test_an_empty_kind_says_that_there_is_none():
    case = draft()
    specimen = save_specimen(case=case, actor=case.author, version=case.version, rows=full_specimen())
    none = SpecimenRows(values=full_specimen().values, copy_numbers=(), karyotype={}, signature={})

    save_specimen(case=case, actor=case.author, version=case.version, rows=none, key=specimen.pk)

    frozen = content(case)["specimens"][0]
    assert (frozen["copy_numbers"], frozen["karyotype"], frozen["signature"]) == ([], None, None)


def test_a_karyotype_keeps_its_words_beside_the_one_spelling():
    case = draft()
    rows = SpecimenRows(values=full_specimen().values, karyotype={"iscn": "46, XY ,del(9)(p21p24) [11]"})

    save_specimen(case=case, actor=case.author, version=case.version, rows=rows)

    stored = Karyotype.objects.get()
    assert (stored.iscn, stored.iscn_normalised) == ("46, XY ,del(9)(p21p24) [11]", "46,XY,del(9)(p21p24)[11]")


def test_the_physician_can_say_that_a_specimen_shows_the_current_disease():
    case = complete_case()
    values = {**specimen_rows("S1").values, "time_point": "remission", "is_current_override": True}
    save_specimen(case=case, actor=case.author, version=case.version, rows=SpecimenRows(values=values))

    assert [row["is_current_disease"] for row in content(case)["specimens"]] == [True, True]


def test_an_assay_names_a_specimen_of_the_case():
    case = draft()

    with pytest.raises(InvalidInput) as refusal:
        save_ex_vivo(
            case=case, actor=case.author, version=case.version, panels=[PanelRow({"status": "done", "specimen": "S9"})]
        )

    assert refusal.value.errors == {"panels-0-specimen": ["There is no specimen “S9”."]}


def test_a_value_outside_its_readout_is_refused_where_it_stands():
    case = draft()
    response = {"name": "venetoclax", "readout": "AUC", "value": 2, "unit": "fraction"}

    with pytest.raises(InvalidInput) as refusal:
        save_ex_vivo(
            case=case, actor=case.author, version=case.version, panels=[PanelRow({"status": "done"}, [response])]
        )

    assert set(refusal.value.errors) == {"panels-0-responses-0-value"}


def test_drugs_and_toxicities_of_a_line_have_their_details():
    line = content(full_case())["therapy_lines"][1]

    assert (line["drugs"][0]["route"], line["drugs"][0]["code"], line["toxicities"][0]["grade"]) == (
        "intravenous",
        "nelarabine",
        2,
    )


def test_a_refused_toxicity_is_named_by_its_line():
    case = draft()
    row = LineRow(line_rows()[0].values, toxicities=[{"term": "neuropathy", "grade": 6}])

    with pytest.raises(InvalidInput) as refusal:
        save_therapy(case=case, actor=case.author, version=case.version, lines=[row])

    assert set(refusal.value.errors) == {"lines-0-toxicities-0-grade"}


def test_who_typed_a_section_cannot_confirm_it():
    case = complete_case()
    note_transcription(case=case, actor=case.author, version=case.version, section=Section.THERAPY)

    with pytest.raises(Conflict, match="Somebody else"):
        confirm_transcription(case=case, actor=case.author, version=case.version, section=Section.THERAPY)


def test_a_typed_section_reads_as_unconfirmed_until_a_colleague_compared_it():
    case = complete_case()
    colleague = physician(case.centre)
    note_transcription(case=case, actor=colleague, version=case.version, section=Section.THERAPY)
    before = content(case)["transcriptions"]

    confirm_transcription(case=case, actor=case.author, version=case.version, section=Section.THERAPY)

    assert before == [{"section": "therapy", "specimen": "", "is_confirmed": False}]
    assert content(case)["transcriptions"][0]["is_confirmed"] is True


def test_what_nobody_typed_is_not_confirmed():
    case = draft()

    with pytest.raises(Conflict, match="Nothing was typed"):
        confirm_transcription(case=case, actor=case.author, version=case.version, section=Section.THERAPY)
