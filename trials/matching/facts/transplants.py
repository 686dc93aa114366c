"""Transplants, cells, donors and graft-versus-host disease.

An empty list of transplants or cell therapies is unknown, unless the dossier says that there was none or that there was
no treatment at all.
"""

from typing import Final

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact, Therapy, Topics
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.therapy import was_never_infused
from trials.matching.facts.timing import NEVER, time_since_last, today
from trials.matching.facts.values import (
    Block,
    amount,
    block,
    code,
    day_of,
    flag,
    number,
    rows,
    said_none,
    undecided,
    yes_or_no,
)
from trials.matching.vocabulary import antigen_names

SPECS: Final = (
    FactSpec(
        "hsct_count",
        K.QUANTITY,
        _("Number of transplants"),
        _("How many stem-cell transplants were done?"),
        "transplants",
        'Known when transplants are listed or "none" is ticked; an empty list is open.',
        "count",
    ),
    FactSpec(
        "prior_allogeneic_hsct",
        K.FLAG,
        _("Allogeneic transplant"),
        _("Was an allogeneic transplant done?"),
        "transplants.donor",
        'Known when transplants are listed with their donors, or "none" is ticked.',
    ),
    FactSpec(
        "prior_autologous_hsct",
        K.FLAG,
        _("Autologous transplant"),
        _("Was an autologous transplant done?"),
        "transplants.donor",
        'Known when transplants are listed with their donors, or "none" is ticked.',
    ),
    FactSpec(
        "relapse_after_hsct",
        K.FLAG,
        _("Relapse after transplant"),
        _("Did a relapse follow a transplant?"),
        "transplants.relapse_on_day, status.relapse_timing_class",
        "Met by the day of a relapse after it; excluded without a relapse or a transplant; else open.",
    ),
    FactSpec(
        "relapse_after_allogeneic_hsct",
        K.FLAG,
        _("Relapse after allogeneic transplant"),
        _("Did a relapse follow an allogeneic transplant?"),
        "transplants.relapse_on_day, transplants.donor",
        "As for any transplant, where the donor is named.",
    ),
    FactSpec(
        "days_since_hsct",
        K.QUANTITY,
        _("Days since transplant"),
        _("How long ago was the last transplant?"),
        "transplants.on_day; ages",
        'Known as a range when every transplant has its day; "never" when "none" is ticked.',
        "interval",
    ),
    FactSpec(
        "hsct_planned",
        K.FLAG,
        _("Transplant planned"),
        _("Is a transplant planned?"),
        "case.treatment_intent",
        "Met when the intent is to bridge to a transplant; never excluded.",
    ),
    FactSpec(
        "donor_available",
        K.FLAG,
        _("Donor"),
        _("Is a transplant donor identified?"),
        "access.donor_status",
        "Known when a donor is named or none was found; open while the search runs.",
    ),
    FactSpec(
        "related_donor_available",
        K.FLAG,
        _("Matched related donor"),
        _("Is a matched related donor identified?"),
        "access.donor_status",
        "Met by a matched sibling; excluded when no donor was found; another donor leaves it open.",
    ),
    FactSpec(
        "donor_chimerism",
        K.QUANTITY,
        _("Donor cells"),
        _("What is the share of donor cells now?"),
        "transplants.donor_chimerism_pct of the last transplant",
        "Known as stated for the last transplant.",
        "percent",
    ),
    FactSpec(
        "gvhd_acute",
        K.QUANTITY,
        _("Acute GVHD"),
        _("What is the grade of acute GVHD now?"),
        "condition.gvhd_acute_grade",
        "Known as stated.",
        "grade",
    ),
    FactSpec(
        "gvhd_chronic",
        K.CODE,
        _("Chronic GVHD"),
        _("How severe is chronic GVHD now?"),
        "condition.gvhd_chronic",
        'Known as stated; "none" is an answer.',
    ),
    FactSpec(
        "gvhd_treated",
        K.FLAG,
        _("Treatment of GVHD"),
        _("Is graft-versus-host disease being treated?"),
        "condition.gvhd_acute_grade, gvhd_chronic, systemic_immunosuppression",
        "Met when there is GVHD and systemic immunosuppression, excluded when there is neither or no GVHD is stated "
        "and there was no transplant; else open.",
    ),
    FactSpec(
        "immunosuppression",
        K.FLAG,
        _("Systemic immunosuppression"),
        _("Is systemic immunosuppression given now?"),
        "condition.systemic_immunosuppression, steroid_mg_kg_day",
        "Known as stated.",
    ),
    FactSpec(
        "steroid_dose",
        K.QUANTITY,
        _("Steroids, prednisone equivalent"),
        _("Which dose of steroids is given now?"),
        "condition.steroid_mg_kg_day",
        "Known as stated.",
        "dose_per_mass",
    ),
    FactSpec(
        "prior_cell_therapy",
        K.FLAG,
        _("Earlier cell therapy"),
        _("Was a cell therapy given?"),
        "cell_therapies, therapy_lines.drugs",
        'Met when one is listed that was given, also as a drug of a line; excluded when "none" is ticked; else open.',
    ),
    FactSpec(
        "prior_car_t",
        K.FLAG,
        _("Earlier CAR-T against"),
        _("Was a CAR-T product given, against which antigen?"),
        "cell_therapies.target_antigens, therapy_lines.drugs",
        "Met when listed, also as a drug of a line; excluded when every listed product names other antigens or "
        '"none" is ticked; else open.',
        about="antigen",
    ),
    FactSpec(
        "days_since_cell_therapy",
        K.QUANTITY,
        _("Days since cell therapy"),
        _("How long ago was the last cell therapy?"),
        "cell_therapies.on_day; ages",
        "Known as a range when every cell therapy has its day.",
        "interval",
    ),
)
_IDENTIFIED: Final = frozenset({"MSD_available", "MUD_10_10_identified", "haplo_available"})
_CAR_T: Final = "car t cells"
_SEARCHING: Final = frozenset({"search_running", "second_donor_search_running"})


