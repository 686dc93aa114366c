"""The tumour profile: what a board reads at a glance, and that nothing stated gets lost."""

import re
from decimal import Decimal, InvalidOperation
from html import unescape

import pytest
from django.db.models import TextChoices
from django.template.loader import render_to_string

from cases import enums
from cases.models import (
    AntigenFinding,
    Assay,
    CellTherapy,
    Comedication,
    CopyNumberFinding,
    DrugResponse,
    ExVivoPanel,
    FusionFinding,
    GermlineVariant,
    Karyotype,
    MrdMeasurement,
    Specimen,
    Transplant,
    VariantFinding,
)
from cases.queries import dossier_from, words
from cases.queries.dossier_course import relapses_of
from cases.queries.dossier_omitted import OMITTED, PLAIN
from tests.cases.queries.vignettes import NAMES, vignette
from tests.factories.dossier import bare_content, condition, drug, row, specimen

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def page_of(content):
    """The words of the profile, without markup, in one line."""
    markup = render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)})
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def content_with(*specimens, **blocks):
    return bare_content(specimens=list(specimens), **blocks)


def row_of(content, number=0):
    return dossier_from(content).alterations.groups[0].rows[number]


def variant(**values):
    known = {"gene": "IL7R", "hgvs_p": "p.(Leu242Pro)", "variant_class": "small_variant", "oncogenicity": "oncogenic"}
    return row(VariantFinding, **{**known, **values})


# Facts ------------------------------------------------------------------------------------------


def test_twelve_facts_are_read_first():
    names = [fact[0] for fact in dossier_from(bare_content()).facts]

    assert names[:4] == ["Age", "Weight", "Performance", "Aim"]
    assert names[-2:] == ["Urgency", "Decision needed in"]


def test_performance_names_its_scale():
    scored = condition(performance_scale="Lansky", performance_score=80)

    assert dossier_from(bare_content(condition=scored)).facts[2][1] == f"Lansky{NBSP}80"


def test_marrow_that_was_not_examined_is_not_zero():
    content = bare_content()
    content["status"]["bm_blasts_status"] = "not_done"

    assert ("Marrow blasts", "not done", "") in dossier_from(content).facts


def test_what_an_emergency_owes_is_said_to_follow():
    content = bare_content()
    content["case"]["urgency"] = "emergency"

    assert "To follow" in [gap.title for gap in dossier_from(content).gaps]


# Alterations ------------------------------------------------------------------------------------


def test_diagnosis_and_relapse_stand_side_by_side():
    then = specimen("S1", time_point="initial_diagnosis", is_current_disease=False, taken_on_day=0)
    content = content_with({**then, "variants": [variant(vaf="0.05")]}, specimen(variants=[variant(vaf="0.39")]))

    cells = row_of(content).cells

    assert [(cell.column.partition(",")[0], cell.value) for cell in cells] == [
        ("S2", f"39{NBSP}%"),
        ("S1", f"5{NBSP}%"),
    ]


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"tested_absent": ["IL7R"]}, "not found"),
        ({"assays": [row(Assay, assay_type="WES", status="done")]}, "not reported"),
        ({"assays": [row(Assay, assay_type="WES", status="not_done")]}, "not tested"),
        ({"assays": [row(Assay, assay_type="WES", status="pending")]}, "pending"),
        ({"assays": [row(Assay, assay_type="WES", status="failed")]}, "failed"),
        ({"assays": [row(Assay, assay_type="FISH", status="done")]}, "not stated"),
    ],
)
def test_why_an_alteration_is_not_on_a_specimen(other, word):
    content = content_with(specimen(variants=[variant()]), specimen("S1", is_current_disease=False, **other))

    assert row_of(content).cells[1].state == word


def test_a_specimen_without_any_result_is_a_sentence_and_no_column():
    content = content_with(specimen(variants=[variant()]), specimen("S1", is_current_disease=False))

    assert [column.label for column in dossier_from(content).alterations.columns] == ["S2"]
    assert "S1 (Current relapse, bone marrow): no molecular result is stated." in page_of(content)


def test_findings_of_one_pathway_stand_together_and_unlisted_genes_last():
    genes = ("ZZZ3", "KRAS", "JAK3", "NRAS")
    groups = dossier_from(content_with(specimen(variants=[variant(gene=gene) for gene in genes]))).alterations.groups

    assert [(group.title, [row.name for row in group.rows]) for group in groups] == [
        ("JAK-STAT", ["JAK3"]),
        ("RAS-MAPK", ["KRAS", "NRAS"]),
        ("Other", ["ZZZ3"]),
    ]


