"""Screen a submitted case: accept, ask, decline."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases.forms.base import DossierForm
from cases.forms.deeds import AcceptForm, DeclineForm, QueryForm
from cases.models import Case
from cases.queries.germline import germline_right
from cases.queries.triage import triage_page
from cases.services.triage import accept_case, decline_case, query_case
from cases.views.common import case_for, typed_in
from cases.views.kept import render_form, signed_in, user_of
from iltb.accounts.models import User
from iltb.core.errors import InvalidInput, NotFound


def _accept(case: Case, actor: User, form: DossierForm) -> None:
    accept_case(case=case, actor=actor, revision_number=form.cleaned_data["revision"])


def _ask(case: Case, actor: User, form: DossierForm) -> None:
    query_case(case=case, actor=actor, **form.cleaned_data)


def _decline(case: Case, actor: User, form: DossierForm) -> None:
    decline_case(case=case, actor=actor, **form.cleaned_data)


_DEEDS: Final = MappingProxyType[
    str, tuple[type[DossierForm], Callable[[Case, User, DossierForm], None], str | Promise]
](
    {
        "accept": (AcceptForm, _accept, _("The case is accepted; its review is open.")),
        "ask": (QueryForm, _ask, _("The question is on its way to the physician.")),
        "decline": (DeclineForm, _decline, _("The case is declared not eligible; the physician reads your note.")),
    },
)


@signed_in
@require_http_methods(["GET", "POST"])
def triage(request: HttpRequest, code: str) -> HttpResponseBase:
    """The newest revision with its checklist, and the three things that a coordinator can do."""
    case = case_for(request, code, "triage_case")
    user = user_of(request)
    typed = typed_in(request)
    deed = typed.get("deed", "") if typed is not None else ""
    forms = {name: form(typed if name == deed else None) for name, (form, _do, _said) in _DEEDS.items()}
    if request.method == "POST":
        if deed not in _DEEDS:
            raise NotFound
        _form, do, said = _DEEDS[deed]
        if forms[deed].is_valid():
            try:
                do(case, user, forms[deed])
            except InvalidInput as refusal:
                forms[deed].show_refusal(refusal)
            else:
                messages.success(request, str(said))
                return redirect("boards:case", case.code)
    elif deed in forms:
        forms[deed].as_typed()
    revision = case.revisions.order_by("-number").first()
    if revision is None:
        raise NotFound
    context = {
        "page": triage_page(
            case,
            revision,
            germline_right(case, user),
            is_own=user.pk in (case.submitted_by_id, case.author_id),
        ),
        "ask_form": forms["ask"],
        "decline_form": forms["decline"],
        "form": forms.get(deed),
        "deed": deed,
        "is_kept": request.method == "GET" and bool(deed),
    }
    return render_form(request, "cases/triage.html", context, status=422 if request.method == "POST" else 200)
