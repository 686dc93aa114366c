"""Lines, transplants, cell therapies, condition, access, consent."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.completeness import Section
from cases.completeness.base import had_donor_cells
from cases.plausibility.base import Content, Doubt, Where, last_day, number

_WHERE: Final = Where(Section.THERAPY)
# Above these multiples of the upper limit a value was perhaps typed in its own unit.
_DOUBTFUL_ULN: Final = {
    "alt_x_uln": 50,
    "ast_x_uln": 50,
    "bilirubin_total_x_uln": 20,
    "bilirubin_direct_x_uln": 20,
    "creatinine_x_uln": 10,
    "ldh_x_uln": 50,
}
_QTC_HIGH, _QTC_VERY_HIGH = 450, 480


def line_doubts(content: Content) -> Iterator[Doubt]:
    """The lines one by one and in their order."""
    lines = content["therapy_lines"]
    if lines and content["no_therapy_yet"]:
        yield _WHERE.error(
            "lines.some_but_none_yet",
            "no_therapy_yet",
            _("Treatment lines are listed, but “no treatment yet” is ticked."),
        )
    for earlier, later in pairwise(lines):
        pair = {"later": later["line_number"], "earlier": earlier["line_number"]}
        if later["start_on_day"] < earlier["start_on_day"]:
            yield _WHERE.warning("lines.order", "lines", _("Line %(later)s begins before line %(earlier)s.") % pair)
        elif earlier["stop_on_day"] is not None and later["start_on_day"] < earlier["stop_on_day"]:
            yield _WHERE.warning(
                "lines.overlap", "lines", _("Line %(later)s begins before line %(earlier)s ended.") % pair
            )
        if earlier["best_response"] == "death_in_induction":
            yield _WHERE.error(
                "lines.after_death",
                "lines",
                _("Line %(later)s follows line %(earlier)s, which ended with death.") % pair,
            )
    last = last_day(content)
    for line in lines:
        yield from _line(line, last)


def _line(line: Content, last: float | None) -> Iterator[Doubt]:
    name, stop = {"line": line["line_number"]}, line["stop_on_day"]
    end = max(line["start_on_day"], stop or 0)
    if last is not None and end > last:
        yield _WHERE.warning(
            "lines.after_now", "lines", _("Line %(line)s lies after today: compare its days with the ages.") % name
        )
    if line["stop_reason"] == "ongoing" and stop is not None:
        yield _WHERE.warning("lines.ongoing_but_ended", "lines", _("Line %(line)s is ongoing, but has an end.") % name)
    if line["stop_reason"] not in ("ongoing", "") and stop is None:
        yield _WHERE.hint("lines.ended_without_day", "lines", _("Line %(line)s ended; on which day?") % name)
    if line["stop_reason"] == "refractory" and line["best_response"] in ("CR", "CR_MRDneg"):
        yield _WHERE.warning(
            "lines.refractory_with_remission",
            "lines",
            _("Line %(line)s ended as refractory, but its best response is a remission.") % name,
        )
    duration = line["response_duration_days"]
    if duration is not None and last is not None and line["start_on_day"] + duration > last:
        yield _WHERE.warning(
            "lines.response_too_long", "lines", _("The response to line %(line)s lasts beyond today.") % name
        )
    if duration is not None and line["best_response"] in ("NR/TF", "PD", "death_in_induction"):
        yield _WHERE.warning(
            "lines.duration_without_response", "lines", _("Line %(line)s has no response, but its duration.") % name
        )
    for drug in line["drugs"]:
        if drug["last_given_on_day"] is not None and drug["last_given_on_day"] < line["start_on_day"]:
            yield _WHERE.warning(
                "lines.drug_before_line",
                "lines",
                _("In line %(line)s a drug was last given before the line began.") % name,
            )


def cell_doubts(content: Content) -> Iterator[Doubt]:
    """Transplants and cell therapies beside the rest."""
    yield from _none_and_some(content)
    last = last_day(content)
    for kind in ("transplants", "cell_therapies"):
        days = [row["on_day"] for row in content[kind] if row["on_day"] is not None]
        if days != sorted(days):
            yield _WHERE.warning(f"{kind}.order", kind, _("They are not in the order of their days."))
        if last is not None and any(day > last for day in days):
            yield _WHERE.warning(f"{kind}.after_now", kind, _("One of them lies after today."))
    relapsed = any(row["relapse_on_day"] is not None for row in content["transplants"])
    if relapsed and content["status"]["relapse_number"] == 0:
        yield _WHERE.warning(
            "transplants.relapse_but_none_counted",
            "transplants",
            _("A relapse after a transplant is stated, but the number of relapses is 0."),
        )
    lost = {
        antigen
        for row in content["cell_therapies"]
        if row["loss_reason"] == "antigen_negative"
        for antigen in row["target_antigens"]
    }
    positive = {
        row["antigen"]
        for specimen in content["specimens"]
        if specimen["is_current_disease"]
        for row in specimen["antigens"]
        if (number(row["percent_positive"]) or 0) >= 20
    }
    for antigen in sorted(lost & positive):
        yield _WHERE.hint(
            "cell_therapies.lost_but_positive",
            "cell_therapies",
            _("%(antigen)s was lost after a cell therapy, but is positive on the current disease.")
            % {"antigen": antigen},
        )


def condition_doubts(content: Content) -> Iterator[Doubt]:
    """The patient's condition."""
    condition, where = content["condition"], Where(Section.CONDITION)
    for field, most in _DOUBTFUL_ULN.items():
        value = number(condition[field])
        if value is not None and value > most:
            yield where.warning("condition.unit", field, _("Is this a multiple of the upper limit, or the value?"))
    for field in condition["not_done"]:
        if condition[field] not in (None, ""):
            yield where.warning(
                "condition.not_done_with_value", field, _("This is said to be not done and has a value.")
            )
    lvef, sf = number(condition["lvef_pct"]), number(condition["sf_pct"])
    if lvef is not None and sf is not None and sf >= lvef:
        yield where.warning("condition.heart", "sf_pct", _("The shortening fraction is above the ejection fraction."))
    creatinine, clearance = number(condition["creatinine_x_uln"]), number(condition["crcl_ml_min_1_73"])
    if creatinine is not None and clearance is not None and creatinine > 2 and clearance > 90:
        yield where.hint("condition.kidney", "crcl_ml_min_1_73", _("High creatinine and a normal clearance."))
    qtc = condition["qtcf_ms"]
    if qtc is not None and qtc > _QTC_VERY_HIGH:
        yield where.warning("condition.qtc_very_high", "qtcf_ms", _("The QTc is above 480 ms."))
    elif qtc is not None and qtc > _QTC_HIGH:
        yield where.hint("condition.qtc_high", "qtcf_ms", _("The QTc is above 450 ms."))
    oxygen = number(condition["spo2_room_air_pct"])
    if oxygen is not None and oxygen < 90:
        yield where.warning("condition.oxygen", "spo2_room_air_pct", _("The saturation is below 90 % on room air."))
    yield from _performance(content)
    yield from _history(content)


