"""How every page of the dossier is opened, saved, saved by itself while one types, and given more rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render

from cases.forms.page import PageForms
from cases.forms.rows import typed_with_changed_rows
from cases.models import Case
from cases.services.contents import standing_content
from cases.views.common import attempt, section_context, stale_note, typed_in, version_of
from cases.views.kept import note_for, render_form
from iltb.core.errors import InvalidInput, NotFound, StaleVersion
from iltb.core.http import is_fragment_request

Forms = TypeVar("Forms", bound=PageForms)


@dataclass(frozen=True)
class EditPage(Generic[Forms]):
    """One page: how its forms are built from a case and what was typed, how they are saved, and what comes then.

    ``save`` takes the forms and the version; ``done`` answers after a save by the button; ``moved`` is the address of a
    page that had none before it was saved.
    """

    case: Case
    template: str
    build: Callable[[Case, QueryDict | None], Forms]
    save: Callable[[Forms, int], object]
    done: Callable[[Forms], HttpResponseBase]
    context: Callable[[Forms], Mapping[str, Any]]
    moved: Callable[[Forms], str] | None = None


def show(request: HttpRequest, page: EditPage[Forms]) -> HttpResponseBase:
    """Answer a request to a page of the dossier."""
    if "add" in request.POST or "remove" in request.POST:
        return _with_changed_rows(request, page)
    if "autosave" in request.POST:
        return _autosave(request, page)
    typed = typed_in(request)
    forms = page.build(page.case, typed)
    if request.method == "POST" and forms.is_valid():
        done = attempt(
            request,
            page.case,
            forms,
            lambda version: page.save(forms, version),
            lambda fresh: page.build(fresh, None),
        )
        if done.is_done:
            standing_content(Case.objects.get(pk=page.case.pk))  # the pages that follow read it
            return page.done(forms)
        if done.stale:
            return done.stale
    if request.method == "GET" and typed is not None:
        forms.as_typed()
    return _page(request, page, forms, typed, status=422 if request.method == "POST" else 200)


def _page(
    request: HttpRequest,
    page: EditPage[Forms],
    forms: Forms,
    typed: QueryDict | None,
    status: int = 200,
) -> HttpResponseBase:
    context = section_context(request, page.case, typed) | dict(page.context(forms))
    return render_form(request, page.template, context | {"forms": forms, "form": forms.group}, status=status)


def _with_changed_rows(request: HttpRequest, page: EditPage[Forms]) -> HttpResponseBase:
    """The same page with one row more or less and everything typed; htmx gets the rows of that kind alone."""
    add, remove = request.POST.get("add", ""), request.POST.get("remove", "")
    typed = typed_with_changed_rows(request.POST, add, remove)
    forms = page.build(page.case, typed)
    forms.as_typed()
    table = forms.table(add or remove.rpartition("-")[0])
    if table is None:
        raise NotFound
    table.focus_after_change(added=bool(add))
    if is_fragment_request(request):
        return render(request, "cases/_rows.html", {"rows": table})
    return _page(request, page, forms, typed)


def _autosave(request: HttpRequest, page: EditPage[Forms]) -> HttpResponseBase:
    """Save what can be saved; what cannot keeps its stored answer and is said.

    Answers 200 when everything is saved, 422 when something is not, 409 with both texts when somebody else was faster.
    """
    forms, case = page.build(page.case, request.POST), page.case
    version, faults = version_of(request), []
    is_saved = False
    for _round in range(2):  # what the service refuses is left out in the second
        if not forms.is_valid():
            faults += forms.fall_back()
        if not forms.is_savable or not forms.has_news():
            break
        try:
            page.save(forms, version)
        except InvalidInput as refusal:
            forms.show_refusal(refusal)
            faults += forms.fall_back()
        except StaleVersion as refusal:
            mine = page.build(case, request.POST)
            return stale_note(request, case, refusal, mine, lambda fresh: page.build(fresh, None))
        else:
            is_saved, version = True, case.version
            break
    moved = page.moved(forms) if is_saved and page.moved else ""
    context = {
        "case_version": version,
        "saved_at": case.edited_at,
        "is_saved": is_saved or case.version > 1,
        "faults": list(dict.fromkeys(faults)),
        "made_for": note_for(request, moved) if moved else "",
    }
    response = render(request, "cases/_autosaved.html", context, status=422 if faults else 200)
    if moved:
        response["HX-Replace-Url"] = moved
    return response
