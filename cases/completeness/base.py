"""What a question of the dossier is, and how much a missing answer matters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise

Content = Mapping[str, Any]
Sentence = str | Promise

_LYMPHOMA: Final = frozenset({"LBL_B", "LBL_T", "MATURE_B_NHL", "ALCL", "PTCL_OTHER", "HODGKIN"})


class Level(StrEnum):
    """How much a missing answer matters.

    ``TO_FOLLOW`` is a mandatory answer of an emergency that may come after the submission: listed, not blocking.
    """

    MANDATORY = "M"
    TO_FOLLOW = "F"
    RECOMMENDED = "R"


class Section(StrEnum):
    """The parts of the form."""

    QUESTION = "question"
    PATIENT = "patient"
    DISEASE = "disease"
    FINDINGS = "findings"
    FUNCTIONAL = "functional"
    THERAPY = "therapy"
    CONDITION = "condition"
    ACCESS = "access"
    CONSENT = "consent"


@dataclass(frozen=True)
class Missing:
    """One missing answer: its section, the field's name there, and a sentence for the physician."""

    section: Section
    field: str
    sentence: Sentence
    level: Level = Level.MANDATORY


@dataclass(frozen=True)
class Question:
    """Something that is asked of this dossier, answered or not.

    ``is_row`` marks what is asked of each of several rows; ``derived`` what follows from another answer or is confirmed
    with a button, so that nobody types it.
    """

    section: Section
    field: str
    sentence: Sentence
    is_answered: bool
    level: Level = Level.MANDATORY
    is_row: bool = False
    is_derived: bool = False


def stated(value: object) -> bool:
    """Whether something was answered; 0 and False are answers."""
    return value not in (None, "", [])


def each_stated(
    section: Section, answers: Content, sentences: Mapping[str, Sentence], level: Level = Level.MANDATORY
) -> Iterator[Question]:
    """One question for each of ``sentences`` by the name of its answer."""
    for field, sentence in sentences.items():
        yield Question(section, field, sentence, stated(answers[field]), level)


def is_lymphoma(content: Content) -> bool:
    """Whether the disease is staged rather than counted in the marrow."""
    return content["diagnosis"]["disease_group"] in _LYMPHOMA


def is_overt(content: Content) -> bool:
    """Whether disease is seen without a measurement of residual disease: 5 % blasts, a mass, or lymphoma."""
    status = content["status"]
    blasts = (status["bm_blasts_morphology_pct_of_cells"], status["bm_blasts_flow_pct_of_cells"])
    counted = any(float(value) >= 5 for value in blasts if value is not None)
    return counted or is_lymphoma(content) or status["status_now"] not in ("MRD_relapse", "MRD_persistent")


def had_donor_cells(content: Content) -> bool:
    """Whether there was a transplant from a donor."""
    return any(row["donor"] not in ("", "autologous") for row in content["transplants"])
