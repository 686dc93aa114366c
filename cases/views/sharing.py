"""Several people at one case: ask a colleague, confirm what somebody typed from a report, ask again later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.completeness import Section
from cases.queries.hub import TITLES
from cases.queries.transcribing import transcribe_page
from cases.services.access import release_germline
from cases.services.copying import copy_case
from cases.services.sharing import ask_colleague, colleagues_of
from cases.services.transcribing import confirm_transcription
from cases.services.typists import REPORT_SECTIONS, may_transcribe
from cases.views.common import TRANSCRIBE, case_for, editable_case, hub_url, version_of
from cases.views.kept import render_form, signed_in, user_of
from iltb.core.errors import Conflict


@signed_in
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, code: str) -> HttpResponseBase:
    """The colleagues of the team; one of them is asked by e-mail."""
    case, user = editable_case(request, code), user_of(request)
    colleagues = colleagues_of(case, user)
    if request.method == "POST":
        colleague = get_object_or_404(colleagues, pk=_key(request.POST.get("colleague", "")))
        typed = [section for section in Section if section.value in request.POST.getlist("typed")]
        ask_colleague(case=case, actor=user, colleague=colleague, typed=typed)
        messages.success(request, _("%(name)s was asked by e-mail.") % {"name": colleague.full_name})
        return redirect(hub_url(case))
    context = {
        "code": case.code,
        "colleagues": colleagues,
        "centre": case.centre.name,
        "sections": [(section.value, TITLES[section]) for section in Section],
        "back_url": hub_url(case),
    }
    return render_form(request, "cases/share.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, code: str) -> HttpResponseBase:
    """Begin a new question on the same patient with what stays true."""
    case = case_for(request, code, "edit_case")
    if request.method == "POST":
        draft = copy_case(source=case, actor=user_of(request))
        messages.success(request, _("New draft %(code)s, filled from %(from)s.") % {"code": draft.code, "from": code})
        return redirect(hub_url(draft))
    return render_form(request, "cases/copy.html", {"code": case.code, "back_url": hub_url(case)})


@signed_in
@require_POST
def transcribed(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say that what somebody typed from a report is right."""
    case = editable_case(request, code)
    section = Section(name) if (name := request.POST.get("section", "")) in list(Section) else Section.FINDINGS
    key = _key(request.POST.get("specimen", ""))
    specimen = get_object_or_404(case.specimens, pk=key) if key else None
    confirm_transcription(
        case=case, actor=user_of(request), version=version_of(request), section=section, specimen=specimen
    )
    messages.success(request, _("Confirmed."))
    return redirect(hub_url(case))


@signed_in
@require_safe
def transcribe(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a coordinator can type from a report, and what of it the physician has confirmed."""
    case = case_for(request, code, TRANSCRIBE)
    if not may_transcribe(case):
        raise Conflict(_("This case is over; it can no longer be changed."))
    page = transcribe_page(case, REPORT_SECTIONS, back_url=reverse("boards:case", args=[case.code]))
    return render(request, "cases/transcribe.html", {"page": page})


@signed_in
@require_POST
def germline(request: HttpRequest, code: str) -> HttpResponseBase:
    """The chair shows the germline results to the whole panel."""
    case = case_for(request, code, "release_germline")
    release_germline(case=case, actor=user_of(request))
    messages.success(request, _("The whole panel reads the germline results now."))
    return redirect("boards:case", case.code)


def _key(text: str) -> str | None:
    """A key of a row, None for what cannot be one."""
    return text if len(text) == 36 and set(text) <= set("0123456789abcdef-") else None
