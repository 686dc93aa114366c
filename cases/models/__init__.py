"""The dossier: what is stated about one question on one patient."""

from cases.models.access import CaseGroupPermission, CaseUserPermission, EmergencyAccess, Recusal
from cases.models.access_needs import AccessNeeds, DrugAccess, TrialConsidered
from cases.models.board_question import BoardAnswer, BoardQuestion
from cases.models.case import Case
from cases.models.condition import Comedication, Condition, Contraindication
from cases.models.consent import Consent
from cases.models.diagnosis import Diagnosis
from cases.models.finding import AntigenFinding, FusionFinding, NegativeFinding, VariantFinding
from cases.models.functional import DrugResponse, ExVivoPanel
from cases.models.germline import Germline, GermlineVariant
from cases.models.molecular import (
    Clone,
    CopyNumberFinding,
    ExpressionOutlier,
    FishFinding,
    Karyotype,
    MethylationResult,
    MolecularSignature,
)
from cases.models.mrd import MrdMeasurement
from cases.models.patient import Patient
from cases.models.query import Query
from cases.models.revision import CaseRevision, StandingDossier
from cases.models.specimen import Assay, Specimen
from cases.models.status import DiseaseMass, DiseaseStatus
from cases.models.therapy import TherapyDrug, TherapyLine, Toxicity
from cases.models.transcription import Transcription
from cases.models.transplant import CellTherapy, Exposure, Transplant

__all__ = (
    "AccessNeeds",
    "AntigenFinding",
    "Assay",
    "BoardAnswer",
    "BoardQuestion",
    "Case",
    "CaseGroupPermission",
    "CaseRevision",
    "CaseUserPermission",
    "CellTherapy",
    "Clone",
    "Comedication",
    "Condition",
    "Consent",
    "Contraindication",
    "CopyNumberFinding",
    "Diagnosis",
    "DiseaseMass",
    "DiseaseStatus",
    "DrugAccess",
    "DrugResponse",
    "EmergencyAccess",
    "ExVivoPanel",
    "Exposure",
    "ExpressionOutlier",
    "FishFinding",
    "FusionFinding",
    "Germline",
    "GermlineVariant",
    "Karyotype",
    "MethylationResult",
    "MolecularSignature",
    "MrdMeasurement",
    "NegativeFinding",
    "Patient",
    "Query",
    "Recusal",
    "Specimen",
    "StandingDossier",
    "TherapyDrug",
    "TherapyLine",
    "Toxicity",
    "Transcription",
    "Transplant",
    "TrialConsidered",
    "VariantFinding",
)
