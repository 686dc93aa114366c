"""The moves of a trial version: a draft is published once and then stands for good."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from iltb.core.workflow import Workflow
from trials.enums import VersionState

VERSION_WORKFLOW: Final = Workflow[VersionState](
    str(_("Trial version")),
    {
        VersionState.DRAFT: frozenset({VersionState.PUBLISHED}),
        VersionState.PUBLISHED: frozenset(),
    },
)
