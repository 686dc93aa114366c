import hashlib
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from boards.enums import AdviceState, FollowUpState
from boards.models import Advice, AdviceOption, FollowUp, Letter, SignedAdvice
from boards.services.advising import (
    draft_advice,
    edit_advice,
    hand_to_chair,
    open_letter,
    render_letter,
    return_to_draft,
    sign_advice,
)
from cases.services.access import recuse
from cases.services.drafting import save_block
from cases.services.submission import withdraw_case
from cases.services.triage import query_case
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from iltb.audit.models import AuditEvent, ReadEvent
from iltb.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound, StaleVersion
from iltb.core.models import JobState
from iltb.mail.models import MailState, OutboundMail
from tests.database import refused
from tests.factories.accounts import chair, expert, physician
from tests.factories.boards import advice_with_chair, assessed_review, signed_letter, stored_letter, voted_review
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db


def sign(panel, advice, **changes):
    given = {
        "advice": advice,
        "actor": panel.chair,
        "version": advice.version,
        "authenticated_at": timezone.now(),
    }
    return sign_advice(**{**given, **changes})


def test_the_draft_takes_over_the_tally():
    panel, _ballot = voted_review(options=2)

    advice = draft_advice(review=panel.fresh(), actor=panel.coordinator)

    assert list(advice.options.values_list("outcome", "rank", "votes_for")) == [("adopted", 1, 5), ("adopted", 2, 5)]


def test_options_voted_down_stand_as_not_advised():
    panel, _ballot = voted_review(position="against")

    advice = draft_advice(review=panel.fresh(), actor=panel.coordinator)

    assert advice.options.get().outcome == AdviceOption.Outcome.NOT_ADVISED


def test_there_is_no_advice_before_the_vote():
    panel = assessed_review()

    with pytest.raises(Conflict, match="after the voting"):
        draft_advice(review=panel.review, actor=panel.coordinator)


def test_the_advice_is_drafted_once():
    panel, _ballot = voted_review()
    draft_advice(review=panel.fresh(), actor=panel.coordinator)

    with pytest.raises(Conflict, match="begun already"):
        draft_advice(review=panel.fresh(), actor=panel.coordinator)


def test_the_chair_gets_no_advice_without_summary_and_first_step():
    panel, _ballot = voted_review()
    advice = draft_advice(review=panel.fresh(), actor=panel.coordinator)

    with pytest.raises(InvalidInput) as refusal:
        hand_to_chair(advice=advice, actor=panel.coordinator)

    assert set(refusal.value.errors) == {"summary", "first_step"}


def test_an_advice_with_the_chair_is_not_edited():
    panel, advice = advice_with_chair()

    with pytest.raises(Conflict, match="with the chair"):
        edit_advice(advice=advice, actor=panel.coordinator, values={"summary": "x"}, version=advice.version)


def test_the_chair_may_give_it_back():
    panel, advice = advice_with_chair()

    assert return_to_draft(advice=advice, actor=panel.chair).state == AdviceState.DRAFTING


def test_signing_freezes_the_content_and_queues_one_letter():
    panel, advice = advice_with_chair()

    signed = sign(panel, advice)

    assert Advice.objects.get().state == AdviceState.SIGNED
    assert (signed.letter.state, Letter.objects.count()) == (JobState.PENDING, 1)


@pytest.mark.parametrize("age", [None, timedelta(seconds=301)])
def test_signing_needs_a_fresh_authentication(age):
    panel, advice = advice_with_chair()

    with pytest.raises(NotAllowed, match="password again"):
        sign(panel, advice, authenticated_at=None if age is None else timezone.now() - age)

    assert SignedAdvice.objects.count() == 0


def test_signing_what_was_changed_meanwhile_is_refused():
    panel, advice = advice_with_chair()

    with pytest.raises(StaleVersion):
        sign(panel, advice, version=advice.version - 1)


def test_only_the_chair_signs():
    panel, advice = advice_with_chair()

    with pytest.raises(NotAllowed):
        sign(panel, advice, actor=panel.coordinator)
    with pytest.raises(NotFound):
        sign(panel, advice, actor=expert())


def test_a_chair_of_the_submitting_hospital_does_not_sign():
    panel, advice = advice_with_chair()
    give_role(user=panel.chair, role=Role.EXPERT, centre=panel.case.centre)

    with pytest.raises(NotAllowed, match="submitting hospital"):
        sign(panel, advice)


@pytest.mark.django_db(transaction=True)
def test_ten_signatures_at_once_are_one():
    panel, advice = advice_with_chair()
    outcomes, start = [], threading.Barrier(10)

    def attempt():
        start.wait()
        try:
            sign(panel, advice)
            outcomes.append("signed")
        except DomainError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused"] * 9 + ["signed"]
    assert (SignedAdvice.objects.count(), Letter.objects.count()) == (1, 1)


