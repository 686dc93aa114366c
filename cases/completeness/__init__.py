"""What is still missing, and how much it matters. One rule for form, submission, triage and API.

Plain functions on the content of a dossier (see ``contents.content_of``). Levels are those of the data dictionary:
M must be answered before submission, C likewise when its condition holds, R is recommended. "Not done", "unknown" and
"none" are answers. An emergency needs the answers of ``EXPRESS`` only; its other mandatory answers are to follow.
"""

from dataclasses import replace
from typing import Final

from cases.completeness.base import Content, Level, Missing, Question, Section
from cases.completeness.evidence import access_asks, condition_asks, findings_asks, functional_asks, therapy_asks
from cases.completeness.header import consent_asks, disease_asks, patient_asks, question_asks

__all__ = (
    "EXPRESS",
    "Level",
    "Missing",
    "Question",
    "Section",
    "blocking",
    "inputs",
    "missing",
    "questions",
    "score",
    "to_follow",
)

# What an emergency must state before it is sent; at most twenty inputs in all (data dictionary 2.1, point 6).
EXPRESS: Final = frozenset(
    {
        "question_text",
        "treatment_intent",
        "urgency",
        "urgency_reasons",
        "no_standard_of_care",
        "no_standard_of_care_reason",
        "age_months_at_submission",
        "age_months_at_diagnosis",
        "sex",
        "country",
        "weight_kg",
        "disease_group",
        "entity",
        "status_now",
        "relapse_number",
        "sites",
        "bm_blasts_morphology_pct_of_cells",
        "lymphoma_stage_initial",
        "performance_score",
        "lines",
        "specimens",
        "board_discussion",
        "deidentification_confirmed",
    },
)


def questions(content: Content) -> list[Question]:
    """Everything that is asked of this dossier, in the order of the form."""
    asked = [
        *question_asks(content),
        *patient_asks(content),
        *disease_asks(content),
        *findings_asks(content),
        *functional_asks(content),
        *therapy_asks(content),
        *condition_asks(content),
        *access_asks(content),
        *consent_asks(content),
    ]
    if content["case"]["urgency"] != "emergency":
        return asked
    return [
        replace(item, level=Level.TO_FOLLOW) if item.level is Level.MANDATORY and item.field not in EXPRESS else item
        for item in asked
    ]


def missing(content: Content) -> list[Missing]:
    """Everything that is missing, in the order of the form."""
    return [
        Missing(item.section, item.field, item.sentence, item.level)
        for item in questions(content)
        if not item.is_answered
    ]


def blocking(content: Content) -> list[Missing]:
    """What keeps the dossier from being submitted."""
    return [item for item in missing(content) if item.level is Level.MANDATORY]


def to_follow(content: Content) -> list[Missing]:
    """What an emergency still owes; experts and the letter list it."""
    return [item for item in missing(content) if item.level is Level.TO_FOLLOW]


def inputs(content: Content, *, with_rows: bool = False) -> list[str]:
    """The answers that somebody has to give before this dossier can be sent, each once.

    What follows from another answer, and what is confirmed with the button that sends, does not count; rows count as
    one each with ``with_rows``.
    """
    asked = (item for item in questions(content) if item.level is Level.MANDATORY and not item.is_derived)
    return list(dict.fromkeys(item.field for item in asked if with_rows or not item.is_row))


def score(content: Content) -> int:
    """How complete the dossier is, 0 to 100: the share of all questions that are answered."""
    asked = questions(content)
    return round(100 * sum(item.is_answered for item in asked) / len(asked))
