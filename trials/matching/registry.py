"""Every fact a criterion may ask for: its type, unit, label, question to the physician, and where it comes from."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


def gettext_noop(text: str) -> str:
    """Mark a text for translation; the page that shows it translates."""
    return text


class FactKind(StrEnum):
    """How a fact is compared."""

    QUANTITY = "quantity"
    AGE = "age"
    CODE = "code"
    CODES = "codes"
    DISEASE = "disease"
    FLAG = "flag"
    EXPOSURE = "exposure"
    VARIANT = "variant"
    FUSION = "fusion"
    PATHWAY = "pathway"
    ANTIGEN = "antigen"
    ANTIGEN_PERCENT = "antigen_percent"
    UNREAD = "unread"


DAYS_PER_MONTH: Final = 30.436875

# Factors to the first unit of each row, in which facts and limits are compared.
UNITS: Final = MappingProxyType(
    {
        "time": {"months": 1.0, "years": 12.0, "weeks": 7 / DAYS_PER_MONTH, "days": 1 / DAYS_PER_MONTH},
        "interval": {"days": 1.0, "weeks": 7.0},
        "mass": {"kg": 1.0, "g": 0.001},
        "length": {"cm": 1.0, "m": 100.0},
        "percent": {"percent": 1.0, "fraction": 100.0},
        "fraction": {"fraction": 1.0, "percent": 0.01},
        "count": {"count": 1.0},
        "ratio": {"xULN": 1.0},
        "cells": {"10^9/L": 1.0},
        "gfr": {"mL/min/1.73m2": 1.0},
        "duration": {"ms": 1.0, "s": 1000.0},
        "albumin": {"g/L": 1.0, "g/dL": 10.0},
        "points": {"points": 1.0},
        "grade": {"grade": 1.0},
    }
)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact. ``asked`` is false for what the form does not ask yet: such a fact is always unknown.

    ``dimension`` is a row of ``UNITS``; ``about`` names what the criterion's ``of`` must give.
    """

    name: str
    kind: FactKind
    label: str
    question: str
    source: str
    dimension: str = ""
    about: str = ""
    asked: bool = True


_ = gettext_noop
K = FactKind


def _amount(name: str, dimension: str, label: str, question: str, about: str = "") -> FactSpec:
    return FactSpec(name, FactKind.QUANTITY, label, question, "", dimension, about, asked=False)


def _flag(name: str, label: str, question: str, about: str = "") -> FactSpec:
    return FactSpec(name, FactKind.FLAG, label, question, "", about=about, asked=False)


