"""Treatment already given; germline and drug response."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from cases.completeness import Section
from cases.forms.functional import FunctionalForms
from cases.forms.therapy import TherapyForms
from cases.models import Case
from cases.queries.hub import TITLES
from cases.services.drafting import save_ex_vivo, save_therapy
from cases.views.common import part_case
from cases.views.drafting import after_save
from cases.views.editing import EditPage, show
from cases.views.kept import signed_in, user_of
from iltb.accounts.models import User


@signed_in
@require_http_methods(["GET", "POST"])
def therapy(request: HttpRequest, code: str) -> HttpResponseBase:
    """Lines, transplants, cell therapies and what they left behind."""
    case = part_case(request, code, Section.THERAPY)
    page = EditPage(
        case=case,
        template="cases/therapy.html",
        build=TherapyForms,
        save=lambda forms, version: _save_therapy(case, user_of(request), forms, version),
        done=lambda _forms: after_save(request, case, Section.THERAPY),
        context=lambda _forms: {"title": TITLES[Section.THERAPY]},
    )
    return show(request, page)


def _save_therapy(case: Case, actor: User, forms: TherapyForms, version: int) -> None:
    save_therapy(
        case=case,
        actor=actor,
        version=version,
        lines=forms.line_rows(),
        none_yet=bool(forms.none_yet.cleaned_data["none_yet"]),
        blocks=forms.exposure.values(),
        rows=forms.other_rows(),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def functional(request: HttpRequest, code: str) -> HttpResponseBase:
    """Germline testing and drug response outside the body."""
    case = part_case(request, code, Section.FUNCTIONAL)
    page = EditPage(
        case=case,
        template="cases/functional.html",
        build=FunctionalForms,
        save=lambda forms, version: _save_functional(case, user_of(request), forms, version),
        done=lambda _forms: after_save(request, case, Section.FUNCTIONAL),
        context=lambda _forms: {"title": TITLES[Section.FUNCTIONAL]},
    )
    return show(request, page)


def _save_functional(case: Case, actor: User, forms: FunctionalForms, version: int) -> None:
    save_ex_vivo(
        case=case,
        actor=actor,
        version=version,
        panels=forms.panel_rows(),
        blocks=forms.germline.values(),
        rows=forms.other_rows(),
    )
