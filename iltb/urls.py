"""Every address of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("iltb.pages.urls")),
    path("cases/", include("cases.urls")),
    path("", include("boards.urls")),
    path("trials/", include("trials.urls")),
    path("terminology/", include("iltb.terminology.urls")),
    path("api/v1/", include("iltb.api")),
    path("account/", include("allauth.account.urls")),
]
