"""What could be offered: trials, their cohorts, and how a revision matches them."""

from trials.models.match import Match, MatchRun
from trials.models.trial import Arm, Site, Trial, TrialVersion

__all__ = ("Arm", "Match", "MatchRun", "Site", "Trial", "TrialVersion")
