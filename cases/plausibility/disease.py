"""Question, patient and disease."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.plausibility.base import Content, Doubt, Where, counted_lines, current_mrd, last_day, number

_RELAPSED = ("relapse_untreated", "relapse_on_treatment", "refractory_relapse", "MRD_relapse")
_LEUKAEMIAS = ("BCP_ALL", "T_ALL", "AML", "APL", "ALAL_MPAL", "ML_DS")


def patient_doubts(content: Content) -> Iterator[Doubt]:
    """Question and patient."""
    case, patient, where = content["case"], content["patient"], Where(Section.PATIENT)
    now, then = patient["age_months_at_submission"], patient["age_months_at_diagnosis"]
    if case["urgency"] == "routine" and case["urgency_reasons"]:
        yield Where(Section.QUESTION).warning(
            "urgency.routine_with_reasons",
            "urgency_reasons",
            _("The urgency is routine, but reasons for urgency are given."),
        )
    if now is not None and then is not None and then > now:
        yield where.error(
            "age.diagnosis_after_now",
            "age_months_at_diagnosis",
            _("The age at diagnosis is above the age now."),
        )
    weight, height = number(patient["weight_kg"]), number(patient["height_cm"])
    if weight and height and not 9 <= weight / (height / 100) ** 2 <= 50:
        yield where.warning(
            "patient.weight_and_height",
            "weight_kg",
            _("Weight and height do not fit together: is the weight in kg and the height in cm?"),
        )
    syndromes = patient["other_syndromes"]
    if "none" in syndromes and len(syndromes) > 1:
        yield where.warning(
            "patient.syndromes_none_and_some",
            "other_syndromes",
            _("“None” and a syndrome are both chosen."),
        )
    if patient["sex"] == "male" and patient["fertility_or_pregnancy"] == "pregnant":
        yield where.error(
            "patient.pregnant_male",
            "fertility_or_pregnancy",
            _("The patient is male and pregnant."),
        )
    if content["diagnosis"]["disease_group"] == "ML_DS" and patient["down_syndrome"] == "no":
        yield where.warning(
            "patient.ml_ds_without_down",
            "down_syndrome",
            _("Myeloid leukaemia of Down syndrome is chosen, but Down syndrome is answered with no."),
        )


def relapse_doubts(content: Content) -> Iterator[Doubt]:
    """Relapses, their number and their timing."""
    status, where = content["status"], Where(Section.DISEASE)
    count, now, months = status["relapse_number"], status["status_now"], status["time_to_first_relapse_months"]
    if count == 0 and now in _RELAPSED:
        yield where.error(
            "relapse.none_but_relapsed",
            "relapse_number",
            _("The disease is in relapse, but the number of relapses is 0."),
        )
    if count and now == "primary_refractory":
        yield where.error(
            "relapse.some_but_primary_refractory",
            "status_now",
            _("Primary refractory means that there was never a remission, but relapses are counted."),
        )
    if count and content["therapy_lines"] and count > len(counted_lines(content)):
        yield where.hint(
            "relapse.more_than_lines",
            "relapse_number",
            _("There are more relapses than treatment lines. Is a line missing?"),
        )
    if count == 0 and months is not None:
        yield where.warning(
            "relapse.time_without_relapse",
            "time_to_first_relapse_months",
            _("The time to the first relapse is given, but the number of relapses is 0."),
        )
    last = last_day(content)
    if months is not None and last is not None and months * 30 > last:
        yield where.warning(
            "relapse.after_now",
            "time_to_first_relapse_months",
            _("The first relapse lies after today: compare it with the two ages."),
        )
    yield from _timing(content)


def _timing(content: Content) -> Iterator[Doubt]:
    status, where = content["status"], Where(Section.DISEASE)
    months, timing = status["time_to_first_relapse_months"], status["relapse_timing_class"]
    is_first = status["relapse_number"] == 1
    if (
        months is not None
        and is_first
        and (timing == "very_early") != (months < 18)
        and timing
        in (
            "very_early",
            "early",
            "late",
        )
    ):
        yield where.warning(
            "relapse.timing_against_months",
            "relapse_timing_class",
            _("“Very early” means below 18 months from diagnosis; that does not fit the time to the first relapse."),
        )
    if timing == "post_HSCT" and not content["transplants"]:
        yield where.warning(
            "relapse.after_transplant_without_one",
            "relapse_timing_class",
            _("The relapse came after a transplant, but no transplant is listed."),
        )
    if timing == "post_CART" and not content["cell_therapies"]:
        yield where.warning(
            "relapse.after_cells_without_any",
            "relapse_timing_class",
            _("The relapse came after CAR-T cells, but no cell therapy is listed."),
        )


def status_doubts(content: Content) -> Iterator[Doubt]:
    """Sites, counts and residual disease."""
    status, where = content["status"], Where(Section.DISEASE)
    wbc, anc, hb = number(status["wbc"]), number(status["anc"]), number(status["hb_g_dl"])
    if wbc is not None and anc is not None and anc > wbc and status["wbc_comparator"] in ("", "=", None):
        yield where.warning("status.anc_above_wbc", "anc", _("There are more neutrophils than white cells."))
    if hb is not None and hb < 4:
        yield where.warning("status.haemoglobin_unit", "hb_g_dl", _("Is the haemoglobin in g/dL, or in mmol/L?"))
    platelets = number(status["platelets"])
    if platelets is not None and platelets > 1500:
        yield where.warning("status.platelets_unit", "platelets", _("Are the platelets in ×10⁹/L?"))
    morphology = number(status["bm_blasts_morphology_pct_of_cells"])
    flow = number(status["bm_blasts_flow_pct_of_cells"])
    if morphology is not None and flow is not None and abs(morphology - flow) > 30:
        yield where.hint(
            "status.blasts_differ",
            "bm_blasts_flow_pct_of_cells",
            _("Blasts by morphology and by flow differ by more than 30 %. Is it the same specimen?"),
        )
    if status["status_now"] in ("MRD_relapse", "MRD_persistent") and morphology is not None and morphology >= 5:
        yield where.warning(
            "mrd.status_but_overt",
            "status_now",
            _("The status is residual disease, but morphology shows 5 % blasts or more."),
        )
    yield from _sites(content)


def _sites(content: Content) -> Iterator[Doubt]:
    status, where, sites = content["status"], Where(Section.DISEASE), content["status"]["sites"]
    cns = status["cns_status"] or ""
    if "CNS" in sites and cns in ("CNS1", "negative"):
        yield where.warning("status.cns_site_but_clear", "cns_status", _("CNS is a site, but the CNS status is clear."))
    if cns.startswith("CNS3") and "CNS" not in sites:
        yield where.warning("status.cns3_but_no_site", "sites", _("The CNS status is CNS3, but CNS is not a site."))
    if cns in ("positive", "negative") and content["diagnosis"]["disease_group"] in _LEUKAEMIAS:
        yield where.hint("status.cns_words", "cns_status", _("For leukaemia the CNS status is CNS1 to CNS3."))
    testes = status["testicular"]
    if content["patient"]["sex"] == "female" and ("testis" in sites or testes in ("unilateral", "bilateral")):
        yield where.error("status.testis_of_a_girl", "sites", _("The patient is female, but the testes are involved."))
    elif ("testis" in sites) != (testes in ("unilateral", "bilateral")) and testes:
        yield where.warning(
            "status.testis_site_against_finding",
            "testicular",
            _("Sites and the finding on the testes do not fit."),
        )


def mrd_doubts(content: Content) -> Iterator[Doubt]:
    """Measurements of residual disease."""
    where = Where(Section.DISEASE)
    current = list(current_mrd(content))
    if (
        content["status"]["status_now"] in ("MRD_relapse", "MRD_persistent")
        and current
        and all(row["comparator"] in ("<", "<=") for row in current)
    ):
        yield where.warning("mrd.status_but_negative", "mrd", _("The status is residual disease, but none was found."))
    kinds = {"line": "therapy_lines", "transplant": "transplants", "cell_therapy": "cell_therapies"}
    for row in content["mrd"]:
        value, limit = number(row["mrd_fraction"]), number(row["detection_limit"])
        if row["method"] == "flow" and value is not None and value < 1e-5 and row["cells_measured"] is None:
            yield where.warning(
                "mrd.flow_without_cells",
                "mrd",
                _("Flow cytometry below 10⁻⁵ needs the number of cells that were measured."),
            )
        if row["comparator"] == "=" and value is not None and limit is not None and value < limit:
            yield where.warning("mrd.below_its_limit", "mrd", _("A value lies below the limit of its method."))
        if value is not None and value > 0.25:
            yield where.warning("mrd.unit", "mrd", _("Residual disease above 25 %: was it typed in per cent?"))
        if row["after"] and row["after_number"] > len(content[kinds[row["after"]]]):
            yield where.warning("mrd.after_nothing", "mrd", _("A measurement follows a treatment that is not listed."))