def test_a_kinase_decides_on_the_pathway_of_a_fusion():
    fusion = row(FusionFinding, five_prime_gene="ETV6", three_prime_gene="NTRK3", driver_class="targetable")
    group = dossier_from(content_with(specimen(fusions=[fusion]))).alterations.groups[0]

    assert (group.title, group.rows[0].readings[0]) == ("Kinase fusions", ("targetable", "info"))


def test_a_germline_reading_is_marked():
    assert row_of(content_with(specimen(variants=[variant(origin="germline")]))).readings[1] == ("germline", "warn")


def test_a_limit_keeps_its_sign():
    found = variant(vaf="0.02", vaf_comparator="<")

    assert row_of(content_with(specimen(variants=[found]))).cells[0].value == f"<{NBSP}2{NBSP}%"


def test_a_region_without_a_gene_is_an_alteration():
    loss = row(CopyNumberFinding, region="17p13.1", change="loss_het")

    assert row_of(content_with(specimen(copy_numbers=[loss]))).name == "17p13.1"


def test_nothing_stated_does_not_mean_that_there_is_nothing():
    assert "That does not mean that there is none." in page_of(bare_content())


# Karyotype --------------------------------------------------------------------------------------


def test_a_karyotype_is_shown_as_given_with_what_it_says():
    karyotype = row(Karyotype, iscn="45,XY,-7,t(9;22)(q34;q11)[20]", n_metaphases=20)
    view = dossier_from(content_with(specimen(karyotype=karyotype))).specimens[0].karyotype

    assert view.reported == "45,XY,-7,t(9;22)(q34;q11)[20]"
    assert "-7" in view.facts
    assert view.suspected == ("BCR::ABL1",)


def test_what_could_not_be_read_in_a_karyotype_is_said():
    karyotype = row(Karyotype, iscn="46,XY,something odd[20]")
    content = content_with(specimen(karyotype=karyotype))

    problems = dossier_from(content).specimens[0].karyotype.problems

    assert problems
    assert problems[0] in page_of(content)


# Antigens ---------------------------------------------------------------------------------------


def antigen(name="CD19", **values):
    return row(AntigenFinding, antigen=name, method="flow", **values)


def test_an_antigen_is_never_without_its_time_point():
    panel = dossier_from(content_with(specimen(antigens=[antigen(percent_positive="98")]))).antigens[0]

    assert panel.title == "S2, current relapse, bone marrow, day 662 (month 21)"


def test_a_lost_antigen_is_named_with_both_time_points():
    then = specimen("S1", time_point="initial_diagnosis", is_current_disease=False, taken_on_day=0)
    then["antigens"] = [antigen(percent_positive="98", intensity="bright")]
    now = specimen(antigens=[antigen(percent_positive="2", intensity="negative")])

    changes = dossier_from(content_with(then, now)).antigens[0].changes

    assert changes == [
        f"CD19 lost: 98{NBSP}%, bright at initial diagnosis (S1), now 2{NBSP}%, negative",
    ]


@pytest.mark.parametrize(
    ("day", "word"),
    [(700, "before tisagenlecleucel"), (600, "after tisagenlecleucel"), (None, "is not known")],
)
def test_an_antigen_says_whether_it_was_measured_before_or_after_the_therapy_directed_at_it(day, word):
    therapy = row(CellTherapy, number=1, product="tisagenlecleucel", target_antigens=["CD19"], on_day=day)
    found = specimen(antigens=[antigen(percent_positive="98")])

    assert word in page_of(content_with(found, cell_therapies=[therapy]))


def test_a_negative_part_stands_at_the_bar():
    found = antigen("CD22", percent_positive="71", pattern="bimodal", negative_subclone_pct="29")

    assert f"29{NBSP}% of cells negative" in dossier_from(content_with(specimen(antigens=[found]))).antigens[0].chart


def test_antigens_of_the_past_alone_are_a_warning():
    found = specimen("S1", is_current_disease=False, antigens=[antigen(percent_positive="98")])

    assert "No antigen was measured on the disease as it is now." in page_of(content_with(found))


# Drug response ----------------------------------------------------------------------------------


def response(name="venetoclax", **values):
    known = {"readout": "IC50", "value": "780", "unit": "nM", "interpretation": "resistant"}
    return {**drug(DrugResponse, name), **known, **values}


