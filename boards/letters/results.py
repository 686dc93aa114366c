"""What the letter lists beside variants, fusions, antigens and lines: further findings and treatment, condition."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from boards.letters.context import Finding, Row
from cases import enums
from cases.queries import words

Content = Mapping[str, Any]


def of_specimen(specimen: Content, where: str) -> Iterator[Finding]:
    """Karyotype, FISH and copy number of one specimen."""
    if karyotype := specimen.get("karyotype"):
        yield Finding(
            name=karyotype["iscn"],
            detail=_("karyotype"),
            specimen=where,
            value=_("%(number)s metaphases") % {"number": words.count(karyotype["n_metaphases"])},
            comment=words.label(enums.Ploidy, karyotype["ploidy_class"]) if karyotype["ploidy_class"] else "",
        )
    for probe in specimen.get("fish", ()):
        share = probe["pct_nuclei"]
        yield Finding(
            name=probe["probe"],
            detail=_("FISH"),
            specimen=where,
            value=words.label(enums.FishResult, probe["result"]),
            comment="" if share is None else _("%(share)s of nuclei") % {"share": words.percent(share)},
        )
    for change in specimen.get("copy_numbers", ()):
        copies = change["copies"]
        yield Finding(
            name=" ".join(filter(None, (change["gene"], change["region"]))),
            detail=_("copy number"),
            specimen=where,
            value=words.label(enums.CopyNumberChange, change["change"]),
            comment="" if copies is None else _("%(count)s copies") % {"count": words.number(copies)},
        )


def drug_responses(content: Content) -> Iterator[Finding]:
    """What drugs did to the cells; the laboratory's own interpretation, never recomputed."""
    for panel in content.get("ex_vivo", ()):
        platform = words.label(enums.ExVivoPlatform, panel["assay_platform"])
        for response in panel["responses"]:
            yield Finding(
                name=" + ".join([response["display"] or response["name"], *response["combination_partners"]]),
                detail=_("drug response ex vivo, %(platform)s") % {"platform": platform},
                specimen=panel["specimen"] or _("specimen not stated"),
                value=words.label(enums.Sensitivity, response["interpretation"]),
                comment="; ".join(filter(None, (_readout(response), _percentile(response), _quality(panel)))),
            )


def _readout(response: Content) -> str:
    if response["value"] is None:
        return ""
    sign = "" if response["comparator"] in ("", "=") else f"{response['comparator']} "
    unit = words.label(enums.ResponseUnit, response["unit"]) if response["unit"] else ""
    return f"{words.label(enums.Readout, response['readout'])} {sign}{words.number(response['value'], unit)}"


def _percentile(response: Content) -> str:
    if response["percentile_in_cohort"] is None:
        return ""
    text = _("percentile %(number)s of %(cohort)s (100 is the most sensitive)")
    number, cohort = response["percentile_in_cohort"], response["reference_cohort_n"]
    return text % {"number": words.number(number), "cohort": words.count(cohort)}


def _quality(panel: Content) -> str:
    if panel["qc"] in ("", enums.Quality.PASS):
        return ""
    return _("quality: %(verdict)s") % {"verdict": words.label(enums.Quality, panel["qc"])}


def further_rows(content: Content) -> Iterator[Row]:
    """Transplants, cell therapies, minimal residual disease, performance and organ function, where stated."""
    for number, transplant in enumerate(content.get("transplants", ()), start=1):
        yield Row(_("Transplant %(number)s") % {"number": number}, _joined(_transplant(transplant)))
    exposure = content.get("exposure") or {}
    if exposure.get("no_transplant"):
        yield Row(_("Transplant"), _("none so far"))
    for number, therapy in enumerate(content.get("cell_therapies", ()), start=1):
        yield Row(_("Cell therapy %(number)s") % {"number": number}, _joined(_cell_therapy(therapy)))
    if exposure.get("no_cell_therapy"):
        yield Row(_("Cell therapy"), _("none so far"))
    if current := [row for row in content.get("mrd", ()) if row["is_current"] and row["mrd_fraction"] is not None]:
        yield Row(_("Minimal residual disease now"), _joined([_mrd(row) for row in current]))
    if condition := _joined(_condition(content.get("condition") or {})):
        yield Row(_("Condition"), condition)


def _transplant(row: Content) -> list[str]:
    relapse = row["relapse_on_day"]
    return [
        words.day(row["on_day"]),
        words.label(enums.Donor, row["donor"]) if row["donor"] else "",
        "" if relapse is None else _("relapse on %(day)s") % {"day": words.day(relapse)},
    ]


def _cell_therapy(row: Content) -> list[str]:
    product = words.label(enums.CellProduct, row["product"]) if row["product"] else row["product_text"]
    return [
        words.day(row["on_day"]),
        product,
        _("against %(targets)s") % {"targets": ", ".join(row["target_antigens"])} if row["target_antigens"] else "",
        words.label(enums.BestResponse, row["best_response"]) if row["best_response"] else "",
    ]


def _mrd(row: Content) -> str:
    sign = "" if row["comparator"] in ("", "=") else f"{row['comparator']} "
    method = words.label(enums.MrdMethod, row["method"])
    return f"{sign}{words.percent_of_fraction(row['mrd_fraction'])} ({method})"


def _condition(row: Content) -> list[str]:
    scale, score = row.get("performance_scale"), row.get("performance_score")
    parts = [f"{words.label(enums.PerformanceScale, scale)} {score}" if scale and score is not None else ""]
    units = {
        "alt_x_uln": _("ALT %(value)s × upper limit"),
        "bilirubin_total_x_uln": _("bilirubin %(value)s × upper limit"),
        "creatinine_x_uln": _("creatinine %(value)s × upper limit"),
        "crcl_ml_min_1_73": _("creatinine clearance %(value)s mL/min/1.73 m²"),
        "lvef_pct": _("LVEF %(value)s %%"),
        "qtcf_ms": _("QTc %(value)s ms"),
    }
    parts += [text % {"value": words.number(row[name])} for name, text in units.items() if row.get(name) is not None]
    infection = row.get("active_infection")
    if infection:
        parts.append(_("infection: %(state)s") % {"state": words.label(enums.InfectionState, infection)})
    return parts


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(filter(None, parts))
