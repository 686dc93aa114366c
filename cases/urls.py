"""Addresses of this app. A case itself (``/cases/<code>/``) is shown by the highest app that adds to it."""

from typing import Final

from django.urls import path

from cases.views import drafting, findings, importing, questions, sharing, submission, therapy, triage

app_name: Final = "cases"

urlpatterns: Final = [
    path("new/", drafting.new, name="new"),
    path("questions/", questions.questions, name="questions"),
    path("questions/new/", questions.question, name="question_new"),
    path("questions/<uuid:key>/", questions.question, name="question"),
    path("<str:code>/edit/", drafting.edit, name="edit"),
    path("<str:code>/edit/findings/", findings.findings, name="findings"),
    path("<str:code>/edit/findings/new/", findings.specimen, name="specimen_new"),
    path("<str:code>/edit/findings/<uuid:key>/", findings.specimen, name="specimen"),
    path("<str:code>/edit/findings/<uuid:key>/remove/", findings.specimen_remove, name="specimen_remove"),
    path("<str:code>/edit/share/", sharing.share, name="share"),
    path("<str:code>/edit/transcribed/", sharing.transcribed, name="transcribed"),
    path("<str:code>/transcribe/", sharing.transcribe, name="transcribe"),
    path("<str:code>/germline/", sharing.germline, name="germline"),
    path("<str:code>/copy/", sharing.copy, name="copy"),
    path("<str:code>/edit/import/", importing.bring, name="import"),
    path("<str:code>/edit/therapy/", therapy.therapy, name="therapy"),
    path("<str:code>/edit/functional/", therapy.functional, name="functional"),
    path("<str:code>/edit/<slug:name>/", drafting.section, name="section"),
    path("<str:code>/check/", submission.check, name="check"),
    path("<str:code>/submitted/", submission.submitted, name="submitted"),
    path("<str:code>/answer/", submission.query_answer, name="query_answer"),
    path("<str:code>/withdraw/", submission.withdraw, name="withdraw"),
    path("<str:code>/triage/", triage.triage, name="triage"),
]