def panel(*responses, **values):
    return row(ExVivoPanel, status="done", responses=list(responses), **values)


def test_each_readout_has_a_picture_of_its_own():
    rows = [response(percentile_in_cohort="22"), response(readout="DSS", value="9", percentile_in_cohort="60")]
    view = dossier_from(bare_content(ex_vivo=[panel(*rows)])).responses[0]

    assert [readout.name for readout in view.readouts] == ["IC50", "DSS"]


def test_the_most_sensitive_drug_comes_first():
    rows = [response("A", percentile_in_cohort="8"), response("B"), response("C", percentile_in_cohort="96")]
    readout = dossier_from(bare_content(ex_vivo=[panel(*rows)])).responses[0].readouts[0]

    assert [view.drug for view in readout.rows] == ["C", "A", "B"]
    assert [view.drug for view in readout.without_bar] == ["B"]


def test_the_interpretation_is_the_laboratorys_even_against_the_percentile():
    rows = [response(percentile_in_cohort="96", interpretation="resistant")]

    assert "resistant" in dossier_from(bare_content(ex_vivo=[panel(*rows)])).responses[0].readouts[0].chart


def test_doubtful_quality_is_hatched_and_said():
    content = bare_content(ex_vivo=[panel(response(percentile_in_cohort="88"), qc="borderline")])

    assert 'class="hatch"' in dossier_from(content).responses[0].readouts[0].chart
    assert "Quality: borderline" in page_of(content)


def test_a_drug_that_is_not_listed_was_not_tested():
    assert "was not tested; that says nothing" in page_of(bare_content(ex_vivo=[panel(response())]))


# Course -----------------------------------------------------------------------------------------


def test_transplants_and_cell_therapies_are_discs_in_the_course():
    blocks = {
        "transplants": [row(Transplant, number=1, on_day=300, donor="haplo")],
        "cell_therapies": [row(CellTherapy, number=1, on_day=500, product="tisagenlecleucel")],
    }
    course = dossier_from(bare_content(**blocks)).course

    assert course.chart.count('class="bar cell"') == 2
    assert ("cell", "transplant or cell therapy") in course.legend


def test_a_transplant_without_a_day_stands_in_the_text_alone():
    content = bare_content(transplants=[row(Transplant, number=1, donor="haplo")])

    assert dossier_from(content).course.chart is None
    assert "Transplant 1 day not stated" in page_of(content)


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({"mrd_fraction": "0.04"}, f"4{NBSP}×{NBSP}10⁻² (4{NBSP}%)"),
        ({"mrd_fraction": "0.0001", "comparator": "<"}, f"<{NBSP}10⁻⁴ (<{NBSP}0.01{NBSP}%)"),
        ({"mrd_fraction": "0"}, f"0 (0{NBSP}%)"),
        ({"status": "not_done"}, "not done"),
        ({}, "not stated"),
    ],
)
def test_residual_disease_in_words(values, result):
    measured = row(MrdMeasurement, **{"status": "done", "method": "flow", "tissue": "BM", **values})
    mrd = dossier_from(bare_content(mrd=[measured])).course.mrd

    assert dict(mrd.rows[0])["Result"] == result


# Three different words --------------------------------------------------------------------------


def test_unknown_not_done_and_negative_are_three_different_words():
    states = ("unknown", "not_done")
    found = specimen(assays=[row(Assay, assay_type="FISH", status=state) for state in states], tested_absent=["NRAS"])

    page = page_of(content_with(found))

    assert [word in page for word in ("unknown FISH", "not done FISH", "Tested, not found")] == [True] * 3


def test_a_measurement_that_was_not_done_is_no_unanswered_question():
    organs = dossier_from(bare_content(condition=condition(not_done=["lvef_pct"]))).condition.organs

    assert ("Ejection fraction", "not done") in organs.rows
    assert "Ejection fraction" not in organs.silent


# Patient ----------------------------------------------------------------------------------------


def test_interactions_of_other_drugs_are_flags():
    taken = drug(Comedication, "posaconazole", cyp3a4="strong_inhibitor", qt_prolonging="yes", pgp_inhibitor="unknown")
    view = dossier_from(bare_content(condition=condition(comedications=[taken]))).condition.comedications[0]

    assert view.flags == [
        ("CYP3A4: strong inhibitor", "warn"),
        ("P-gp inhibitor: unknown", ""),
        ("prolongs QT", "warn"),
    ]


