"""The criteria of one cohort of a draft, on one screen."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import InvalidInput, StaleVersion
from trials.curation.sheets import (
    Faulty,
    NotExpressible,
    Sheet,
    document_of,
    moved,
    next_id,
    sheet_of,
    with_copy,
    with_text,
)
from trials.curation.typed import Line, fact_name
from trials.forms import CohortForm, DocumentForm, LineForm, SheetForm, add_refusal
from trials.matching.criteria import CriterionError
from trials.matching.registry import FACTS, UNITS, FactKind
from trials.models import Arm
from trials.queries.editing import (
    ReadBack,
    document_changes,
    read_back,
    subjects_of_facts,
    words_for_criteria,
)
from trials.services.editing import remove_arm, rename_arm, write_criteria
from trials.views.curation import FORM_METHODS, UNPROCESSABLE, cohort_or_404, draft_or_404, edits_of, stale_page

_UNITS: Final = sorted({unit for units in UNITS.values() for unit in units}, key=str.casefold)


@login_required
@require_http_methods(FORM_METHODS)
def criteria(request: AuthenticatedRequest, key: str, arm_key: str) -> HttpResponse:
    """Show the criteria as rows with what the engine reads in them; save rows, a document, or the cohort's title."""
    draft = draft_or_404(request, key)
    arm = cohort_or_404(request, draft, arm_key)
    if request.method != "POST":
        return _show(request, arm)
    if "document" in request.POST:
        return _save_document(request, arm)
    if "title" in request.POST:
        return _rename(request, arm)
    if "remove_cohort" in request.POST:
        remove_arm(arm=arm, actor=request.user, edits=edits_of(request))
        return redirect("trials:draft", key)
    return _save_sheet(request, arm)


def _save_sheet(request: AuthenticatedRequest, arm: Arm) -> HttpResponse:
    typed, words = SheetForm(request.POST), words_for_criteria()
    if not typed.all_valid():
        return _show(request, arm, sheet=typed)
    sheet, place = _changed(request, typed, typed.sheet())
    edits = typed.cleaned_data["edits"]
    if "blank" in request.POST:
        return _show(request, arm, sheet=SheetForm.showing(sheet, edits))
    try:
        document = document_of(sheet, words)
    except Faulty as fault:
        shown = SheetForm.showing(sheet, edits)
        shown.all_valid()
        shown.show_problems(fault)
        return _show(request, arm, sheet=shown)
    return _write(request, arm, edits, document, place)


def _changed(request: AuthenticatedRequest, typed: SheetForm, sheet: Sheet) -> tuple[Sheet, str]:
    """Do what a button asked for: the lines of a text, a second line for a sentence, an empty line, another place.

    Also returns where on the page to go on, empty for its top.
    """
    if "split" in request.POST:
        return with_text(sheet, typed.cleaned_data["protocol"]), ""
    if "blank" in request.POST:
        number = next_id((line.id for line in sheet.lines), "inclusion")
        return Sheet((*sheet.lines, Line(number, "")), sheet.groups), ""
    deed = next((deed for deed in ("copy", "up", "down") if request.POST.get(deed)), "")
    wanted = request.POST.get(deed, "")
    index = next((index for index, line in enumerate(sheet.lines) if line.id == wanted), None)
    if not wanted or index is None:
        return sheet, ""
    if deed == "copy":
        sheet = with_copy(sheet, index)
        added = sheet.lines[index + 1].id
        return sheet, f"?{urlencode({'open': added})}#line-{index + 1}"
    sheet = moved(sheet, index, up=deed == "up")
    return sheet, f"#line-{[line.id for line in sheet.lines].index(wanted)}"


def _save_document(request: AuthenticatedRequest, arm: Arm) -> HttpResponse:
    form = DocumentForm(request.POST)
    if not form.is_valid():
        return _show(request, arm, json=form)
    try:
        return _write(request, arm, form.cleaned_data["edits"], form.cleaned_data["document"])
    except InvalidInput as refusal:
        add_refusal(form, refusal)
        return _show(request, arm, json=form)


def _write(
    request: AuthenticatedRequest, arm: Arm, edits: int, document: Mapping[str, Any], place: str = ""
) -> HttpResponse:
    try:
        write_criteria(arm=arm, actor=request.user, edits=edits, document=document)
    except StaleVersion as refusal:
        arm.refresh_from_db()
        changes = document_changes(arm.criteria, document)
        return stale_page(request, refusal, edits=arm.version.edits, changes=changes)
    messages.success(request, _("Saved. Check below each line what the portal reads in it."))
    return redirect(reverse("trials:criteria", args=[arm.version.trial.key, arm.key]) + place)


def _rename(request: AuthenticatedRequest, arm: Arm) -> HttpResponse:
    form = CohortForm(request.POST)
    if not form.is_valid():
        return _show(request, arm, cohort=form)
    rename_arm(arm=arm, actor=request.user, edits=form.cleaned_data["edits"], title=form.cleaned_data["title"])
    return redirect("trials:criteria", arm.version.trial.key, arm.key)


def _show(
    request: AuthenticatedRequest,
    arm: Arm,
    *,
    sheet: SheetForm | None = None,
    json: DocumentForm | None = None,
    cohort: CohortForm | None = None,
) -> HttpResponse:
    """Show the page with what is stored, or with one part of it as typed."""
    edits, problem, is_typed = arm.version.edits, "", sheet is not None
    found, unread = _read_back(arm)
    faulty = any(form is not None and _faults(form) for form in (sheet, json, cohort))
    if sheet is None:
        try:
            sheet = SheetForm.showing(sheet_of(arm.criteria, words_for_criteria()), edits)
        except (NotExpressible, AttributeError, KeyError, TypeError) as error:
            problem = str(error) if isinstance(error, NotExpressible) else _("The stored criteria cannot be read.")
    context = {
        "arm": arm,
        "trial": arm.version.trial,
        "sheet": sheet,
        "lines": [
            (line, "" if is_typed else found.sentences.get(line.number, ""), _is_open(request, line))
            for line in (sheet.lines if sheet else ())
        ],
        "groups": () if is_typed else found.groups,
        "is_typed": is_typed,
        "unread": unread,
        "problem": problem,
        "json": json or DocumentForm(initial=DocumentForm.stored(arm.criteria, edits)),
        "cohort": cohort or CohortForm(initial={"title": arm.title, "edits": edits}),
        "suggestions": suggestions(get_language()) if sheet else "",
    }
    return render(request, "trials/criteria.html", context, status=UNPROCESSABLE if faulty else 200)


def _is_open(request: AuthenticatedRequest, line: LineForm) -> bool:
    """Whether the controls of a line are unfolded: of a new one, and of the one that the address names."""
    return not line.sentence or line.number == request.GET.get("open")


def _faults(form: SheetForm | DocumentForm | CohortForm) -> bool:
    return bool(form.faults) if isinstance(form, SheetForm) else bool(form.errors)


@cache
def suggestions(language: str) -> SafeString:
    """Return what the boxes suggest, drawn once in each language: facts, subjects and units come with the program."""
    with override(language):
        names = [(fact_name(spec), _(spec.question)) for spec in FACTS.values() if spec.kind is not FactKind.UNREAD]
        context = {"names": names, "subjects": subjects_of_facts(), "units": _UNITS}
        return render_to_string("trials/_suggestions.html", context)


def _read_back(arm: Arm) -> tuple[ReadBack, str]:
    """Return what the engine reads in each line and group, or why it cannot read the stored criteria."""
    try:
        return read_back(arm.criteria), ""
    except CriterionError as error:
        return ReadBack({}, ()), str(error) if arm.criteria else ""
