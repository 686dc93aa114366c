"""What a trial's contact reads in the mailbox: which trial, until when, one link, and nothing of any case."""

import re

import pytest
from django.core import mail

from iltb.mail.models import OutboundMail
from iltb.mail.services import deliver
from tests.factories.cases import submitted_case
from tests.trials.services.test_contacts import answered, asked, loaded, place
from trials.models import Trial

pytestmark = pytest.mark.django_db
LONG = "A phase 1/2 study of one agent with another one in children and young adults with a disease that came back"


@pytest.fixture
def trial(tmp_path) -> Trial:
    return loaded(tmp_path, title=LONG)


def sent(template: str):
    deliver(str(OutboundMail.objects.get(template=template).pk))
    return mail.outbox[-1]


def test_the_contact_reads_which_trial_and_place_and_until_when(trial):
    ask = asked(trial, site=place(trial))

    body = sent("trial_contact_asked").body

    assert " ".join(f"{LONG}, The cohort, NL Utrecht".split()) in " ".join(body.split())
    assert f"Please answer by {ask.expires_at:%-d %B %Y}:" in body


def test_the_mail_has_one_link_that_changes_nothing_and_says_so(trial):
    asked(trial)

    body = sent("trial_contact_asked").body

    assert body.count("http") == 1
    assert "Opening the link changes nothing." in body


@pytest.mark.parametrize("template", ["trial_contact_asked", "trial_contact_answered"])
def test_no_case_is_named_and_no_gap_is_left(trial, template):
    case = submitted_case()
    answered(asked(trial), remark="zzremark")

    message = sent(template)

    assert case.code not in message.subject + message.body
    assert "zzremark" not in message.body
    assert not re.search(r"[{}%]|&\w+;|\n\n\n\n", message.body)


@pytest.mark.parametrize("template", ["trial_contact_asked", "trial_contact_answered"])
def test_no_mailer_has_to_wrap_more_than_the_link(trial, template):
    answered(asked(trial))

    lines = [line for line in sent(template).body.splitlines() if not line.startswith("http")]

    assert max(map(len, lines)) <= 78
