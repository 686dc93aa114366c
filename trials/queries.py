"""What one page about trials needs together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, CaseRevision
from iltb.accounts.models import User
from iltb.core.errors import NotAllowed
from iltb.core.models import JobState
from trials.availability import Recruitment, availability_of
from trials.enums import (
    Availability,
    CriterionVerdict,
    IdentifierSystem,
    MatchOutcome,
    Verification,
    VersionState,
    WhyUnknown,
)
from trials.matching.criteria import CriterionKind, leaves, parse
from trials.matching.registry import FACTS
from trials.models import Arm, Match, MatchRun, Trial, TrialIdentifier, TrialVersion

PAGE_SIZE: Final = 20
