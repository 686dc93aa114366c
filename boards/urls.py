"""Addresses of this app; they begin at the root, since a page lives in the highest app that it shows."""

from django.urls import path, re_path

from boards.views import advice, ballot, cases, changes, follow_up, inbox, meetings, option, review

app_name = "boards"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("cases/", cases.case_list, name="cases"),
    # Spelt out, so that it leaves every other address below cases/ to the app of that name.
    re_path(r"^cases/(?P<code>ILTB-[0-9A-Z]{4}-[0-9A-Z]{3})/$", cases.case, name="case"),
    path("cases/<str:code>/changes/", changes.changes, name="changes"),
    path("letters/<uuid:pk>/", cases.letter, name="letter"),
    path("reviews/<uuid:pk>/", review.review, name="review"),
    path("reviews/<uuid:pk>/ballot/", ballot.ballot, name="ballot"),
    path("reviews/<uuid:pk>/declare/", review.declare, name="declare"),
    path("reviews/<uuid:pk>/assess/", review.assess, name="assess"),
    path("reviews/<uuid:pk>/seats/", review.seat_expert, name="seat_expert"),
    path("reviews/<uuid:pk>/schedule/", review.schedule, name="schedule"),
    path("reviews/<uuid:pk>/start/", review.start_assessing, name="start_assessing"),
    path("reviews/<uuid:pk>/open/", review.open_to_panel, name="open_to_panel"),
    path("reviews/<uuid:pk>/voting/open/", review.open_voting, name="open_voting"),
    path("reviews/<uuid:pk>/voting/close/", review.close_voting, name="close_voting"),
    path("reviews/<uuid:pk>/options/new/", option.option_new, name="option_new"),
    path("reviews/<uuid:pk>/advice/", review.draft_advice, name="draft_advice"),
    path("options/<uuid:pk>/edit/", option.option_edit, name="option_edit"),
    path("options/<uuid:pk>/vote/", ballot.vote, name="vote"),
    path("advice/<uuid:pk>/", advice.advice, name="advice"),
    path("advice/<uuid:pk>/edit/", advice.edit, name="advice_edit"),
    path("advice/<uuid:pk>/return/", advice.return_advice, name="advice_return"),
    path("advice/<uuid:pk>/sign/", advice.sign, name="sign"),
    path("advice/<uuid:pk>/letter/", advice.letter_state, name="letter_state"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/move/", meetings.meeting_move, name="meeting_move"),
    path("follow-up/<uuid:pk>/", follow_up.follow_up, name="follow_up"),
]
