"""Specimens and what was found on them, drug response, germline."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.nomenclature import hgvs, iscn
from cases.plausibility.base import Content, Doubt, Where, last_day, number

_WHERE: Final = Where(Section.FINDINGS)
# Diseases whose clone is counted as blasts; elsewhere a fraction says nothing about them.
_BLASTS_ARE_THE_CLONE: Final = frozenset({"BCP_ALL", "T_ALL", "AML", "APL", "ALAL_MPAL", "ML_DS"})
_RELAPSE_POINTS: Final = ("first_relapse", "later_relapse", "current_relapse")


def specimen_doubts(content: Content) -> Iterator[Doubt]:
    """Each specimen by itself and beside the others."""
    specimens, last = content["specimens"], last_day(content)
    labels = [row["label"].strip().casefold() for row in specimens]
    if len(set(labels)) < len(labels):
        yield _WHERE.warning("specimen.label_twice", "specimens", _("Two specimens have the same label."))
    for row in specimens:
        name, day = {"label": row["label"]}, row["taken_on_day"]
        if day is not None and last is not None and day > last:
            yield _WHERE.warning(
                "specimen.after_now",
                "specimens",
                _("%(label)s was taken after today: compare its day with the two ages.") % name,
            )
        if row["time_point"] == "initial_diagnosis" and day is not None and day > 30:
            yield _WHERE.warning(
                "specimen.diagnosis_late",
                "specimens",
                _("%(label)s is from diagnosis, but was taken later than day 30.") % name,
            )
        if row["time_point"] in _RELAPSE_POINTS and day == 0:
            yield _WHERE.warning(
                "specimen.relapse_on_day_0",
                "specimens",
                _("%(label)s is from a relapse, but was taken on the day of diagnosis.") % name,
            )
        yield from _variants(content, row)
        yield from _absences(row)
        yield from _antigens(row)
        yield from _karyotype(content, row)
        yield from _assays(row)


def _variants(content: Content, specimen: Content) -> Iterator[Doubt]:
    blasts, donor = number(specimen["blasts_pct_of_cells"]), number(specimen["donor_chimerism_pct"])
    counts = content["diagnosis"]["disease_group"] in _BLASTS_ARE_THE_CLONE and specimen["tissue"] in ("BM", "PB")
    for row in specimen["variants"]:
        name = {"gene": row["gene"], "label": specimen["label"]}
        for change in filter(None, (row["hgvs_p"], row["hgvs_c"])):
            if not isinstance(hgvs.parse(change), hgvs.Hgvs):
                yield _WHERE.hint(
                    "variant.unreadable",
                    "variants",
                    _("%(gene)s in %(label)s: the change %(change)s could not be read; it is kept as written.")
                    % {**name, "change": change},
                )
        vaf = number(row["vaf"])
        if vaf is None:
            continue
        if vaf < 0.005:
            yield _WHERE.hint(
                "variant.fraction_unit",
                "variants",
                _("%(gene)s in %(label)s: a fraction below 0.5 %%. Was it typed in the right unit?") % name,
            )
        if row["origin"] == "germline" and vaf < 0.3:
            yield _WHERE.hint(
                "variant.germline_low",
                "variants",
                _("%(gene)s in %(label)s is called inherited, but its fraction is below 30 %%.") % name,
            )
        if row["origin"] != "somatic":
            continue
        if counts and blasts is not None and vaf * 100 > blasts + 5:
            yield _WHERE.hint(
                "variant.fraction_above_blasts",
                "variants",
                _("%(gene)s in %(label)s: the fraction is above the share of blasts. Inherited, or another cell?")
                % name,
            )
        if donor is not None and vaf * 100 > 100 - donor + 5:
            yield _WHERE.hint(
                "variant.fraction_above_own_cells",
                "variants",
                _("%(gene)s in %(label)s: the fraction is above the patient's own cells. Could it be the donor's?")
                % name,
            )


def _absences(specimen: Content) -> Iterator[Doubt]:
    found = {row["gene"] for row in specimen["variants"] if row["variant_class"] == "small_variant"}
    found |= {f"{row['gene']}-{row['variant_class']}" for row in specimen["variants"]}
    for row in specimen["fusions"]:
        pair = (row["five_prime_gene"], row["three_prime_gene"])
        found |= {"::".join(pair), *(f"{gene}-r" for gene in pair if gene)}
    for target in sorted(found & set(specimen["tested_absent"])):
        yield _WHERE.warning(
            "finding.present_and_absent",
            "absences",
            _("%(target)s is reported as found and as not found in %(label)s.")
            % {"target": target, "label": specimen["label"]},
        )


def _antigens(specimen: Content) -> Iterator[Doubt]:
    for row in specimen["antigens"]:
        name = {"antigen": row["antigen"], "label": specimen["label"]}
        share, rest = number(row["percent_positive"]), number(row["negative_subclone_pct"])
        if row["intensity"] == "negative" and share is not None and share >= 20:
            yield _WHERE.warning(
                "antigen.negative_but_positive",
                "antigens",
                _("%(antigen)s in %(label)s is called negative, but 20 %% or more are positive.") % name,
            )
        if row["pattern"] == "bimodal" and rest is None:
            yield _WHERE.warning(
                "antigen.two_populations_one_number",
                "antigens",
                _("%(antigen)s in %(label)s has two populations: give the negative part.") % name,
            )
        if share is not None and rest is not None and share + rest > 101:
            yield _WHERE.warning(
                "antigen.parts_above_100",
                "antigens",
                _("%(antigen)s in %(label)s: the positive and the negative part add up to more than 100 %%.") % name,
            )
    for row in specimen["expression_outliers"]:
        if row["same_disease_reference"] != "yes":
            yield _WHERE.warning(
                "expression.other_reference",
                "expression_outliers",
                _("%(gene)s: without a cohort of the same disease an outlier is hard to read.") % {"gene": row["gene"]},
            )


def _karyotype(content: Content, specimen: Content) -> Iterator[Doubt]:
    row = specimen["karyotype"]
    if row is None:
        return
    name, sex = {"label": specimen["label"]}, content["patient"]["sex"]
    parsed = iscn.parse(row["iscn"].split("//")[0])
    if parsed.status == "unparsed":
        yield _WHERE.hint(
            "karyotype.unreadable",
            "karyotype",
            _("The karyotype of %(label)s could not be read; it is kept as text.") % name,
        )
    if any(("Y" in c.sex and sex == "female") or (c.sex == "XX" and sex == "male") for c in parsed.clones):
        yield _WHERE.warning(
            "karyotype.sex",
            "karyotype",
            _("The karyotype of %(label)s does not fit the sex. Donor cells stand behind “//”.") % name,
        )
    cells = sum(clone.cells or 0 for clone in iscn.parse(row["iscn"]).clones)
    if row["n_metaphases"] is not None and cells > row["n_metaphases"]:
        yield _WHERE.warning(
            "karyotype.cells",
            "karyotype",
            _("The karyotype of %(label)s counts more cells than metaphases were analysed.") % name,
        )


def _assays(specimen: Content) -> Iterator[Doubt]:
    """Results of a method that was not done."""
    results = {"karyotype": specimen["karyotype"], "FISH": specimen["fish"], "immunophenotype": specimen["antigens"]}
    for row in specimen["assays"]:
        if row["status"] in ("not_done", "failed") and results.get(row["assay_type"]):
            yield _WHERE.warning(
                "assay.not_done_with_result",
                "assays",
                _("In %(label)s a method is not done or failed, but has a result.") % {"label": specimen["label"]},
            )


def functional_doubts(content: Content) -> Iterator[Doubt]:
    """Drug response and germline."""
    where = Where(Section.FUNCTIONAL)
    for number_, panel in enumerate(content["ex_vivo"], 1):
        name = {"number": number_}
        alive, blasts = number(panel["viability_start_pct"]), number(panel["blast_purity_start_pct"])
        if alive is not None and alive < 60:
            yield where.warning("ex_vivo.viability", "ex_vivo", _("Assay %(number)s: less than 60 %% lived.") % name)
        if blasts is not None and blasts < 70:
            yield where.warning("ex_vivo.purity", "ex_vivo", _("Assay %(number)s: less than 70 %% blasts.") % name)
        if panel["qc"] in ("borderline", "fail"):
            yield where.hint("ex_vivo.quality", "ex_vivo", _("Assay %(number)s: its quality is not “passed”.") % name)
        if any(row["percentile_in_cohort"] and row["reference_cohort_n"] is None for row in panel["responses"]):
            yield where.warning(
                "ex_vivo.percentile_without_cohort",
                "ex_vivo",
                _("Assay %(number)s: a percentile needs the size of its cohort.") % name,
            )
        if panel["status"] in ("not_done", "pending") and panel["responses"]:
            yield where.warning("ex_vivo.not_done_with_result", "ex_vivo", _("An assay not done has results."))
    germline = content["germline"]
    if germline["status"] == "not_done" and (germline["result"] or germline["variants"]):
        yield where.warning("germline.not_done_with_result", "germline", _("Germline testing not done has a result."))
    if germline["result"] == "no_pathogenic_variant" and any(
        (row["acmg_class"] or 0) >= 4 for row in germline["variants"]
    ):
        yield where.warning(
            "germline.none_but_pathogenic",
            "germline",
            _("The germline result is “no pathogenic variant”, but one of class 4 or 5 is listed."),
        )
