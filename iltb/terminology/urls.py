"""Addresses of the vocabularies."""

from typing import Final

from django.urls import path

from iltb.terminology import views

app_name: Final = "terminology"

urlpatterns: Final = [
    path("search", views.options, name="search"),
    path("<slug:system>/search", views.options, name="search"),
]
