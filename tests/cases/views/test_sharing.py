"""Several people at one case."""

import pytest
from django.urls import reverse

from cases.completeness import Section
from cases.models import Case
from cases.services.transcribing import note_transcription
from iltb.mail.models import OutboundMail
from tests.cases.views.page import form_of, text_of
from tests.factories.accounts import physician, sign_in
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client) -> Case:
    made = complete_case()
    sign_in(client, made.author)
    return made


def test_a_colleague_of_the_team_is_asked_by_a_mail_that_leads_to_the_case(client, case):
    colleague, url = physician(at=case.centre, name="Dr. Second"), reverse("cases:share", args=[case.code])

    page = client.post(url, {**form_of(client.get(url)), "colleague": str(colleague.pk)}, follow=True)

    assert "Dr. Second was asked by e-mail." in text_of(page)
    mail = OutboundMail.objects.get(recipient=colleague)
    assert (mail.template, mail.context["path"]) == ("colleague_asked", reverse("cases:edit", args=[case.code]))


def test_nobody_outside_the_team_can_be_asked(client, case):
    physician(at=case.centre)
    url = reverse("cases:share", args=[case.code])

    answer = client.post(url, {**form_of(client.get(url)), "colleague": str(physician().pk)})

    assert (answer.status_code, OutboundMail.objects.count()) == (404, 0)


def test_alone_in_a_team_one_reads_how_colleagues_get_access(client, case):
    assert "Nobody else of your team has an account yet." in text_of(
        client.get(reverse("cases:share", args=[case.code]))
    )


def test_asking_again_opens_a_draft_that_is_filled(client, case):
    url = reverse("cases:copy", args=[case.code])

    page = client.post(url, form_of(client.get(url)), follow=True)

    draft = Case.objects.get(parent_case=case)
    assert f"New draft {draft.code}, filled from {case.code}." in text_of(page)


def test_what_a_colleague_typed_from_a_report_is_confirmed_with_one_click(client, case):
    colleague = physician(at=case.centre)
    typed = note_transcription(case=case, actor=colleague, version=case.version, section=Section.THERAPY)
    hub = client.get(reverse("cases:edit", args=[case.code]))
    assert "typed from a report" in text_of(hub)

    client.post(reverse("cases:transcribed", args=[case.code]), {"section": "therapy", "version": typed.case.version})

    typed.refresh_from_db()
    assert typed.confirmed_by == case.author
