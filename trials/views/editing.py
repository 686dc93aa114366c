"""Enter a trial, describe its draft, look at what it would fit, publish it, compare its versions."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import InvalidInput, NotAllowed, StaleVersion
from trials.forms import CohortForm, DescriptionForm, EnterTrialForm, add_refusal
from trials.models import Trial, TrialVersion
from trials.queries.editing import compare_versions, draft_page, facts_in_words, history_of
from trials.services.catalogue import publish_version
from trials.services.editing import (
    add_arm,
    begin_draft,
    describe_draft,
    discard_draft,
    enter_trial,
    may_enter_trials,
)
from trials.services.preview import preview_version
from trials.views.curation import (
    FORM_METHODS,
    UNPROCESSABLE,
    draft_of,
    draft_or_404,
    edits_of,
    stale_page,
    trial_for,
)


@login_required
@require_http_methods(FORM_METHODS)
def trial_new(request: AuthenticatedRequest) -> HttpResponse:
    """Enter a trial that the catalogue does not have."""
    if not may_enter_trials(request.user):
        raise NotAllowed(_("Coordinators enter trials."))
    form = EnterTrialForm(request.POST or None, initial={"edits": 0})
    if request.method == "POST" and form.is_valid():
        title, key = form.cleaned_data["title"], form.cleaned_data["key"]
        try:
            version = enter_trial(actor=request.user, title=title, key=key, description=form.description())
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("trials:criteria", version.trial.key, "main")
    return _form(request, "trials/new.html", form)


@login_required
@require_safe
def draft(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """The draft of a trial, or the way to begin one."""
    trial = trial_for(request, key, "edit_trial")
    found = draft_of(trial)
    if found is None:
        return render(request, "trials/no_draft.html", {"trial": trial})
    page = draft_page(request.user, trial, found)
    cohort = CohortForm(initial={"edits": found.edits})
    return render(request, "trials/draft.html", {"page": page, "cohort": cohort})


@login_required
@require_POST
def begin(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Begin the next version as a copy."""
    trial = get_object_or_404(Trial.objects.visible_to(request.user), key=key)
    begin_draft(trial=trial, actor=request.user)
    return redirect("trials:draft", key)


@login_required
@require_http_methods(FORM_METHODS)
def describe(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """What the draft says beside its criteria."""
    version = draft_or_404(request, key)
    stored = DescriptionForm.stored(version)
    form = DescriptionForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        edits = form.cleaned_data["edits"]
        try:
            describe_draft(draft=version, actor=request.user, edits=edits, description=form.description())
        except StaleVersion as refusal:
            return _stale_description(request, refusal, form, version)
        messages.success(request, _("The draft is saved."))
        return redirect("trials:draft", key)
    return _form(request, "trials/describe.html", form, trial=version.trial)


@login_required
@require_POST
def cohort_new(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Add a cohort to the draft, then open its criteria."""
    version = draft_or_404(request, key)
    form = CohortForm(request.POST)
    if not form.is_valid():
        page = draft_page(request.user, version.trial, version)
        return render(request, "trials/draft.html", {"page": page, "cohort": form}, status=UNPROCESSABLE)
    title, edits = form.cleaned_data["title"], form.cleaned_data["edits"]
    arm = add_arm(draft=version, actor=request.user, edits=edits, title=title, copy_of=request.POST.get("copy_of", ""))
    return redirect("trials:criteria", key, arm.key)


@login_required
@require_POST
def discard(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Throw the draft away."""
    trial = discard_draft(draft=draft_or_404(request, key), actor=request.user, edits=edits_of(request))
    messages.success(request, _("The draft is gone."))
    if Trial.objects.filter(pk=trial.pk).exists():
        return redirect("trials:detail", key)
    return redirect("trials:list")


@login_required
@require_POST
def publish(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Publish what a colleague wrote."""
    publish_version(version=draft_or_404(request, key), actor=request.user, edits=edits_of(request))
    messages.success(request, _("Published. Every open case is compared with it now; that takes a few seconds."))
    return redirect("trials:detail", key)


@login_required
@require_safe
def preview(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Which open cases the draft, or else the published version, would fit."""
    trial = trial_for(request, key, "edit_trial")
    if request.headers.get("Sec-Fetch-Site") == "cross-site":  # a look is counted and noted: nobody else's page asks
        return redirect("trials:detail", key)
    version = draft_of(trial) or _newest(trial)
    found = preview_version(version=version, actor=request.user)
    return render(request, "trials/preview.html", {"trial": trial, "compared": str(version), "preview": found})


@login_required
@require_safe
def history(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """All versions of a trial that the reader may see."""
    trial = get_object_or_404(Trial.objects.visible_to(request.user), key=key)
    return render(request, "trials/history.html", {"trial": trial, "versions": history_of(request.user, trial)})


@login_required
@require_safe
def compare(request: AuthenticatedRequest, key: str, before: int, after: int) -> HttpResponse:
    """Two versions side by side, criterion by criterion."""
    trial = get_object_or_404(Trial.objects.visible_to(request.user), key=key)
    comparison = compare_versions(request.user, trial, before, after)
    if comparison is None:
        raise Http404
    return render(request, "trials/compare.html", {"comparison": comparison})


@login_required
@require_safe
def facts(request: AuthenticatedRequest) -> HttpResponse:
    """What criteria can be compared with, for whoever reads or writes them."""
    return render(request, "trials/facts.html", {"facts": facts_in_words()})


def _newest(trial: Trial) -> TrialVersion:
    newest = trial.versions.order_by("-number").first()
    if newest is None:
        raise Http404
    return newest


def _form(request: AuthenticatedRequest, template: str, form: forms.Form, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=UNPROCESSABLE if form.errors else 200)


def _stale_description(
    request: AuthenticatedRequest, refusal: StaleVersion, mine: DescriptionForm, version: TrialVersion
) -> HttpResponse:
    version.refresh_from_db()
    stored = DescriptionForm.stored(version)
    rows = [(field.label, mine.cleaned_data[field.name], stored[field.name]) for field in mine.visible_fields()]
    differences = [(str(label), _text(typed), _text(saved)) for label, typed, saved in rows]
    return stale_page(request, refusal, edits=version.edits, differences=differences)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "\n".join(value) if isinstance(value, list) else str(value)
