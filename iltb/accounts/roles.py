"""One table: who may do what with which kind of object. ``sync_grants`` makes the database agree with it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Relation(StrEnum):
    """How somebody stands to one object."""

    CENTRE_TEAM = "centre_team"
    COORDINATOR = "coordinator"
    CHAIR = "chair"
    SEAT = "seat"
    GENETICS_SEAT = "genetics_seat"
    OBSERVER = "observer"


CODENAMES: Final[Mapping[str, Mapping[Relation, frozenset[str]]]] = {
    "cases.case": {
        Relation.CENTRE_TEAM: frozenset(
            {
                "view_case",
                "read_germline",
                "edit_case",
                "submit_case",
                "answer_query",
                "withdraw_case",
                "view_letter",
                "answer_follow_up",
            },
        ),
        Relation.COORDINATOR: frozenset(
            {
                "view_case",
                "read_germline",
                "transcribe_case",
                "triage_case",
                "query_case",
                "close_case",
                "view_matches",
                "view_letter",
                "open_review",
            },
        ),
        Relation.CHAIR: frozenset(
            {"view_case", "read_germline", "release_germline", "view_matches", "view_letter"},
        ),
        Relation.SEAT: frozenset({"view_case", "view_matches", "view_letter"}),
        Relation.GENETICS_SEAT: frozenset({"view_case", "read_germline", "view_matches", "view_letter"}),
    },
    "boards.review": {
        Relation.COORDINATOR: frozenset({"view_review", "manage_review", "propose_option", "draft_advice"}),
        Relation.CHAIR: frozenset({"view_review", "close_voting", "sign_advice"}),
        Relation.SEAT: frozenset({"view_review", "declare_interest", "assess", "propose_option", "cast_vote"}),
        Relation.OBSERVER: frozenset({"view_review", "declare_interest"}),
    },
}


def codenames(model_label: str, relation: Relation) -> frozenset[str]:
    """The codenames that ``relation`` opens on one object of ``model_label`` (``app.model``, lower case)."""
    return CODENAMES[model_label].get(relation, frozenset())
