"""Treatment lines."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases.completeness import Section
from cases.forms.rows import typed_with_changed_rows
from cases.forms.therapy import TherapyForms
from cases.models import Case
from cases.queries.hub import TITLES
from cases.services.drafting import save_therapy
from cases.views.common import attempt, editable_case, section_context, typed_in
from cases.views.drafting import after_save
from cases.views.kept import render_form, signed_in, user_of
from iltb.core.http import is_fragment_request


@signed_in
@require_http_methods(["GET", "POST"])
def therapy(request: HttpRequest, code: str) -> HttpResponseBase:
    """All treatment lines on one page."""
    case = editable_case(request, code)
    if "add" in request.POST or "remove" in request.POST:
        return _with_changed_rows(request, case)
    typed = typed_in(request)
    forms = TherapyForms(case, typed)
    if request.method == "POST" and forms.is_valid():
        done = attempt(
            request,
            case,
            forms,
            lambda version: save_therapy(
                case=case,
                actor=user_of(request),
                version=version,
                lines=forms.rows(),
                none_yet=forms.none_yet.cleaned_data["none_yet"],
            ),
            TherapyForms,
        )
        if done.is_done:
            return after_save(request, case, Section.THERAPY)
        if done.stale:
            return done.stale
    if request.method == "GET" and typed is not None:
        forms.as_typed()
    context = section_context(request, case, typed) | _page(forms)
    return render_form(request, "cases/therapy.html", context, status=422 if request.method == "POST" else 200)


def _with_changed_rows(request: HttpRequest, case: Case) -> HttpResponseBase:
    """The same page with one line more or less and everything typed; htmx gets the lines alone."""
    add, remove = request.POST.get("add", ""), request.POST.get("remove", "")
    typed = typed_with_changed_rows(request.POST, add, remove)
    forms = TherapyForms(case, typed)
    forms.as_typed()
    forms.lines.focus_after_change(added=bool(add))
    if is_fragment_request(request):
        return render(request, "cases/_rows.html", {"rows": forms.lines})
    return render_form(request, "cases/therapy.html", section_context(request, case, typed) | _page(forms))


def _page(forms: TherapyForms) -> dict[str, object]:
    return {"title": TITLES[Section.THERAPY], "forms": forms, "form": forms.group}
