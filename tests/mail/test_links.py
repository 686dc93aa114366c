"""A link to somebody without an account opens one row for one purpose, and is stored nowhere."""

import uuid

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from iltb.mail.links import key_in, signed_key
from iltb.mail.models import OutboundMail
from iltb.mail.services import deliver, send_mail_with_link
from tests.factories.accounts import centre, person

KEY = uuid.UUID("0a1b2c3d-0000-4000-8000-000000000001")
TOKEN = signed_key(KEY, purpose="trial_contact_asked")


def test_a_token_gives_back_the_key_it_was_made_of():
    assert key_in(TOKEN, purpose="trial_contact_asked") == KEY


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "x",
        KEY.hex,
        f"{KEY.hex}.",
        TOKEN[:-1],
        TOKEN.upper(),
        f"{TOKEN}x",
        TOKEN.replace("0a1b", "0a1c"),
        "ü.é",
    ],
)
def test_what_was_not_signed_here_opens_nothing(token):
    assert key_in(token, purpose="trial_contact_asked") is None


def test_a_token_for_one_purpose_opens_nothing_for_another():
    assert key_in(TOKEN, purpose="follow_up_asked") is None


def test_what_was_signed_but_is_no_key_opens_nothing():
    from iltb.mail.links import _signer

    assert key_in(_signer("a").sign("not-a-key"), purpose="a") is None


def test_a_new_secret_ends_every_link(settings):
    settings.SECRET_KEY = "another-secret-of-the-installation"

    assert key_in(TOKEN, purpose="trial_contact_asked") is None


def asked(subject):
    send_mail_with_link(
        name="Trial Office",
        address="office@trial.example",
        template="trial_contact_asked",
        subject=subject,
        path="/trials/contact/",
        deadline="6 December 2026",
    )
    return OutboundMail.objects.get()


@pytest.mark.django_db
def test_the_link_stands_in_the_mail_and_not_in_the_database(settings):
    subject = centre()
    row = asked(subject)
    deliver(str(row.pk))

    token = signed_key(subject.pk, purpose="trial_contact_asked")
    assert f"\n{settings.ILTB_BASE_URL}/trials/contact/{token}/\n" in mail.outbox[0].body
    assert token not in str(OutboundMail.objects.values().get())


@pytest.mark.django_db
def test_it_goes_to_the_address_by_name():
    deliver(str(asked(centre()).pk))

    assert mail.outbox[0].to == ["office@trial.example"]
    assert mail.outbox[0].body.startswith("Dear Trial Office,\n")


@pytest.mark.django_db
@pytest.mark.parametrize("is_member", [True, False])
def test_a_mail_goes_to_one_person_and_no_other(is_member):
    values = {"recipient": person(), "address": "office@trial.example"} if is_member else {}

    with pytest.raises(IntegrityError, match="mail_has_one_recipient"), transaction.atomic():
        OutboundMail.objects.create(template="trial_contact_asked", **values)