def test_no_other_drug_and_nothing_said_are_two_answers():
    none = condition(no_comedication=True)

    assert "No other drug is given." in page_of(bare_content(condition=none))
    assert "No other drug is given." not in page_of(bare_content())


def test_a_germline_variant_is_a_row_of_its_own():
    content = bare_content()
    content["germline"]["variants"] = [row(GermlineVariant, gene="TP53", hgvs_p="p.(Arg248Gln)", acmg_class=5)]

    assert dict(dossier_from(content).germline.table.rows[0])["Gene"] == "TP53"


def test_parts_that_nobody_confirmed_are_named_at_the_top():
    rows = [{"section": "findings", "specimen": "S2", "is_confirmed": False}]

    assert dossier_from(bare_content(transcriptions=rows)).unconfirmed == "S2"


def test_a_question_of_the_board_reads_as_it_was_answered():
    asked = {
        "key": "bsa",
        "version": 1,
        "label": "Dose?",
        "help_text": "",
        "kind": "number",
        "unit": "mg",
        "answer": "5",
    }

    assert f"Dose? 5{NBSP}mg" in page_of(bare_content(board_questions=[asked])).replace(" mg", f"{NBSP}mg")


# Nothing is lost --------------------------------------------------------------------------------


def leaves(value, path=""):
    """Every answer of a content with its path; places in lists are left out of the path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    # A plain "=" is how a number reads anyhow.
    elif value not in (None, "", False) and not (path.endswith("comparator") and value == "="):
        yield path, value


VOCABULARIES = [thing for thing in vars(enums).values() if isinstance(thing, type) and issubclass(thing, TextChoices)]


def readings(value):
    """How an answer may read: as written, as a label of a vocabulary, in per cent, as a power of ten, in years."""
    if value is True:
        return {"yes"}
    shown = {str(value), str(value).replace("_", " ")}
    shown |= {part for names in VOCABULARIES if value in names.values for part in str(names(value).label).split(": ")}
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return shown
    shown |= {words.number(number), words.number(number * 100), words.age(int(number))}
    return shown | ({words.power_of_ten(number)} if number > 0 else set())


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_of_a_case_is_lost(name):
    content = vignette(name)
    page = page_of(content).replace(NBSP, " ").casefold()

    lost = [
        (path, value)
        for path, value in leaves(content)
        if path not in OMITTED
        and (path, value) not in PLAIN
        and not any(word.replace(NBSP, " ").casefold() in page for word in readings(value))
    ]

    assert lost == []


def test_what_is_omitted_has_a_reason():
    assert all(len(reason) > 10 for reason in [*OMITTED.values(), *PLAIN.values()])


def test_a_relapse_known_by_day_and_by_month_is_drawn_once():
    content = bare_content(transplants=[row(Transplant, number=1, on_day=200, relapse_on_day=430)])
    content["status"]["time_to_first_relapse_months"] = 14

    assert dossier_from(content).course.chart.count('class="event-mark"') == 1


def with_relapses(number, *specimens, months=29):
    content = bare_content(specimens=[row(Specimen, label=s, time_point=p, taken_on_day=d) for s, p, d in specimens])
    content["status"] |= {"time_to_first_relapse_months": months, "relapse_number": number}
    return content


@pytest.mark.parametrize(
    ("number", "marks"),
    [(1, ["first relapse"]), (2, ["first relapse", "current relapse (S2)"])],
)
def test_a_later_relapse_is_drawn_by_the_day_of_its_specimen(number, marks):
    content = with_relapses(number, ("S2", "current_relapse", 2180), ("S3", "current_relapse", 2300))

    assert [event.label for event in relapses_of(content)] == marks


def test_a_first_relapse_without_its_month_is_drawn_by_its_specimen():
    content = with_relapses(2, ("S1", "first_relapse", 310), ("S2", "current_relapse", 835), months=None)

    assert [(e.on_day, e.label) for e in relapses_of(content)] == [
        (310, "first relapse (S1)"),
        (835, "current relapse (S2)"),
    ]


def test_the_specimen_of_a_relapse_that_is_drawn_already_draws_no_second():
    content = with_relapses(
        5, ("S1", "first_relapse", 940), ("S2", "later_relapse", 1500), ("S3", "later_relapse", 1510)
    )

    assert [event.label for event in relapses_of(content)] == ["first relapse", "later relapse (S2)"]
