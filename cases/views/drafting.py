"""Begin a case and fill in its sections."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.completeness import Section
from cases.forms.deeds import NewCaseForm
from cases.forms.sections import SECTION_FORMS
from cases.models import Case
from cases.queries.hub import TITLES, hub_of, section_url
from cases.services.drafting import create_case, save_blocks
from cases.services.freezing import content_of
from cases.views.common import attempt, editable_case, hub_url, section_context, typed_in
from cases.views.kept import render_form, signed_in, user_of
from iltb.core.errors import NotAllowed

_ORDER = list(Section)


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a draft; a physician of several teams says for which."""
    user = user_of(request)
    form = NewCaseForm(user, request.POST if request.method == "POST" else None)
    centres = list(form.centres)
    if not centres:
        raise NotAllowed(_("Only treating physicians of a centre that takes part can begin a case."))
    if request.method == "POST":
        if len(centres) == 1 or form.is_valid():
            centre = centres[0] if len(centres) == 1 else form.cleaned_data["centre"]
            return redirect(hub_url(create_case(actor=user, centre=centre)))
        return render_form(request, "cases/new.html", {"form": form, "centres": centres}, status=422)
    return render_form(request, "cases/new.html", {"form": form, "centres": centres})


@signed_in
@require_safe
def edit(request: HttpRequest, code: str) -> HttpResponseBase:
    """The task list: where everything starts and comes back to."""
    case = editable_case(request, code)
    return render(request, "cases/edit.html", {"hub": hub_of(case, content_of(case))})


@signed_in
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """One section that is a single form."""
    form_class = next((form for part, form in SECTION_FORMS.items() if part.value == name), None)
    if form_class is None:
        raise Http404
    case = editable_case(request, code)
    typed = typed_in(request)
    form = form_class(case, typed)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            case,
            form,
            lambda version: save_blocks(case=case, actor=user_of(request), version=version, blocks=form.values()),
            form_class,
        )
        if done.is_done:
            return after_save(request, case, form_class.section)
        if done.stale:
            return done.stale
    if request.method == "GET" and typed is not None:
        form.as_typed()
    context = section_context(request, case, typed)
    context |= {"title": TITLES[form_class.section], "form": form}
    return render_form(request, "cases/section.html", context, status=422 if request.method == "POST" else 200)


def after_save(request: HttpRequest, case: Case, part: Section) -> HttpResponseBase:
    """To the next section or back to the task list, as the button said."""
    messages.success(request, _("Saved: %(section)s.") % {"section": TITLES[part]})
    if request.POST.get("go") == "next":
        return redirect(next_url(case, part))
    return redirect(hub_url(case))


def next_url(case: Case, part: Section) -> str:
    """The section that follows, and after the last one the look over everything."""
    position = _ORDER.index(part) + 1
    if position < len(_ORDER):
        return section_url(case.code, _ORDER[position])
    return reverse("cases:check", args=[case.code])
