"""The dossier: what is stated about one question on one patient."""

from cases.models.access import CaseGroupPermission, CaseUserPermission, EmergencyAccess, Recusal
from cases.models.case import Case
from cases.models.consent import Consent
from cases.models.diagnosis import Diagnosis, DiseaseStatus
from cases.models.finding import AntigenFinding, FusionFinding, NegativeFinding, VariantFinding
from cases.models.patient import Patient
from cases.models.query import Query
from cases.models.revision import CaseRevision
from cases.models.specimen import Assay, Specimen
from cases.models.therapy import TherapyDrug, TherapyLine

__all__ = (
    "AntigenFinding",
    "Assay",
    "Case",
    "CaseGroupPermission",
    "CaseRevision",
    "CaseUserPermission",
    "Consent",
    "Diagnosis",
    "DiseaseStatus",
    "EmergencyAccess",
    "FusionFinding",
    "NegativeFinding",
    "Patient",
    "Query",
    "Recusal",
    "Specimen",
    "TherapyDrug",
    "TherapyLine",
    "VariantFinding",
)
