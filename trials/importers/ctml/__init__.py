"""Trials in CTML, the clinical trial markup language of MatchMiner: read, compared and turned into our own criteria."""

from trials.importers.ctml.tree import CtmlAll, CtmlAny, CtmlError, CtmlLeaf, CtmlNode, leaves, parse_match
from trials.importers.ctml.trials import Clause, CtmlReport, CtmlTrial, Notice, Refused, read_files, read_trial

__all__ = (
    "Clause",
    "CtmlAll",
    "CtmlAny",
    "CtmlError",
    "CtmlLeaf",
    "CtmlNode",
    "CtmlReport",
    "CtmlTrial",
    "Notice",
    "Refused",
    "leaves",
    "parse_match",
    "read_files",
    "read_trial",
)