def _performance(content: Content) -> Iterator[Doubt]:
    """Trials switch from Lansky to Karnofsky between 12 and 16 years; outside that the scale is doubtful."""
    where, age = Where(Section.CONDITION), content["patient"]["age_months_at_submission"]
    scale = content["condition"]["performance_scale"]
    if age is None:
        return
    if scale == "Lansky" and age >= 17 * 12:
        yield where.warning("performance.lansky_grown_up", "performance_scale", _("Lansky is meant for children."))
    if scale in ("Karnofsky", "ECOG") and age < 12 * 12:
        yield where.warning("performance.adult_scale", "performance_scale", _("Below 12 years Lansky is used."))


def _history(content: Content) -> Iterator[Doubt]:
    condition, where = content["condition"], Where(Section.CONDITION)
    if condition["active_infection"] == "none" and condition["infection_organisms"]:
        yield where.warning("condition.no_infection_but_kind", "active_infection", _("No infection, but its kind."))
    for field in ("hepatitis_hiv", "neuro", "organ_history"):
        if {"none", "negative"} & set(condition[field]) and len(condition[field]) > 1:
            yield where.warning("condition.none_and_some", field, _("“None” and something else are both chosen."))
    if (condition["gvhd_acute_grade"] or 0) > 0 and not had_donor_cells(content):
        yield where.warning("condition.gvhd_without_transplant", "gvhd_acute_grade", _("GVHD without a transplant."))
    if (number(condition["steroid_mg_kg_day"]) or 0) > 0 and condition["systemic_immunosuppression"] == "no":
        yield where.warning(
            "condition.steroid_without_suppression",
            "systemic_immunosuppression",
            _("Steroids are given, but immunosuppression is answered with no."),
        )
    had_sos = any(row["sos"] not in ("", "none") for row in content["transplants"])
    if had_sos and "none" in condition["organ_history"]:
        yield where.warning("condition.sos_forgotten", "organ_history", _("A transplant led to SOS; here stands none."))
    for kind, none in (("comedications", "no_comedication"), ("contraindications", "no_contraindications")):
        if condition[kind] and condition[none]:
            yield where.warning(f"condition.{kind}_and_none", kind, _("Drugs are listed, but “none” is ticked."))


def _none_and_some(content: Content) -> Iterator[Doubt]:
    """Transplants and cell therapies beside the answer that there was none."""
    for kind, none in (("transplants", "no_transplant"), ("cell_therapies", "no_cell_therapy")):
        if content[kind] and content["exposure"][none]:
            text = _("Something is listed, but “none so far” is ticked.")
            yield Where(Section.THERAPY).warning(f"{kind}.some_and_none", none, text)


def access_doubts(content: Content) -> Iterator[Doubt]:
    """Access and consent."""
    access, consent = content["access"], content["consent"]
    if access["trials_considered"] and access["no_trials_considered"]:
        yield Where(Section.ACCESS).warning(
            "access.trials_and_none",
            "trials_considered",
            _("Trials are listed, but “none” is ticked."),
        )
    age = content["patient"]["age_months_at_submission"]
    if age is not None and age >= 18 * 12 and consent["given_by"] == ["parent_or_guardian"]:
        yield Where(Section.CONSENT).hint(
            "consent.adult_by_parent",
            "given_by",
            _("From 18 years the patient consents, as a rule."),
        )