_ASKED: Final = (
    FactSpec(
        "age_at_submission",
        K.AGE,
        _("Age now"),
        _("How old is the patient, in completed months?"),
        "patient.age_months_at_submission",
        "time",
    ),
    FactSpec(
        "age_at_diagnosis",
        K.AGE,
        _("Age at first diagnosis"),
        _("How old was the patient at first diagnosis, in completed months?"),
        "patient.age_months_at_diagnosis",
        "time",
    ),
    FactSpec("sex", K.CODE, _("Sex"), _("What is the patient's sex?"), "patient.sex"),
    FactSpec("country", K.CODE, _("Country"), _("In which country is the patient treated?"), "patient.country"),
    FactSpec("weight", K.QUANTITY, _("Weight"), _("What is the patient's weight?"), "patient.weight_kg", "mass"),
    FactSpec("height", K.QUANTITY, _("Height"), _("What is the patient's height?"), "patient.height_cm", "length"),
    FactSpec(
        "down_syndrome",
        K.FLAG,
        _("Down syndrome"),
        _("Does the patient have Down syndrome?"),
        "patient.down_syndrome",
    ),
    FactSpec("disease", K.DISEASE, _("Diagnosis"), _("What is the exact diagnosis?"), "diagnosis.entity"),
    FactSpec(
        "initial_wbc",
        K.QUANTITY,
        _("White cells at diagnosis"),
        _("What was the white cell count at diagnosis?"),
        "diagnosis.initial_wbc",
        "cells",
    ),
    FactSpec(
        "initial_cns_status",
        K.CODE,
        _("CNS status at diagnosis"),
        _("What was the CNS status at diagnosis?"),
        "diagnosis.initial_cns_status",
    ),
    FactSpec("status_now", K.CODE, _("Disease status"), _("What is the disease status now?"), "status.status_now"),
    FactSpec("in_relapse", K.FLAG, _("In relapse"), _("Is the disease in relapse now?"), "status.status_now"),
    FactSpec(
        "refractory",
        K.FLAG,
        _("Refractory disease"),
        _("Is the disease refractory, and by which definition?"),
        "status.status_now",
    ),
    FactSpec(
        "newly_diagnosed",
        K.FLAG,
        _("Newly diagnosed"),
        _("Is this the first, untreated disease?"),
        "therapy_lines, status.status_now",
    ),
    FactSpec(
        "relapse_number",
        K.QUANTITY,
        _("Number of relapses"),
        _("How many relapses has the patient had?"),
        "status.relapse_number",
        "count",
    ),
    FactSpec(
        "time_to_first_relapse",
        K.AGE,
        _("Time to first relapse"),
        _("How many months passed from diagnosis to the first relapse?"),
        "status.time_to_first_relapse_months",
        "time",
    ),
    FactSpec("sites", K.CODES, _("Sites of disease"), _("Which sites are involved?"), "status.sites"),
    FactSpec("cns_status", K.CODE, _("CNS status"), _("What is the CNS status now?"), "status.cns_status"),
    FactSpec(
        "bm_blasts_morphology",
        K.QUANTITY,
        _("Marrow blasts, morphology"),
        _("What is the marrow blast count by morphology?"),
        "status.bm_blasts_morphology_pct_of_cells",
        "percent",
    ),
    FactSpec(
        "bm_blasts_flow",
        K.QUANTITY,
        _("Marrow blasts, flow cytometry"),
        _("What is the marrow blast count by flow cytometry?"),
        "status.bm_blasts_flow_pct_of_cells",
        "percent",
    ),
    FactSpec(
        "bm_blasts",
        K.QUANTITY,
        _("Marrow blasts"),
        _("What is the marrow blast count?"),
        "status, morphology before flow",
        "percent",
    ),
    FactSpec(
        "lines",
        K.QUANTITY,
        _("Number of therapy lines"),
        _("How many lines of therapy were given?"),
        "therapy_lines",
        "count",
    ),
    FactSpec(
        "prior_drug",
        K.EXPOSURE,
        _("Earlier treatment with"),
        _("Was this drug ever given?"),
        "therapy_lines.drugs",
        about="drug",
    ),
    FactSpec(
        "prior_class",
        K.EXPOSURE,
        _("Earlier treatment with"),
        _("Was a drug of this class ever given?"),
        "therapy_lines.drugs.classes",
        about="drug class",
    ),
    FactSpec(
        "variant",
        K.VARIANT,
        _("Gene variant"),
        _("Was this gene examined in the current disease, and with what result?"),
        "specimens.variants, tested_absent",
    ),
    FactSpec(
        "fusion",
        K.FUSION,
        _("Fusion or rearrangement"),
        _("Was this rearrangement looked for in the current disease, and with what result?"),
        "specimens.fusions, tested_absent",
    ),
    FactSpec(
        "pathway",
        K.PATHWAY,
        _("Pathway"),
        _("Were the genes of this pathway examined in the current disease?"),
        "specimens.variants, fusions, tested_absent",
    ),
    FactSpec(
        "antigen",
        K.ANTIGEN,
        _("Surface antigen"),
        _("Is this antigen expressed on the blasts of the current disease?"),
        "specimens.antigens",
        about="antigen",
    ),
    FactSpec(
        "antigen_percent",
        K.ANTIGEN_PERCENT,
        _("Surface antigen, share of blasts"),
        _("On which share of the blasts of the current disease is this antigen found?"),
        "specimens.antigens",
        "percent",
        about="antigen",
    ),
    FactSpec(
        "molecular_profile_current",
        K.FLAG,
        _("Molecular profile of the current disease"),
        _("Was a molecular profile of the current disease made?"),
        "specimens.assays",
    ),
    FactSpec(
        "flow_profile_current",
        K.FLAG,
        _("Flow profile of the current disease"),
        _("Was flow cytometry of the current disease done?"),
        "specimens.antigens",
    ),
)

