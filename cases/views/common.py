"""What the views of a dossier share: which case, at which version, and what happens when somebody else was faster."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Value
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.completeness import Section
from cases.enums import CaseState
from cases.models import Case
from cases.models.case import OPEN_STATES
from cases.queries.difference import differences
from cases.services.typists import Part, may_transcribe, require_typable
from cases.views.kept import render_form, typed_before, user_of
from iltb.accounts.permissions import require
from iltb.audit.services import record_opening, record_refusal
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleVersion

TRANSCRIBE = "transcribe_case"
_BLOCKS = ("centre",)  # a page asks for its own; joining all of them costs more than it saves


def case_for(request: HttpRequest, code: str, codename: str) -> Case:
    """The case called ``code`` on which this person holds ``codename``; one query. Opening it is noted.

    Raises ``NotFound`` for a case that is unknown or not for these eyes, ``NotAllowed`` where it may only be seen.
    """
    user = user_of(request)
    granted = Case.objects.granted(user, codename).annotate(opened_with=Value(codename))
    case = granted.select_related(*_BLOCKS).filter(code=code).first()
    if case is None:
        seen = Case.objects.visible_to(user).filter(code=code).first()
        if seen is None:
            raise NotFound
        require(user, codename, seen)
        raise NotFound
    if request.method != "POST":
        record_opening("case.opened", subject=case, actor=user)
    return case


def editable_case(request: HttpRequest, code: str) -> Case:
    """A case that this person may fill in. Raises ``Conflict`` when it is over."""
    case = case_for(request, code, "edit_case")
    if case.state not in OPEN_STATES:
        raise Conflict(_("This case is over; it can no longer be changed."))
    return case


def part_case(request: HttpRequest, code: str, section: Section) -> Case:
    """A case of which this person may fill in ``section``: its own team, or a coordinator who types from a report."""
    try:
        return editable_case(request, code)
    except NotAllowed:
        case = case_for(request, code, TRANSCRIBE)
    require_typable(case, [Part(section)])
    if not may_transcribe(case):
        raise Conflict(_("This case is over; it can no longer be changed."))
    return case


def is_typed(case: Case) -> bool:
    """Whether a case from ``part_case`` was opened by a coordinator, whose every save is marked as typed."""
    return _opened_with(case) == TRANSCRIBE


def _opened_with(case: Case) -> str:
    return str(getattr(case, "opened_with", "edit_case"))


def last_number(case: Case) -> int:
    """The number of the newest revision, 0 for none."""
    return case.revisions.aggregate(last=Max("number"))["last"] or 0


def has_changed(case: Case, sha256: str) -> bool:
    """Whether ``sha256`` differs from that of the newest revision."""
    return case.revisions.order_by("-number").values_list("sha256", flat=True).first() != sha256


def has_open_query(case: Case) -> bool:
    """Whether the board waits for an answer."""
    return case.queries.open().exists()


def version_of(request: HttpRequest) -> int:
    """The version that the page was made from; raises ``Conflict`` when the request does not name one."""
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise Conflict(_("The page was incomplete. Open it again; what you had written stands below."))
    return int(version)


@dataclass(frozen=True)
class Attempt:
    """How a save went: done, or the page to show instead."""

    is_done: bool
    stale: HttpResponse | None = None


def attempt(
    request: HttpRequest,
    case: Case,
    forms: Any,
    save: Callable[[int], object],
    again: Callable[[Case], Any],
) -> Attempt:
    """Save at the version of the page.

    A refusal of the input is put into ``forms``. When somebody else saved meanwhile, ``stale`` is a page with both
    texts; ``again`` builds the same forms from what is stored now.
    """
    try:
        save(version_of(request))
    except InvalidInput as refusal:
        forms.show_refusal(refusal)
        return Attempt(is_done=False)
    except StaleVersion as refusal:
        return Attempt(is_done=False, stale=_stale_page(request, case, refusal, forms, again))
    return Attempt(is_done=True)


def _stale_page(
    request: HttpRequest,
    case: Case,
    refusal: StaleVersion,
    mine: Any,
    again: Callable[[Case], Any],
) -> HttpResponse:
    fresh, context = _both_texts(request, case, refusal, mine, again)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "version", "made_for")
        for value in values
    ]
    context |= {"code": case.code, "case_version": fresh.version, "typed": typed}
    return render_form(request, "cases/stale.html", context, status=refusal.http_status)


def stale_note(
    request: HttpRequest,
    case: Case,
    refusal: StaleVersion,
    mine: Any,
    again: Callable[[Case], Any],
) -> HttpResponse:
    """The same as a note on the page that one is typing on: what was typed stays there, nothing is overwritten."""
    fresh, context = _both_texts(request, case, refusal, mine, again)
    context["fresh_version"] = fresh.version
    return render(request, "cases/_stale.html", context, status=refusal.http_status)


def _both_texts(
    request: HttpRequest,
    case: Case,
    refusal: StaleVersion,
    mine: Any,
    again: Callable[[Case], Any],
) -> tuple[Case, dict[str, Any]]:
    record_refusal(_view_name(request), actor=request.user, status=refusal.http_status)
    fresh = Case.objects.granted(user_of(request), _opened_with(case)).select_related(*_BLOCKS).get(pk=case.pk)
    return fresh, {"message": refusal.message, "differences": differences(_pairs(mine), _pairs(again(fresh)))}


def _pairs(forms: Any) -> list[tuple[str, Any]]:
    return forms.group.pairs if hasattr(forms, "group") else [("", forms)]


def _view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def hub_url(case: Case) -> str:
    """The task list of a case; a coordinator has one of what can be typed."""
    return reverse("cases:transcribe" if is_typed(case) else "cases:edit", args=[case.code])


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What is being sent, or what was sent to this page before the session ended."""
    return request.POST if request.method == "POST" else typed_before(request)


def section_context(request: HttpRequest, case: Case, typed: QueryDict | None) -> dict[str, Any]:
    """What every section page shows around its form.

    A page that comes back with what was typed keeps the version it was first made from, or a second try would
    overwrite what somebody else saved in between.
    """
    return {
        "code": case.code,
        "case_version": case.version if typed is None else typed.get("version", ""),
        "saved_at": case.edited_at,
        "is_new": case.version == 1,
        "is_draft": case.state == CaseState.DRAFT,
        "is_kept": request.method == "GET" and typed is not None,
        "back_url": hub_url(case),
        "is_typed": is_typed(case),
    }
