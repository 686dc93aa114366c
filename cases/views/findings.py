"""Specimens and what was found on them."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.completeness import Section
from cases.forms.rows import typed_with_changed_rows
from cases.forms.specimen import SpecimenForms
from cases.models import Case, Specimen
from cases.queries.specimens import specimens_page
from cases.services.drafting import remove_specimen, save_specimen
from cases.views.common import attempt, editable_case, section_context, typed_in, version_of
from cases.views.drafting import next_url
from cases.views.kept import render_form, signed_in, user_of
from iltb.core.errors import NotFound
from iltb.core.http import is_fragment_request

_RESULTS = ("assays", "variants", "fusions", "antigens", "absences")


@signed_in
@require_safe
def findings(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list of specimens with what stands on each."""
    case = editable_case(request, code)
    page = specimens_page(case, _specimens(case), next_url=next_url(case, Section.FINDINGS))
    return render(request, "cases/findings.html", {"page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def specimen(request: HttpRequest, code: str, key: UUID | None = None) -> HttpResponseBase:
    """One specimen, new without ``key``, with everything on it."""
    case = editable_case(request, code)
    stored = _specimen(case, key) if key else None
    if "add" in request.POST or "remove" in request.POST:
        return _with_changed_rows(request, case, stored)
    typed = typed_in(request)
    forms = SpecimenForms(case, stored, typed)
    if request.method == "POST" and forms.is_valid():
        done = attempt(
            request,
            case,
            forms,
            lambda version: save_specimen(
                case=case,
                actor=user_of(request),
                version=version,
                rows=forms.rows(),
                key=key,
            ),
            lambda fresh: SpecimenForms(fresh, _specimen(fresh, key) if key else None),
        )
        if done.is_done:
            messages.success(request, _("Saved: specimen %(label)s.") % {"label": forms.label})
            return redirect(_list_url(case))
        if done.stale:
            return done.stale
    if request.method == "GET" and typed is not None:
        forms.as_typed()
    context = section_context(request, case, typed) | _page(case, stored, forms)
    return render_form(request, "cases/specimen.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def specimen_remove(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    """Ask once, then take a specimen out of the dossier; frozen revisions keep it."""
    case = editable_case(request, code)
    stored = _specimen(case, key)
    if request.method == "POST":
        remove_specimen(case=case, actor=user_of(request), version=version_of(request), key=key)
        messages.success(request, _("Removed: specimen %(label)s.") % {"label": stored.label})
        return redirect(_list_url(case))
    context = {"code": case.code, "label": str(stored), "case_version": case.version, "back_url": _list_url(case)}
    return render_form(request, "cases/specimen_remove.html", context)


def _with_changed_rows(request: HttpRequest, case: Case, stored: Specimen | None) -> HttpResponseBase:
    """The same page with one row more or less and everything typed; htmx gets the rows of that kind alone."""
    add, remove = request.POST.get("add", ""), request.POST.get("remove", "")
    typed = typed_with_changed_rows(request.POST, add, remove)
    forms = SpecimenForms(case, stored, typed)
    forms.as_typed()
    table = forms.table(add or remove.rpartition("-")[0])
    if table is None:
        raise NotFound
    table.focus_after_change(added=bool(add))
    if is_fragment_request(request):
        return render(request, "cases/_rows.html", {"rows": table})
    context = section_context(request, case, typed) | _page(case, stored, forms)
    return render_form(request, "cases/specimen.html", context)


def _page(case: Case, stored: Specimen | None, forms: SpecimenForms) -> dict[str, object]:
    title = _("Specimen %(label)s") % {"label": stored.label} if stored else _("New specimen")
    return {"title": title, "forms": forms, "form": forms.group, "back_url": _list_url(case), "is_stored": bool(stored)}


def _list_url(case: Case) -> str:
    return reverse("cases:section", args=[case.code, Section.FINDINGS.value])


def _specimens(case: Case) -> QuerySet[Specimen]:
    return case.specimens.prefetch_related(*(Prefetch(name) for name in _RESULTS))


def _specimen(case: Case, key: UUID) -> Specimen:
    found = _specimens(case).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found