_NOT_ASKED_YET: Final = (
    _amount(
        "performance_lansky_karnofsky",
        "points",
        _("Performance, Lansky or Karnofsky"),
        _("What is the performance score (Lansky or Karnofsky)?"),
    ),
    _amount("performance_ecog", "grade", _("Performance, ECOG"), _("What is the ECOG performance status?")),
    _amount("alt", "ratio", _("ALT"), _("What is ALT as a multiple of the upper limit of normal?")),
    _amount("ast", "ratio", _("AST"), _("What is AST as a multiple of the upper limit of normal?")),
    _amount(
        "bilirubin_total",
        "ratio",
        _("Total bilirubin"),
        _("What is total bilirubin as a multiple of the upper limit of normal?"),
    ),
    _amount(
        "bilirubin_direct",
        "ratio",
        _("Direct bilirubin"),
        _("What is direct bilirubin as a multiple of the upper limit of normal?"),
    ),
    _amount(
        "creatinine", "ratio", _("Creatinine"), _("What is creatinine as a multiple of the upper limit of normal?")
    ),
    _amount("gfr", "gfr", _("Glomerular filtration rate"), _("What is the GFR?")),
    _amount("lvef", "percent", _("Ejection fraction (LVEF)"), _("What is the ejection fraction?")),
    _amount("shortening_fraction", "percent", _("Shortening fraction"), _("What is the shortening fraction?")),
    _amount("qtcf", "duration", _("QTc (Fridericia)"), _("What is QTc by Fridericia?")),
    _amount("spo2", "percent", _("Oxygen saturation, room air"), _("What is the oxygen saturation in room air?")),
    _amount("albumin", "albumin", _("Albumin"), _("What is serum albumin?")),
    _amount("neutrophils", "cells", _("Neutrophils"), _("What is the neutrophil count?")),
    _amount("platelets", "cells", _("Platelets"), _("What is the platelet count?")),
    _amount("pb_blasts", "percent", _("Blasts in blood"), _("What is the share of blasts in blood?")),
    _amount("mrd", "fraction", _("Minimal residual disease"), _("What is the current MRD, by which method?")),
    _flag("measurable_disease", _("Measurable disease"), _("Is there measurable disease, and how large?")),
    _flag("relapse_high_risk", _("High-risk relapse"), _("Is the relapse high-risk, by which protocol?")),
    _amount(
        "refractory_lines",
        "count",
        _("Courses without response"),
        _("To how many treatment courses in a row was the disease refractory?"),
    ),
    _amount("hsct_count", "count", _("Number of transplants"), _("How many stem-cell transplants were done?")),
    _flag("prior_allogeneic_hsct", _("Allogeneic transplant"), _("Was an allogeneic transplant done?")),
    _flag("prior_autologous_hsct", _("Autologous transplant"), _("Was an autologous transplant done?")),
    _flag("relapse_after_hsct", _("Relapse after transplant"), _("Did the current relapse follow a transplant?")),
    _amount("days_since_hsct", "interval", _("Days since transplant"), _("How long ago was the last transplant?")),
    _flag("hsct_planned", _("Transplant planned"), _("Is a transplant planned?")),
    _flag("donor_available", _("Donor"), _("Is a transplant donor identified?")),
    _flag("related_donor_available", _("Matched related donor"), _("Is a matched related donor identified?")),
    _flag(
        "prior_car_t",
        _("Earlier CAR-T against"),
        _("Was a CAR-T product given, against which antigen?"),
        about="antigen",
    ),
    _flag("gvhd_treated", _("Treatment of GVHD"), _("Is graft-versus-host disease being treated?")),
    _amount("gvhd_acute", "grade", _("Acute GVHD"), _("What is the grade of acute GVHD now?")),
    _amount(
        "days_since_class",
        "interval",
        _("Days since last dose of"),
        _("When was the last dose of this drug class?"),
        about="drug class",
    ),
    _amount(
        "cycles_of_class",
        "count",
        _("Cycles received of"),
        _("How many cycles of this drug class were given?"),
        about="drug class",
    ),
    _amount(
        "intensive_cycles", "count", _("Intensive chemotherapy cycles"), _("How many intensive cycles were given?")
    ),
    _flag("fit_for_intensive", _("Fit for intensive treatment"), _("Is intensive chemotherapy possible?")),
    _flag("anthracycline_possible", _("Anthracycline possible"), _("Can more anthracycline be given?")),
    _flag("intolerant_to_class", _("Intolerance of"), _("Was this drug class not tolerated?"), about="drug class"),
    _flag(
        "resistant_to_class",
        _("Resistance to"),
        _("Did the disease not respond to this drug class?"),
        about="drug class",
    ),
    _flag("sos_history", _("Earlier SOS/VOD"), _("Was there ever sinusoidal obstruction syndrome?")),
    _flag("active_infection", _("Uncontrolled infection"), _("Is there an uncontrolled infection?")),
    _flag("hiv", _("HIV infection"), _("Was HIV tested, with what result?")),
    _flag("hepatitis_b", _("Hepatitis B"), _("Was hepatitis B tested, with what result?")),
    _flag("hepatitis_c", _("Hepatitis C"), _("Was hepatitis C tested, with what result?")),
    _flag("pregnancy", _("Pregnancy"), _("Is pregnancy excluded?")),
    _flag("swallows_capsules", _("Swallows capsules"), _("Can the patient swallow capsules?")),
    _flag(
        "strong_cyp3a4_modifier",
        _("Strong CYP3A4 or P-gp interaction"),
        _("Does the patient take a strong CYP3A4 or P-gp inhibitor or inducer?"),
    ),
    _flag(
        "ex_vivo_sensitive",
        _("Sensitive in the laboratory to"),
        _("Was drug sensitivity tested, with what result?"),
        about="drug",
    ),
    _flag("ph_like_signature", _("Ph-like signature"), _("Was the Ph-like signature determined?")),
    _flag(
        "insufficient_response",
        _("Insufficient response"),
        _("Was the response to the present treatment insufficient?"),
    ),
    _flag("enrolled_in", _("Enrolled in"), _("Is the patient enrolled in this study?"), about="study"),
    _flag("molecular_profile_relapse", _("Molecular profile at relapse"), _("Was the relapse profiled?")),
    FactSpec(
        "unread_criteria",
        K.UNREAD,
        _("Further criteria"),
        _("The protocol was not read in full: ask the trial office."),
        "",
        asked=False,
    ),
)

FACTS: Final = MappingProxyType({spec.name: spec for spec in (*_ASKED, *_NOT_ASKED_YET)})