def read(content: Block, therapy: Therapy, elapsed_days: int) -> tuple[dict[str, Fact], dict[str, Topics]]:
    """Return the facts of this group, and those about an antigen."""
    done, cells = rows(content, "transplants"), rows(content, "cell_therapies")
    condition, access = block(content, "condition"), block(content, "access")
    given = [row for row in cells if not was_never_infused(row)]
    now = today(content, elapsed_days)
    open_list, never = undecided(Reason.NONE_LISTED), Fact(NEVER, "never given")
    no_transplant, no_cells = said_none(content, "no_transplant"), said_none(content, "no_cell_therapy")
    not_done = yes_or_no(value=False, text="none was done") if no_transplant else open_list
    in_a_line = therapy.classes.get(_CAR_T)
    if in_a_line:
        unlisted, unlisted_since = yes_or_no(value=True, text=in_a_line), undecided(Reason.NO_DAY, in_a_line)
    else:
        unlisted = yes_or_no(value=False, text="none was given") if no_cells else open_list
        unlisted_since = never if no_cells else open_list
    flat = {
        "hsct_count": amount(len(done)) if done or no_transplant else open_list,
        "prior_allogeneic_hsct": _had(done, {"MSD", "MUD_10_10", "MMUD", "haplo", "cord"}) if done else not_done,
        "prior_autologous_hsct": _had(done, {"autologous"}) if done else not_done,
        "relapse_after_hsct": _relapse_after(content, done, allogeneic=False),
        "relapse_after_allogeneic_hsct": _relapse_after(content, done, allogeneic=True),
        "days_since_hsct": time_since_last(done, now) if done else never if no_transplant else open_list,
        "hsct_planned": _planned(block(content, "case")),
        **_donor(access.get("donor_status")),
        "donor_chimerism": amount(done[-1].get("donor_chimerism_pct"), "%") if done else NOT_GIVEN,
        **_gvhd(condition, no_transplant=no_transplant and not done),
        "prior_cell_therapy": yes_or_no(value=True, text=_products(given)) if given else unlisted,
        "days_since_cell_therapy": time_since_last(given, now) if given else unlisted_since,
    }
    return flat, {"prior_car_t": _car_t(given, unlisted, therapy)}


def _had(done: list[Block], donors: set[str]) -> Fact:
    named = [str(row.get("donor") or "") for row in done]
    if found := [donor for donor in named if donor in donors]:
        return yes_or_no(value=True, text=", ".join(found))
    return NOT_GIVEN if "" in named else yes_or_no(value=False, text=", ".join(named))


