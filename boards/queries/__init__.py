"""What one page needs together, as frozen dataclasses with every "may" already answered."""

from boards.queries.advice import AdvicePage, LetterStatus, advice_for, advice_page, letter_status
from boards.queries.ballot import BallotItem, own_item
from boards.queries.cases import CaseListPage, CasePage, case_list_page, case_page
from boards.queries.changes import ChangesPage, changes_page
from boards.queries.follow_up import FollowUpPage, follow_up_page
from boards.queries.inbox import InboxPage, inbox_page
from boards.queries.meetings import MeetingPage, MeetingsPage, meeting_page, meetings_page
from boards.queries.review import ReviewPage, review_page

__all__ = (
    "AdvicePage",
    "BallotItem",
    "CaseListPage",
    "CasePage",
    "ChangesPage",
    "FollowUpPage",
    "InboxPage",
    "LetterStatus",
    "MeetingPage",
    "MeetingsPage",
    "ReviewPage",
    "advice_for",
    "advice_page",
    "case_list_page",
    "case_page",
    "changes_page",
    "follow_up_page",
    "inbox_page",
    "letter_status",
    "meeting_page",
    "meetings_page",
    "own_item",
    "review_page",
)
