"""Begin a case and fill in its sections."""

from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.completeness import Section
from cases.forms.base import not_empty
from cases.forms.deeds import NewCaseForm
from cases.forms.section_pages import SECTION_PAGES, DiseasePage, SectionPage
from cases.models import BoardQuestion, Case
from cases.queries.hub import TITLES, hub_of, section_url
from cases.services.contents import standing_content
from cases.services.drafting import create_case, save_board_answers, save_section
from cases.services.typists import REPORT_SECTIONS
from cases.views.common import editable_case, hub_url, is_typed, part_case
from cases.views.editing import EditPage, show
from cases.views.kept import render_form, signed_in, user_of
from iltb.accounts.models import User
from iltb.core.errors import NotAllowed

_ORDER: Final = tuple(Section)


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
    return render(request, "cases/edit.html", {"hub": hub_of(case, standing_content(case), reader=user_of(request))})


@signed_in
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """One section of questions, with the rows that belong to them."""
    page_class = next((page for part, page in SECTION_PAGES.items() if part.value == name), None)
    if page_class is None:
        raise Http404
    part = page_class.form_class.section
    case = part_case(request, code, part)
    page = EditPage(
        case=case,
        template="cases/section.html",
        build=page_class,
        save=lambda forms, version: _save(case, user_of(request), forms, version),
        done=lambda _forms: _after_section(request, case, page_class),
        context=lambda _forms: {"title": TITLES[part]},
    )
    return show(request, page)


def _save(case: Case, actor: User, forms: SectionPage, version: int) -> None:
    """The section, and with it the answers to the board's own questions, or neither."""
    board = forms.board_news() if isinstance(forms, DiseasePage) else {}
    with transaction.atomic():
        if not board or forms.has_own_news():
            save_section(case=case, actor=actor, version=version, blocks=forms.blocks(), rows=forms.rows())
            version += 1
        if board:
            stored = Case.objects.filter(pk=case.pk)[0]
            asked = set(BoardQuestion.objects.asked_of(stored).values_list("key", flat=True))
            answers = {key: answer for key, answer in board.items() if key in asked}
            save_board_answers(case=case, actor=actor, version=version, answers=answers)


def _after_section(request: HttpRequest, case: Case, page_class: type[SectionPage]) -> HttpResponseBase:
    """Onwards; or once more to this page when the answers make it ask something new."""
    before, now = page_class(case).form, page_class(Case.objects.filter(pk=case.pk)[0]).form
    new = [
        name
        for name in now.fields
        if name in now.required_to_submit and name not in before.fields and not not_empty(now.initial[name])
    ]
    if new:
        messages.info(request, _("Saved. Your answers lead to one more question."))
        return redirect(section_url(case.code, now.section, new[0]))
    return after_save(request, case, now.section)


def after_save(request: HttpRequest, case: Case, part: Section) -> HttpResponseBase:
    """To the next section or back to the task list, as the button said."""
    messages.success(request, _("Saved: %(section)s.") % {"section": TITLES[part]})
    if request.POST.get("go") == "next":
        return redirect(next_url(case, part))
    return redirect(hub_url(case))


def next_url(case: Case, part: Section) -> str:
    """The section that follows, and after the last one the look over everything; the list of what can be typed."""
    order = REPORT_SECTIONS if is_typed(case) else _ORDER
    position = order.index(part) + 1
    if position < len(order):
        return section_url(case.code, order[position])
    return hub_url(case) if is_typed(case) else reverse("cases:check", args=[case.code])
