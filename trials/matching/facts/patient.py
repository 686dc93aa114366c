"""Who the patient is: ages, measures, syndromes."""

from typing import Final

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.values import (
    Block,
    age,
    amount,
    block,
    code,
    flag,
    not_found,
    several,
    undecided,
    yes_or_no,
)

SPECS: Final = (
    FactSpec(
        "age_at_submission",
        K.AGE,
        _("Age now"),
        _("How old is the patient, in completed months?"),
        "patient.age_months_at_submission",
        "Known from the completed months, which span a month, and moved on to the day of the match.",
        "time",
    ),
    FactSpec(
        "age_at_diagnosis",
        K.AGE,
        _("Age at first diagnosis"),
        _("How old was the patient at first diagnosis, in completed months?"),
        "patient.age_months_at_diagnosis",
        "Known from the completed months, which span a month.",
        "time",
    ),
    FactSpec("sex", K.CODE, _("Sex"), _("What is the patient's sex?"), "patient.sex", "Known as stated."),
    FactSpec(
        "country",
        K.CODE,
        _("Country"),
        _("In which country is the patient treated?"),
        "patient.country",
        "Known as stated.",
    ),
    FactSpec(
        "weight",
        K.QUANTITY,
        _("Weight"),
        _("What is the patient's weight?"),
        "patient.weight_kg",
        "Known as stated.",
        "mass",
    ),
    FactSpec(
        "height",
        K.QUANTITY,
        _("Height"),
        _("What is the patient's height?"),
        "patient.height_cm",
        "Known as stated.",
        "length",
    ),
    FactSpec(
        "body_surface",
        K.QUANTITY,
        _("Body surface"),
        _("What are the patient's height and weight?"),
        "patient.bsa_m2",
        "Known when height and weight are given.",
        "area",
    ),
    FactSpec(
        "down_syndrome",
        K.FLAG,
        _("Down syndrome"),
        _("Does the patient have Down syndrome?"),
        "patient.down_syndrome",
        "Known when answered yes or no.",
    ),
    FactSpec(
        "syndromes",
        K.CODES,
        _("Other syndrome"),
        _("Does the patient have another syndrome that predisposes?"),
        "patient.other_syndromes",
        'Known when something was chosen; "none" excludes all, "unknown" leaves all open.',
    ),
    FactSpec(
        "pregnancy",
        K.FLAG,
        _("Pregnancy"),
        _("Is pregnancy excluded?"),
        "patient.fertility_or_pregnancy, patient.sex",
        'Excluded by a test, where it does not apply and in boys; "not tested" is not tested.',
    ),
)


def read(content: Block, elapsed_days: int) -> dict[str, Fact]:
    """Return the facts of this group."""
    patient = block(content, "patient")
    return {
        "age_at_submission": age(patient.get("age_months_at_submission"), elapsed_days),
        "age_at_diagnosis": age(patient.get("age_months_at_diagnosis")),
        "sex": code(patient.get("sex")),
        "country": code(patient.get("country")),
        "weight": amount(patient.get("weight_kg"), "kg"),
        "height": amount(patient.get("height_cm"), "cm"),
        "body_surface": amount(patient.get("bsa_m2"), "m²"),
        "down_syndrome": flag(patient.get("down_syndrome")),
        "syndromes": several(patient, "other_syndromes"),
        "pregnancy": _pregnancy(patient),
    }


def _pregnancy(patient: Block) -> Fact:
    match patient.get("fertility_or_pregnancy"):
        case "pregnant":
            return yes_or_no(value=True)
        case "pregnancy_excluded":
            return not_found()
        case "not_applicable":
            return yes_or_no(value=False)
        case "not_tested":
            return undecided(Reason.NOT_TESTED)
    return yes_or_no(value=False) if patient.get("sex") == "male" else NOT_GIVEN
