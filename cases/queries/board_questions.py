"""Which questions of the board a case is asked."""

from django.db.models import QuerySet

from cases.models import BoardQuestion, Case


def questions_for(case: Case) -> QuerySet[BoardQuestion]:
    """The questions in use for the disease group of ``case``, in the order of their keys. One query."""
    return BoardQuestion.objects.asked_of(case)