def test_the_letter_is_made_stored_and_announced():
    panel, letter = stored_letter()

    assert (letter.state, Advice.objects.get().state) == (JobState.DONE, AdviceState.SENT)
    assert OutboundMail.objects.filter(recipient=panel.physician, template="letter_ready").count() == 1


def test_a_letter_delivered_twice_is_made_once():
    _panel, letter = stored_letter()

    render_letter(str(letter.pk))

    assert Letter.objects.get().attempts == 1
    assert OutboundMail.objects.filter(template="letter_ready").count() == 1


def test_the_physician_downloads_what_was_stored_and_it_is_noted():
    panel, letter = stored_letter()

    content = open_letter(letter=letter, actor=panel.physician)

    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == letter.sha256
    assert ReadEvent.objects.get(verb="letter.downloaded").actor_key == str(panel.physician.pk)


def test_another_physician_gets_no_letter():
    _panel, letter = stored_letter()

    with pytest.raises(NotFound):
        open_letter(letter=letter, actor=physician())


def test_a_damaged_file_is_not_handed_out(settings):
    panel, letter = stored_letter()
    file = settings.MEDIA_ROOT / letter.path
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b" ")

    with pytest.raises(DomainError):
        open_letter(letter=letter, actor=panel.physician)


def test_follow_ups_are_scheduled_as_the_board_says():
    panel, _letter = signed_letter()

    assert list(FollowUp.objects.values_list("interval_days", flat=True)) == panel.review.board.follow_up_days


def test_without_consent_to_follow_up_nobody_asks():
    case = complete_case()
    save_block(
        case=case,
        actor=case.author,
        version=case.version,
        block="consent",
        values={"registry_follow_up": False},
    )
    from boards.services import advising
    from cases.services.freezing import content_of, freeze

    panel, advice = advice_with_chair()
    panel.review.revision = freeze(case=case, content=content_of(case), author=case.author)
    panel.review.save()

    advising.sign_advice(
        advice=advice,
        actor=panel.chair,
        version=advice.version,
        authenticated_at=timezone.now(),
    )

    assert FollowUp.objects.count() == 0


def test_withdrawing_cancels_follow_ups_and_mails():
    panel, _letter = signed_letter()

    withdraw_case(case=panel.case, actor=panel.physician, reason="died")

    assert set(FollowUp.objects.values_list("state", flat=True)) == {FollowUpState.CANCELLED}
    assert set(OutboundMail.objects.values_list("state", flat=True)) == {MailState.CANCELLED}


FORBIDDEN = [
    "UPDATE boards_signedadvice SET content = '{}'",
    "DELETE FROM boards_signedadvice",
    "UPDATE boards_advice SET summary = 'other'",
    "UPDATE boards_advice SET state = 'drafting'",
    "UPDATE boards_letter SET sha256 = ''",
    "DELETE FROM boards_letter",
]


def test_the_database_refuses_to_change_what_is_signed():
    stored_letter()

    assert [statement for statement in FORBIDDEN if not refused(statement)] == []


def test_nothing_is_signed_about_a_withdrawn_case():
    panel, advice = advice_with_chair()
    withdraw_case(case=panel.case, actor=panel.physician)

    with pytest.raises(Conflict, match="over"):
        sign(panel, advice)


def test_a_chair_on_the_panel_does_not_sign_its_advice():
    panel, advice = advice_with_chair()
    member = panel.experts[0]
    give_role(user=member, role=Role.CHAIR)

    with pytest.raises(NotAllowed, match="on the panel"):
        sign(panel, advice, actor=member)


def test_a_chair_who_is_barred_from_a_case_is_not_asked_to_sign_it():
    panel, _ballot = voted_review()
    barred = chair()
    recuse(case=panel.case, user=barred, actor=panel.coordinator)

    advice = draft_advice(review=panel.fresh(), actor=panel.coordinator)
    texts = {"summary": "Ruxolitinib-based bridge.", "first_step": "Call the trial office."}
    advice = edit_advice(advice=advice, actor=panel.coordinator, values=texts, version=advice.version)
    hand_to_chair(advice=advice, actor=panel.coordinator)

    asked = OutboundMail.objects.filter(template="advice_awaits_signature").values_list("recipient", flat=True)
    assert list(asked) == [panel.chair.pk]


def test_mails_and_queries_that_a_withdrawal_ends_stand_in_the_trail():
    panel, _ballot = voted_review()
    query_case(case=panel.case, actor=panel.coordinator, text="Is the CSF flow known by now?")

    withdraw_case(case=panel.case, actor=panel.physician)

    ended = AuditEvent.objects.filter(verb__in=["mail.cancelled", "query.withdrawn"])
    assert set(ended.values_list("verb", "state_after")) == {
        ("mail.cancelled", MailState.CANCELLED),
        ("query.withdrawn", "withdrawn"),
    }
