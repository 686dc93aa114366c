"""A trial as a file for other systems, with what the file cannot say."""

from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iltb.accounts.requests import AuthenticatedRequest
from iltb.audit.services import record_opening
from iltb.core.errors import Conflict
from trials.exporters.versions import LAYOUTS, Export, NotWritable
from trials.models import TrialVersion
from trials.services.recruitment import shown_version
from trials.views.curation import trial_for


@login_required
@require_safe
def export(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Both formats with what each of them loses."""
    version = _version_for(request, key)
    rows = [(layout, *_tried(layout, version)) for layout in LAYOUTS]
    return render(request, "trials/export.html", {"trial": version.trial, "written": str(version), "rows": rows})


@login_required
@require_safe
def export_file(request: AuthenticatedRequest, key: str, layout: str) -> HttpResponse:
    """The file itself."""
    version = _version_for(request, key)
    if layout not in LAYOUTS:
        raise Http404
    found, problem = _tried(layout, version)
    if found is None:
        raise Conflict(problem)
    record_opening("trial.exported", subject=version.trial, actor=request.user)
    response = HttpResponse(found.text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


def _version_for(request: AuthenticatedRequest, key: str) -> TrialVersion:
    """The published version, else the draft: what the trial's page calls the trial."""
    trial = trial_for(request, key, "edit_trial")
    version = shown_version(trial)
    if version is None:
        raise Http404
    version.trial = trial
    prefetch_related_objects([version], "arms", "trial__sites", "trial__identifiers")
    return version


def _tried(layout: str, version: TrialVersion) -> tuple[Export | None, str]:
    try:
        return LAYOUTS[layout](version), ""
    except NotWritable as error:
        return None, str(error)
