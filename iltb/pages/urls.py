"""Addresses that need no account."""

from django.urls import path

from iltb.pages import views

app_name = "pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("families/", views.families, name="families"),
    path("doctors/", views.doctors, name="doctors"),
    path("doctors/forms/<str:file>", views.patient_form, name="patient_form"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("theme/", views.theme, name="theme"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("demo/", views.demo_people, name="demo"),
    path("demo/sign-in/", views.demo_login, name="demo_login"),
]
