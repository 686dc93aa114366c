"""The public pages; no page here needs an account and none shows a case."""

from typing import Any

from django.contrib.auth import get_user_model, login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from iltb.pages import demo, health
from iltb.pages.site import site

THEME_COOKIE = "iltb_theme"
THEME_COOKIE_AGE = 365 * 24 * 3600
"""Seconds. The cookie holds "light" or "dark" and nothing else."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the board is, for everybody."""
    return _page(request, "home")


@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """What the board means for a patient and a family."""
    return _page(request, "families")


@require_safe
def doctors(request: HttpRequest) -> HttpResponse:
    """Who may submit, how to get access, what to have ready, which forms to use."""
    return _page(request, "doctors", forms=site().forms)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data the portal holds, and which cookies it sets."""
    return _page(request, "privacy")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the portal does for people who use it in other ways, and what it does not do yet."""
    return _page(request, "accessibility")


@require_safe
def patient_form(request: HttpRequest, file: str) -> FileResponse:
    """One listed information or consent form as a download; 404 for any other name."""
    del request
    path = site().path_of(file)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers; it says nothing about anything else."""
    del request
    return JsonResponse({"status": "alive"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and broker are there; else 503 with the failed parts by name."""
    del request
    failed = health.failures()
    if failed:
        return JsonResponse({"status": "not ready", "failed": failed}, status=503)
    return JsonResponse({"status": "ready"})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie, or forget it; then back to where the person was."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("pages:home")
    response = redirect(target)
    choice = request.POST.get("theme")
    if choice in {"light", "dark"}:
        response.set_cookie(
            THEME_COOKIE,
            choice,
            max_age=THEME_COOKIE_AGE,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


@require_safe
def demo_people(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration, each with a button that signs in as them."""
    demo.require_demo()
    return render(request, "pages/demo.html", {"groups": demo.groups(), "password": demo.PASSWORD})


@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the listed people; anybody else is unknown here."""
    demo.require_demo()
    email = request.POST.get("email", "")
    if email not in demo.addresses():
        raise Http404
    person = get_object_or_404(get_user_model(), email=email, is_active=True)
    login(request, person, backend=demo.BACKEND)
    return redirect("boards:inbox")


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    content = site()
    page = {"contact": content.contact, "review": content.reviewed[name], **context}
    return render(request, f"pages/{name}.html", page)