def _relapse_after(content: Block, done: list[Block], *, allogeneic: bool) -> Fact:
    status = block(content, "status")
    followed = [row for row in done if day_of(row, "relapse_on_day") is not None]
    if allogeneic:
        followed = [row for row in followed if row.get("donor") not in (None, "", "autologous")]
    if followed:
        return yes_or_no(value=True, text=f"day {day_of(followed[-1], 'relapse_on_day')}")
    if status.get("relapse_timing_class") == "post_HSCT" and not allogeneic:
        return yes_or_no(value=True, text="relapse after transplant")
    if number(status.get("relapse_number")) == 0:
        return yes_or_no(value=False, text="no relapse")
    if not done and said_none(content, "no_transplant"):
        return yes_or_no(value=False, text="none was done")
    return NOT_GIVEN if done else undecided(Reason.NONE_LISTED)


def _planned(case: Block) -> Fact:
    intent = str(case.get("treatment_intent") or "")
    return yes_or_no(value=True) if intent == "curative_bridge_to_HSCT" else NOT_GIVEN


def _donor(status: object) -> dict[str, Fact]:
    text = str(status or "")
    if text == "none_found":
        return dict.fromkeys(("donor_available", "related_donor_available"), yes_or_no(value=False, text=text))
    if text in _SEARCHING:
        return dict.fromkeys(("donor_available", "related_donor_available"), undecided(Reason.DONOR_SEARCH, text))
    sibling = text == "MSD_available"
    return {
        "donor_available": yes_or_no(value=True, text=text) if text in _IDENTIFIED else NOT_GIVEN,
        "related_donor_available": yes_or_no(value=True, text=text) if sibling else NOT_GIVEN,
    }


def _gvhd(condition: Block, *, no_transplant: bool) -> dict[str, Fact]:
    acute, chronic = amount(condition.get("gvhd_acute_grade")), code(condition.get("gvhd_chronic"))
    suppressed = flag(condition.get("systemic_immunosuppression"))
    steroids = amount(condition.get("steroid_mg_kg_day"), "mg/kg/day")
    if suppressed.value is None and (number(condition.get("steroid_mg_kg_day")) or 0) > 0:
        suppressed = yes_or_no(value=True, text=steroids.text)
    return {
        "gvhd_acute": acute,
        "gvhd_chronic": chronic,
        "gvhd_treated": _treated(condition, suppressed, no_transplant=no_transplant),
        "immunosuppression": suppressed,
        "steroid_dose": steroids,
    }


def _treated(condition: Block, suppressed: Fact, *, no_transplant: bool) -> Fact:
    """Immunosuppression without GVHD may prevent it or end its treatment, and GVHD may be treated locally only.

    Without a transplant there is none, unless the dossier states some; a dossier that was not asked for GVHD leaves
    that open.
    """
    grade, chronic = number(condition.get("gvhd_acute_grade")), str(condition.get("gvhd_chronic") or "")
    present = (grade or 0) > 0 or chronic not in ("", "none")
    absent = grade == 0 and chronic == "none"
    if present and suppressed.value is True:
        return yes_or_no(value=True)
    if (absent and suppressed.value is False) or (condition and no_transplant and not present):
        return yes_or_no(value=False, text="no transplant was done" if no_transplant else "")
    return undecided(Reason.DEFINITION) if (present or absent) and suppressed.value is not None else NOT_GIVEN


def _products(given: list[Block]) -> str:
    return ", ".join(str(row.get("product") or "cells") for row in given)


def _car_t(given: list[Block], unlisted: Fact, therapy: Therapy) -> Topics:
    """Return CAR-T by antigen; NK cells may carry a receptor or none, and a line may name the product as its drug."""
    in_lines = {name: therapy.classes.get(f"{name} {_CAR_T}".lower()) for name in antigen_names()}
    found = {name: yes_or_no(value=True, text=where) for name, where in in_lines.items() if where}
    for row in given:
        product = str(row.get("product") or "")
        for antigen in map(str, row.get("target_antigens") or []):
            if product == "NK":
                found.setdefault(antigen, undecided(Reason.DETAIL, product))
            else:
                found[antigen] = yes_or_no(value=True, text=product)
    if not given and _CAR_T not in therapy.classes:
        return Topics(found, unlisted)
    # One product as the drug of a line does not say that there was no other.
    named = bool(given) and all(row.get("target_antigens") for row in given)
    return Topics(found, yes_or_no(value=False, text=_products(given)) if named else undecided(Reason.DETAIL))
