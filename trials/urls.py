"""Addresses of this app."""

from django.urls import path

from trials.views import catalogue, contacts, criteria, editing, exporting, matches, recruitment, standing

app_name = "trials"

urlpatterns = [
    path("", catalogue.trial_list, name="list"),
    path("match/changes/", standing.changes, name="changes"),
    path("match/<str:code>/", matches.match_list, name="matches"),
    path("match/<str:code>/ask/", matches.ask, name="ask"),
    path("match/<str:code>/release/", matches.release, name="release"),
    path("match/<str:code>/<uuid:match_id>/", matches.match_detail, name="match"),
    path("new/", editing.trial_new, name="new"),
    path("facts/", editing.facts, name="facts"),
    path("contact/<str:token>/", contacts.contact, name="contact"),
    path("<slug:key>/", catalogue.trial_detail, name="detail"),
    path("<slug:key>/recruitment/", recruitment.recruitment, name="recruitment"),
    path("<slug:key>/contacts/", contacts.contacts, name="contacts"),
    path("<slug:key>/contacts/<uuid:ask_id>/withdraw/", contacts.contact_withdraw, name="contact_withdraw"),
    path("<slug:key>/contacts/<uuid:ask_id>/remark/", contacts.contact_remark, name="contact_remark"),
    path("<slug:key>/export/", exporting.export, name="export"),
    path("<slug:key>/export/<str:layout>/", exporting.export_file, name="export_file"),
    path("<slug:key>/history/", editing.history, name="history"),
    path("<slug:key>/compare/<int:before>/<int:after>/", editing.compare, name="compare"),
    path("<slug:key>/preview/", editing.preview, name="preview"),
    path("<slug:key>/draft/", editing.draft, name="draft"),
    path("<slug:key>/draft/begin/", editing.begin, name="begin"),
    path("<slug:key>/draft/description/", editing.describe, name="describe"),
    path("<slug:key>/draft/cohorts/", editing.cohort_new, name="cohort_new"),
    path("<slug:key>/draft/discard/", editing.discard, name="discard"),
    path("<slug:key>/draft/publish/", editing.publish, name="publish"),
    path("<slug:key>/draft/criteria/<slug:arm_key>/", criteria.criteria, name="criteria"),
]
