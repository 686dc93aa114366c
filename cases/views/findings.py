"""Specimens and what was found on them."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.completeness import Section
from cases.forms.findings import TABLES
from cases.forms.specimen import SpecimenForms
from cases.models import Case, NegativeFinding, Specimen
from cases.queries.specimens import specimens_page
from cases.services.drafting import remove_specimen, save_specimen
from cases.views.common import editable_case, hub_url, is_typed, part_case, version_of
from cases.views.drafting import next_url
from cases.views.editing import EditPage, show
from cases.views.kept import render_form, signed_in, user_of
from iltb.core.errors import NotFound

_RESULTS: Final = ("variants", "fusions", "antigens", "absences", "karyotype", "copy_numbers", "assays")


@signed_in
@require_safe
def findings(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list of specimens with what stands on each."""
    case = part_case(request, code, Section.FINDINGS)
    page = specimens_page(
        case,
        _specimens(case),
        next_url=next_url(case, Section.FINDINGS),
        back_url=hub_url(case),
        is_typed=is_typed(case),
    )
    return render(request, "cases/findings.html", {"page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def specimen(request: HttpRequest, code: str, key: UUID | None = None) -> HttpResponseBase:
    """One specimen, new without ``key``, with everything on it."""
    case = part_case(request, code, Section.FINDINGS)
    stored = _specimen(case, key) if key else None
    saved: list[Specimen] = []
    page = EditPage(
        case=case,
        template="cases/specimen.html",
        build=lambda of, typed: SpecimenForms(of, _again(of, case, stored), typed),
        save=lambda forms, version: saved.append(
            save_specimen(case=case, actor=user_of(request), version=version, rows=forms.rows(), key=key),
        ),
        done=lambda forms: _done(request, case, forms),
        context=lambda _forms: _around(case, stored),
        moved=None if key else lambda _forms: reverse("cases:specimen", args=[case.code, saved[0].pk]),
    )
    return show(request, page)


def _again(of: Case, case: Case, stored: Specimen | None) -> Specimen | None:
    """The stored specimen, read once more for a case that was read once more."""
    return _specimen(of, stored.pk) if stored and of is not case else stored


def _done(request: HttpRequest, case: Case, forms: SpecimenForms) -> HttpResponseBase:
    messages.success(request, _("Saved: specimen %(label)s.") % {"label": forms.label})
    return redirect(_list_url(case))


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


def _around(case: Case, stored: Specimen | None) -> dict[str, object]:
    title = _("Specimen %(label)s") % {"label": stored.label} if stored else _("New specimen")
    return {"title": title, "back_url": _list_url(case), "is_stored": bool(stored)}


def _list_url(case: Case) -> str:
    return reverse("cases:section", args=[case.code, Section.FINDINGS.value])


def _specimens(case: Case) -> QuerySet[Specimen]:
    return case.specimens.prefetch_related(*_RESULTS)


def _whole(case: Case) -> QuerySet[Specimen]:
    """Specimens with everything on them; absences and the labels of the others come as lists."""
    targets = NegativeFinding.objects.filter(specimen=OuterRef("pk")).order_by("pk").values("target")
    others = Specimen.objects.filter(case=OuterRef("case")).exclude(pk=OuterRef("pk")).values("label")
    return (
        case.specimens.select_related("karyotype", "signature")
        .prefetch_related(*TABLES)
        .annotate(targets=ArraySubquery(targets), other_labels=ArraySubquery(others))
    )


def _specimen(case: Case, key: UUID) -> Specimen:
    found = _whole(case).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found
