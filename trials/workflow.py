"""The moves of a trial version, which is published once, and of a question to a trial contact."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from iltb.core.workflow import Workflow
from trials.enums import ContactAskState, VersionState

VERSION_WORKFLOW: Final = Workflow[VersionState](
    str(_("Trial version")),
    {
        VersionState.DRAFT: frozenset({VersionState.PUBLISHED}),
        VersionState.PUBLISHED: frozenset(),
    },
)

CONTACT_WORKFLOW: Final = Workflow[ContactAskState](
    str(_("Question to a trial contact")),
    {
        ContactAskState.OPEN: frozenset({ContactAskState.ANSWERED, ContactAskState.WITHDRAWN}),
        ContactAskState.ANSWERED: frozenset(),
        ContactAskState.WITHDRAWN: frozenset(),
    },
)
