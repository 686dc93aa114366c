"""What one page about trials needs together."""

from trials.queries.catalogue import TrialListPage, TrialPage, open_arm, trial_list_page, trial_page
from trials.queries.decisive import DecidedBy, QuestionLine, query_text
from trials.queries.explanations import (
    ArmMatchView,
    CriterionRow,
    Requirement,
    matches_of_arms,
    requirements_of,
    rows_of,
)
from trials.queries.matches import MatchListPage, MatchPage, match_list_page, match_page, newest_run
from trials.queries.recruitment import RecruitmentLine, recruitment_of
from trials.queries.wording import found_in_words

__all__ = (
    "ArmMatchView",
    "CriterionRow",
    "DecidedBy",
    "MatchListPage",
    "MatchPage",
    "QuestionLine",
    "RecruitmentLine",
    "Requirement",
    "TrialListPage",
    "TrialPage",
    "found_in_words",
    "match_list_page",
    "match_page",
    "matches_of_arms",
    "newest_run",
    "open_arm",
    "query_text",
    "recruitment_of",
    "requirements_of",
    "rows_of",
    "trial_list_page",
    "trial_page",
)
