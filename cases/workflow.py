"""The moves of a case and of a query."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.enums import CaseState, QueryState
from iltb.core.workflow import Workflow

CASE_WORKFLOW: Final = Workflow[CaseState](
    str(_("Case")),
    {
        CaseState.DRAFT: frozenset({CaseState.SUBMITTED, CaseState.WITHDRAWN}),
        CaseState.SUBMITTED: frozenset(
            {CaseState.QUERIED, CaseState.ACCEPTED, CaseState.NOT_ELIGIBLE, CaseState.WITHDRAWN},
        ),
        CaseState.QUERIED: frozenset({CaseState.SUBMITTED, CaseState.WITHDRAWN}),
        CaseState.ACCEPTED: frozenset({CaseState.QUERIED, CaseState.CLOSED, CaseState.WITHDRAWN}),
        CaseState.NOT_ELIGIBLE: frozenset(),
        CaseState.CLOSED: frozenset(),
        CaseState.WITHDRAWN: frozenset(),
    },
)

QUERY_WORKFLOW: Final = Workflow[QueryState](
    str(_("Query")),
    {
        QueryState.OPEN: frozenset({QueryState.ANSWERED, QueryState.WITHDRAWN}),
        QueryState.ANSWERED: frozenset(),
        QueryState.WITHDRAWN: frozenset(),
    },
)
