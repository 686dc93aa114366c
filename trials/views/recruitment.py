"""What one person corrects at once: recruitment, free places, contacts, register numbers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import InvalidInput, StaleVersion
from trials.forms import RecruitmentForm, add_refusal
from trials.models import Trial
from trials.queries.editing import words_for_criteria
from trials.queries.recruitment import in_words, recruitment_of_trial
from trials.services.recruitment import correct_recruitment, shown_version
from trials.views.curation import FORM_METHODS, UNPROCESSABLE, stale_page, trial_for


@login_required
@require_http_methods(FORM_METHODS)
def recruitment(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Everything about recruitment on one page, with the day on which somebody looked."""
    trial = trial_for(request, key, "confirm_trial_status")
    countries = dict(words_for_criteria().countries)
    form = _form(request, trial, countries)
    if request.method == "POST" and form.all_valid():
        edits = form.cleaned_data["edits"]
        try:
            correct_recruitment(trial=trial, actor=request.user, version=edits, correction=form.correction())
        except StaleVersion as refusal:
            return _stale(request, refusal, form, trial)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved, and in force at once."))
            return redirect("trials:detail", key)
    context = {
        "form": form,
        "trial": trial,
        "countries": countries.values(),
        "now": in_words(recruitment_of_trial(trial, today=timezone.localdate())),
    }
    return render(request, "trials/recruitment.html", context, status=UNPROCESSABLE if form.faults else 200)


def _form(request: AuthenticatedRequest, trial: Trial, countries: dict[str, str]) -> RecruitmentForm:
    version = shown_version(trial)
    arms = list(version.arms.all()) if version else []
    data = request.POST if request.method == "POST" else None
    return RecruitmentForm(data, trial=trial, arms=arms, countries=countries, today=timezone.localdate())


def _stale(request: AuthenticatedRequest, refusal: StaleVersion, mine: RecruitmentForm, trial: Trial) -> HttpResponse:
    trial.refresh_from_db()
    rows = [
        (str(field.label), _text(mine.cleaned_data[field.name]), _text(getattr(trial, field.name)))
        for field in mine.visible_fields()
    ]
    return stale_page(request, refusal, edits=trial.version, differences=rows)


def _text(value: object) -> str:
    return "" if value is None else str(value)
