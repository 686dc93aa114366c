"""What people read in their mailbox: name, case code, action, deadline, link, and nothing about the patient."""

import re

import pytest
from django.core import mail

from boards import notices
from boards.models import FollowUp
from cases.models import CaseRevision
from iltb.mail.models import MailState, OutboundMail
from iltb.mail.services import deliver, send_mail
from iltb.mail.tasks import send
from tests.factories.accounts import person
from tests.factories.boards import advice_with_chair, open_ballot, seated_review, stored_letter
from tests.factories.cases import draft, queried_case

pytestmark = pytest.mark.django_db

TEMPLATES = (
    "case_queried",
    "colleague_asked",
    "seat_offered",
    "voting_opened",
    "advice_awaits_signature",
    "letter_ready",
    "follow_up_due",
)
CLINICAL = re.compile(
    r"leuk|lymph|cancer|tumou?r|relaps|refractor|patient's|marrow|blast|transplant|CAR-T|chemo|therap|treatment|"
    r"diagnos|trial|drug|dose|mutation|gene|diseas|died|death|advice on|palliat",
    re.IGNORECASE,
)

# Words that any mail may use; all others of the dossier must stay out.
EVERYDAY = frozenset({"first", "which", "none", "false", "true", "iltb", "asked", "after", "physician"})


@pytest.fixture
def case():
    return draft()


def sent(case, template, **changes):
    """One mail as it left."""
    given = {
        "recipient": person("Dr. Zoë O’Neill & Søn <zoe>"),
        "template": template,
        "subject": case,
        "path": f"/cases/{case.code}/",
        "deadline": "",
    }
    send_mail(**{**given, **changes})
    deliver(str(OutboundMail.objects.latest("created_at").pk))
    return mail.outbox[-1]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_subject_has_the_code_and_nothing_else(case, template):
    assert sent(case, template).subject == f"iLTB: case {case.code}"


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_body_has_name_code_and_link(case, template, settings):
    body = sent(case, template).body

    assert body.startswith("Dear Dr. Zoë O’Neill & Søn <zoe>,\n")
    assert case.code in body
    assert f"\n{settings.ILTB_BASE_URL}/cases/{case.code}/\n" in body


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_deadline_is_told_where_there_is_one(case, template):
    assert "act by" not in sent(case, template).body
    assert (
        "Please act by 3 December 2026, 12:00 UTC.\n"
        in sent(case, template, deadline="3 December 2026, 12:00 UTC").body
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_clinical_word_is_in_a_mail(case, template):
    message = sent(case, template)

    assert CLINICAL.findall(message.subject + message.body) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_mail_has_one_link_and_says_that_opening_it_changes_nothing(case, template):
    body = sent(case, template).body

    assert body.count("http") == 1
    assert "opening the link changes nothing" in body


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_mail_is_short_plain_text_that_no_mailer_has_to_wrap(case, template):
    message = sent(case, template)

    assert (message.alternatives, message.attachments) == ([], [])
    assert max(map(len, message.body.splitlines())) <= 78
    assert len(message.body.splitlines()) <= 20


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_gap_and_no_template_sign_is_left_in_a_mail(case, template):
    body = sent(case, template).body

    assert not re.search(r"[{}%]|&\w+;|\n\n\n\n", body)


def words_of(content):
    """Every word of four letters or more in the values, not in the names, of a content."""
    if isinstance(content, dict):
        return words_of(list(content.values()))
    if isinstance(content, list):
        return {word for item in content for word in words_of(item)}
    return set(re.findall(r"[^\W\d_]{4,}", str(content).casefold()))


def test_nothing_that_the_dossier_states_reaches_a_mail_of_a_whole_case():
    _panel, _letter = stored_letter()
    notices.follow_up_due(follow_up=FollowUp.objects.first())
    for row in OutboundMail.objects.filter(state=MailState.PENDING):
        send(str(row.pk))

    contents = [
        {**revision.content, "case": {**revision.content["case"], "code": ""}}
        for revision in CaseRevision.objects.all()
    ]
    stated = words_of(contents) - EVERYDAY
    written = words_of([message.subject + message.body for message in mail.outbox])

    assert {row.template for row in OutboundMail.objects.all()} >= {"seat_offered", "voting_opened", "letter_ready"}
    assert stated & written == set()


def test_the_physician_is_told_of_a_question():
    queried_case()

    assert [row.template for row in OutboundMail.objects.all()] == ["case_queried"]


def test_each_expert_is_asked_and_then_told_of_the_voting():
    seated_review()

    assert OutboundMail.objects.filter(template="seat_offered").count() == 5


def test_the_voting_is_told_to_every_voter():
    open_ballot()

    assert OutboundMail.objects.filter(template="voting_opened").count() == 5


def test_the_chair_is_told_that_an_advice_waits():
    panel, _advice = advice_with_chair()

    assert OutboundMail.objects.get(template="advice_awaits_signature").recipient == panel.chair


def test_the_physician_is_told_of_the_letter_once_it_is_stored():
    panel, _letter = stored_letter()

    assert OutboundMail.objects.get(template="letter_ready").recipient == panel.physician


def test_a_mail_comes_from_the_office_and_marks_itself_as_automatic(case, settings):
    message = sent(case, "letter_ready")

    assert message.from_email == settings.ILTB_COORDINATION_EMAIL
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_same_row_is_not_sent_twice(case):
    sent(case, "letter_ready")
    send(str(OutboundMail.objects.get().pk))

    assert (len(mail.outbox), OutboundMail.objects.get().state) == (1, MailState.DONE)
