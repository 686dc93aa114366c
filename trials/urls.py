"""Addresses of this app."""

from django.urls import path

from trials.views import catalogue, matches

app_name = "trials"

urlpatterns = [
    path("", catalogue.trial_list, name="list"),
    path("match/<str:code>/", matches.match_list, name="matches"),
    path("match/<str:code>/release/", matches.release, name="release"),
    path("match/<str:code>/<uuid:match_id>/", matches.match_detail, name="match"),
    path("<slug:key>/", catalogue.trial_detail, name="detail"),
]
