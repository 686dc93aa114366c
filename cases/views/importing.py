"""Bring findings from a paste or a file: read, look, choose. Nothing is stored before somebody chose."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cases.completeness import Section
from cases.forms.importing import NEW, BringForm, PlaceForm
from cases.importers import files, paste
from cases.importers.preview import Preview, Refused, UnreadableFile
from cases.models import Case
from cases.proposals import Proposal
from cases.queries.importing import MOST_SHOWN, field_choices, left_as_it_stands, understood
from cases.services.importing import Import, standing, take_findings
from cases.views.common import editable_case, section_context, typed_in, version_of
from cases.views.kept import render_form, signed_in, user_of
from iltb.core.errors import Conflict, InvalidInput
from iltb.core.uploads import was_too_large
from iltb.terminology.search import approved_symbol

_SALT: Final = "cases.import"
_LONGEST_LOOK: Final = 12 * 3600  # seconds


@signed_in
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, code: str) -> HttpResponseBase:
    """The page with paste box and file; with a preview once something was read."""
    case = editable_case(request, code)
    typed = typed_in(request)
    if typed is not None and "understood" in typed:
        return _choose(request, case, typed)
    form = BringForm(typed, request.FILES or None) if typed is not None else BringForm()
    preview = None
    if request.method == "POST":
        if was_too_large(request):
            form.add_error("file", _("The file is larger than 20 MB. Send only the rows that matter for this case."))
        elif form.is_valid():
            try:
                preview = _read(form, request.POST)
            except UnreadableFile as refusal:
                form.add_error("file" if form.cleaned_data.get("file") else "text", refusal.message)
    elif typed is not None:
        form.as_typed()
    place = PlaceForm(case)
    return _page(request, case, form=form, preview=preview, place=place, picked=None)


def _read(form: BringForm, typed: QueryDict) -> Preview:
    symbol, given = cache(approved_symbol), form.cleaned_data
    if given.get("file") is None:
        return paste.read_text(given["text"], symbol=symbol)
    return files.read_file(
        given["file"].read(),
        symbol=symbol,
        build=given["build"],
        sample=given["sample"],
        columns=_columns(typed),
    )


def _columns(typed: QueryDict) -> dict[str, str] | None:
    chosen = {
        name.removeprefix("column-"): str(field)
        for name, field in typed.items()
        if name.startswith("column-") and field != "guess"
    }
    return chosen or None


def _choose(request: HttpRequest, case: Case, typed: QueryDict) -> HttpResponseBase:
    """Take what was chosen of a preview, or show the preview again with what is missing."""
    preview = _opened(typed.get("understood", ""), case, request)
    picked = {int(number) for number in typed.getlist("pick") if number.isdecimal() and len(number) < 6}
    place = PlaceForm(case, typed)
    if request.method == "POST" and place.is_valid():
        chosen = [proposal for number, proposal in enumerate(preview.proposals) if number in picked]
        key = place.cleaned_data["specimen"]
        try:
            done = take_findings(
                case=case,
                actor=user_of(request),
                version=version_of(request),
                proposals=chosen,
                specimen=None if key == NEW else key,
                new_specimen=place.new_specimen(),
            )
        except InvalidInput as refusal:
            place.show_refusal(refusal)
        else:
            _tell(request, done)
            return redirect(reverse("cases:section", args=[case.code, Section.FINDINGS.value]))
    if request.method != "POST":
        place.as_typed()
    return _page(request, case, form=BringForm(), preview=preview, place=place, picked=picked)


def _tell(request: HttpRequest, done: Import) -> None:
    added = ngettext("%(count)s finding was added", "%(count)s findings were added", done.added) % {"count": done.added}
    text = _("%(added)s to %(specimens)s.") % {"added": added, "specimens": ", ".join(done.labels)}
    differing = list(filter(None, map(left_as_it_stands, done.standing)))
    if known := len(done.standing) - len(differing):
        again = ngettext(
            "%(count)s stood there already and says the same.",
            "%(count)s stood there already and say the same.",
            known,
        )
        text = f"{text} {again % {'count': known}}"
    messages.success(request, text)
    for difference in differing:
        messages.warning(request, _("Left as it stands. %(difference)s") % {"difference": difference})
    for reason in done.refused:
        messages.warning(request, _("Not added. %(reason)s") % {"reason": reason})


def _page(  # noqa: PLR0913 -- one keyword for each part of the page
    request: HttpRequest,
    case: Case,
    *,
    form: BringForm,
    preview: Preview | None,
    place: PlaceForm,
    picked: set[int] | None,
) -> HttpResponse:
    page = understood(preview, standing(case, preview.proposals[:MOST_SHOWN])) if preview else None
    faulty = place if page else form
    context = section_context(request, case, None) | {
        "form": form,
        "place": place,
        "faulty": faulty,
        "page": page,
        "picked": {found.number for found in page.found if not found.to_type} if page and picked is None else picked,
        "understood": _sealed(preview, case, request) if preview else "",
        "columns": [column for column in preview.columns if column.field or column.header] if preview else [],
        "field_choices": field_choices() if preview and preview.columns else [],
        "case_version": (request.POST.get("version") or case.version) if request.method == "POST" else case.version,
    }
    failed = request.method == "POST" and bool(faulty.errors)
    return render_form(request, "cases/import.html", context, status=422 if failed else 200)


def _sealed(preview: Preview, case: Case, request: HttpRequest) -> str:
    """The preview in the hands of the person who looks at it, until it is chosen from; for this person and case."""
    content = {
        "for": [str(user_of(request).pk), case.code],
        "source": preview.source,
        "proposals": [_plain(asdict(proposal)) for proposal in preview.proposals[:MOST_SHOWN]],
        "refused": [asdict(refused) for refused in preview.refused[:MOST_SHOWN]],
        "notes": preview.notes,
    }
    return signing.dumps(content, salt=_SALT, compress=True)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: str(value) if isinstance(value, Decimal) else value for name, value in row["values"].items()}
    return {**row, "values": values}


def _opened(sealed: str, case: Case, request: HttpRequest) -> Preview:
    try:
        content = signing.loads(sealed, salt=_SALT, max_age=_LONGEST_LOOK)
    except signing.BadSignature as error:
        raise Conflict(_("This preview is too old or incomplete. Read the paste or the file again.")) from error
    if content["for"] != [str(user_of(request).pk), case.code]:
        raise Conflict(_("This preview belongs to another case. Read the paste or the file again."))
    return Preview(
        source=content["source"],
        proposals=[Proposal(**row) for row in content["proposals"]],
        refused=[Refused(**row) for row in content["refused"]],
        notes=content["notes"],
    )
