"""What could be offered: trials, their cohorts, and how a revision matches them."""

from trials.models.arm import Arm
from trials.models.contact import ContactAsk
from trials.models.match import Match, MatchRun
from trials.models.standing import MatchChange, StandingCheck
from trials.models.trial import Site, Trial, TrialIdentifier, TrialVersion

__all__ = (
    "Arm",
    "ContactAsk",
    "Match",
    "MatchChange",
    "MatchRun",
    "Site",
    "StandingCheck",
    "Trial",
    "TrialIdentifier",
    "TrialVersion",
)
