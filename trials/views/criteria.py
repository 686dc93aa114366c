"""The criteria of one cohort of a draft, on one screen."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import InvalidInput, StaleVersion
from trials.curation.sheets import (
    Faulty,
    NotExpressible,
    Sheet,
    document_of,
    next_id,
    sheet_of,
    with_copy,
    with_text,
)
from trials.curation.typed import Line, fact_name
from trials.forms import CohortForm, DocumentForm, SheetForm, add_refusal
from trials.matching.criteria import CriterionError
from trials.matching.registry import FACTS, UNITS, FactKind
from trials.models import Arm
from trials.queries.editing import (
    document_changes,
    groups_in_words,
    read_back,
    subjects_of_facts,
    words_for_criteria,
)
from trials.services.editing import remove_arm, rename_arm, write_criteria
from trials.views.curation import FORM_METHODS, UNPROCESSABLE, draft_or_404, edits_of, stale_page

_UNITS: Final = sorted({unit for units in UNITS.values() for unit in units}, key=str.casefold)


@login_required
@require_http_methods(FORM_METHODS)
def criteria(request: AuthenticatedRequest, key: str, arm_key: str) -> HttpResponse:
    """Show the criteria as rows with what the engine reads in them; save rows, a document, or the cohort's title."""
    draft = draft_or_404(request, key)
    arm = get_object_or_404(draft.arms, key=arm_key)
    arm.version = draft
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
    before = typed.sheet()
    sheet = _enlarged(request, typed, before)
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
    return _write(request, arm, edits, document)


def _enlarged(request: AuthenticatedRequest, typed: SheetForm, sheet: Sheet) -> Sheet:
    """Add what a button asked for: the lines of a text, a second line for a sentence, an empty line."""
    if "split" in request.POST:
        return with_text(sheet, typed.cleaned_data["protocol"])
    if "blank" in request.POST:
        number = next_id((line.id for line in sheet.lines), "inclusion")
        return Sheet((*sheet.lines, Line(number, "")), sheet.groups)
    wanted = request.POST.get("copy", "")
    index = next((index for index, line in enumerate(sheet.lines) if line.id == wanted), None)
    return sheet if index is None or not wanted else with_copy(sheet, index)


def _save_document(request: AuthenticatedRequest, arm: Arm) -> HttpResponse:
    form = DocumentForm(request.POST)
    if not form.is_valid():
        return _show(request, arm, json=form)
    try:
        return _write(request, arm, form.cleaned_data["edits"], form.cleaned_data["document"])
    except InvalidInput as refusal:
        add_refusal(form, refusal)
        return _show(request, arm, json=form)


def _write(request: AuthenticatedRequest, arm: Arm, edits: int, document: Mapping[str, Any]) -> HttpResponse:
    try:
        write_criteria(arm=arm, actor=request.user, edits=edits, document=document)
    except StaleVersion as refusal:
        arm.refresh_from_db()
        changes = document_changes(arm.criteria, document)
        return stale_page(request, refusal, edits=arm.version.edits, changes=changes)
    messages.success(request, _("Saved. Check below each line what the portal reads in it."))
    return redirect("trials:criteria", arm.version.trial.key, arm.key)


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
    sentences, groups, unread = _read_back(arm)
    faulty = any(form is not None and _faults(form) for form in (sheet, json, cohort))
    if sheet is None:
        try:
            sheet = SheetForm.showing(sheet_of(arm.criteria, words_for_criteria()), edits)
        except (NotExpressible, AttributeError, KeyError, TypeError) as error:
            problem = str(error) if isinstance(error, NotExpressible) else _("The stored criteria cannot be read.")
    else:
        sentences, groups = {}, []
    context = {
        "arm": arm,
        "trial": arm.version.trial,
        "sheet": sheet,
        "lines": [(line, sentences.get(str(line["id"].value()), "")) for line in sheet.lines] if sheet else [],
        "groups": groups,
        "is_typed": is_typed,
        "unread": unread,
        "problem": problem,
        "json": json or DocumentForm(initial=DocumentForm.stored(arm.criteria, edits)),
        "cohort": cohort or CohortForm(initial={"title": arm.title, "edits": edits}),
        "names": [(fact_name(spec), _(spec.question)) for spec in FACTS.values() if spec.kind is not FactKind.UNREAD],
        "subjects": subjects_of_facts(),
        "units": _UNITS,
    }
    return render(request, "trials/criteria.html", context, status=UNPROCESSABLE if faulty else 200)


def _faults(form: SheetForm | DocumentForm | CohortForm) -> bool:
    return bool(form.faults) if isinstance(form, SheetForm) else bool(form.errors)


def _read_back(arm: Arm) -> tuple[dict[str, str], list[str], str]:
    """Return what the engine reads in each line and group, or why it cannot read the stored criteria."""
    try:
        return read_back(arm.criteria), groups_in_words(arm.criteria), ""
    except CriterionError as error:
        return {}, [], str(error) if arm.criteria else ""
