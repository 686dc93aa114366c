"""The list of all questions of the board."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import DiseaseGroup
from cases.models import BoardQuestion
from cases.queries import words


@dataclass(frozen=True)
class QuestionRow:
    """A question in use, and of whom it is asked."""

    question: BoardQuestion
    answer: str
    asked_for: str


def question_list() -> Sequence[QuestionRow]:
    """Every question in use, in the order of the keys. One query."""
    return [_row(question) for question in BoardQuestion.objects.filter(is_active=True)]


def _row(question: BoardQuestion) -> QuestionRow:
    kind = words.capitalised(str(question.get_kind_display()))
    said = [", ".join(question.choices), _bounds(question), question.unit]
    groups = question.disease_groups
    return QuestionRow(
        question=question,
        answer=": ".join(filter(None, [kind, ", ".join(filter(None, said))])),
        asked_for=words.labels(DiseaseGroup, groups) if groups else _("All disease groups"),
    )


def _bounds(question: BoardQuestion) -> str:
    low, high = question.minimum, question.maximum
    if low is None or high is None:
        given = low if high is None else high
        text = _("at least %(number)s") if high is None else _("at most %(number)s")
        return "" if given is None else text % {"number": words.number(given)}
    return _("%(low)s to %(high)s") % {"low": words.number(low), "high": words.number(high)}
