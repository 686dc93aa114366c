"""Ask a trial's contact, and the page on which the contact answers without an account."""

from typing import Final
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iltb.accounts.requests import AuthenticatedRequest
from iltb.core.errors import Conflict, InvalidInput
from trials.enums import ContactAskState, FreePlaces, StillOpen
from trials.forms import add_refusal
from trials.forms.contacts import AskContactForm, ContactAnswerForm
from trials.models import ContactAsk
from trials.queries.contacts import ask_of_link, asks_of, contact_page
from trials.services.contacts import answer_ask, ask_contact, show_remark, withdraw_ask
from trials.services.recruitment import shown_version
from trials.views.curation import FORM_METHODS, UNPROCESSABLE, trial_for

_GONE: Final = 410


@login_required
@require_http_methods(FORM_METHODS)
def contacts(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Whom of the trial somebody asked, what they answered, and the form to ask one more."""
    trial = trial_for(request, key, "confirm_trial_status")
    version = shown_version(trial)
    data = request.POST if request.method == "POST" else None
    form = AskContactForm(data, arms=list(version.arms.all()) if version else [], sites=trial.sites.all())
    if form.is_valid():
        typed = form.cleaned_data
        about = {"arm_key": typed["arm"], "site": typed["site"], "name": typed["name"], "email": typed["email"]}
        try:
            ask = ask_contact(trial=trial, actor=request.user, **about)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        except Conflict as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The question is on its way to %(name)s.") % {"name": ask.contact_name})
            return redirect("trials:contacts", key)
    context = {"trial": trial, "form": form, "asks": asks_of(request.user, trial)}
    return render(request, "trials/contacts.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_required
@require_POST
def contact_withdraw(request: AuthenticatedRequest, key: str, ask_id: UUID) -> HttpResponse:
    """End a link."""
    withdraw_ask(ask=_ask_for(request, key, ask_id), actor=request.user)
    messages.success(request, _("The link is withdrawn. Whoever opens it is told so."))
    return redirect("trials:contacts", key)


@login_required
@require_POST
def contact_remark(request: AuthenticatedRequest, key: str, ask_id: UUID) -> HttpResponse:
    """Show a remark that was read to everybody who reads the trial."""
    show_remark(ask=_ask_for(request, key, ask_id), actor=request.user)
    messages.success(request, _("The remark stands on the trial's page now."))
    return redirect("trials:contacts", key)


@require_http_methods(FORM_METHODS)
def contact(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a signed link. Opening it changes nothing; an answer is taken once, and read until it lapses."""
    ask = ask_of_link(token)
    if ask is None:
        return _closed(request, _("This link is not valid. Please open it as it stands in the mail."), status=404)
    was_withdrawn = ask.state == ContactAskState.WITHDRAWN
    if was_withdrawn or ask.has_lapsed:
        return _closed(request, _withdrawn() if was_withdrawn else _lapsed(), status=_GONE)
    if ask.state == ContactAskState.ANSWERED:
        return _shown(request, ask, None, status=409 if request.method == "POST" else 200)
    if request.method != "POST":
        return _shown(request, ask, ContactAnswerForm())
    return _answered(request, ask, token)


def _withdrawn() -> str:
    return _("This link was withdrawn by the office. Nothing is needed from you.")


def _lapsed() -> str:
    return _("This link has lapsed. The office will ask you anew if it needs to.")


def _answered(request: HttpRequest, ask: ContactAsk, token: str) -> HttpResponse:
    form = ContactAnswerForm(request.POST)
    if not ratelimit.consume(request, action="trial_contact"):
        form.add_error(None, _("Too many answers came from your network just now. Please send yours in a few minutes."))
        return _shown(request, ask, form, status=429)
    if not form.is_valid():
        return _shown(request, ask, form, status=UNPROCESSABLE)
    typed = form.cleaned_data
    answer_ask(
        ask=ask,
        still_open=StillOpen(typed["still_open"]),
        free_places=FreePlaces(typed["free_places"]),
        remark=typed["remark"],
    )
    return redirect("trials:contact", token)


def _ask_for(request: AuthenticatedRequest, key: str, ask_id: UUID) -> ContactAsk:
    return get_object_or_404(ContactAsk.objects.visible_to(request.user), pk=ask_id, trial__key=key)


def _shown(request: HttpRequest, ask: ContactAsk, form: ContactAnswerForm | None, *, status: int = 200) -> HttpResponse:
    response = render(request, "trials/contact.html", {"ask": contact_page(ask), "form": form}, status=status)
    return _private(response)


def _closed(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    return _private(render(request, "trials/contact_closed.html", {"sentence": sentence}, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """No search engine lists what a link opens."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
