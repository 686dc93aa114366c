"""Answers that do not fit together. Plain functions on the content of a dossier."""

from cases.completeness import Section
from cases.plausibility.base import Content, Doubt, Grade
from cases.plausibility.disease import mrd_doubts, patient_doubts, relapse_doubts, status_doubts
from cases.plausibility.findings import functional_doubts, specimen_doubts
from cases.plausibility.treatment import access_doubts, cell_doubts, condition_doubts, line_doubts

__all__ = ("Doubt", "Grade", "Section", "doubts")


def doubts(content: Content) -> list[Doubt]:
    """Everything that does not fit together, in the order of the form."""
    return [
        *patient_doubts(content),
        *relapse_doubts(content),
        *status_doubts(content),
        *mrd_doubts(content),
        *specimen_doubts(content),
        *functional_doubts(content),
        *line_doubts(content),
        *cell_doubts(content),
        *condition_doubts(content),
        *access_doubts(content),
    ]
