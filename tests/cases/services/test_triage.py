import pytest

from cases.enums import CaseState
from cases.models import Case, CaseRevision
from cases.services.drafting import save_block
from cases.services.submission import send_news
from cases.services.triage import accept_case, close_case, decline_case, query_case
from iltb.accounts.enums import Role
from iltb.accounts.services import give_role
from iltb.core.errors import InvalidInput, NotAllowed, NotFound, StaleVersion, TransitionNotAllowed
from iltb.mail.models import OutboundMail
from tests.factories.accounts import coordinator, expert, physician
from tests.factories.boards import board
from tests.factories.cases import accepted_case, draft, queried_case, submitted_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_board():
    return board()


def state(case):
    return Case.objects.get(pk=case.pk).state


def test_accepting_releases_the_revision_and_opens_a_review():
    case = submitted_case()

    revision = accept_case(case=case, actor=coordinator())

    assert (state(case), revision.released_at is not None) == (CaseState.ACCEPTED, True)
    assert case.reviews.get().revision == revision


def test_nobody_screens_the_case_they_submitted():
    case = submitted_case()
    give_role(user=case.author, role=Role.COORDINATOR)

    with pytest.raises(NotAllowed, match="second person"):
        accept_case(case=case, actor=case.author)


def test_asking_tells_the_physician_without_a_clinical_word():
    case = submitted_case()

    query_case(case=case, actor=coordinator(), text="Was the CD22 density measured at relapse?")

    mail = OutboundMail.objects.get(recipient=case.author)
    assert (state(case), mail.template) == (CaseState.QUERIED, "case_queried")
    assert "CD22" not in str(mail.context)


def test_an_empty_question_is_refused():
    with pytest.raises(InvalidInput):
        query_case(case=submitted_case(), actor=coordinator(), text="?")


def test_declining_needs_a_reason_and_a_note():
    case, office = submitted_case(), coordinator()

    with pytest.raises(InvalidInput):
        decline_case(case=case, actor=office, reason="because", note="A courteous note.")
    with pytest.raises(InvalidInput):
        decline_case(case=case, actor=office, reason="age", note="")

    assert state(case) == CaseState.SUBMITTED


def test_a_declined_case_is_over():
    case, office = submitted_case(), coordinator()

    decline_case(case=case, actor=office, reason="age", note="The board takes patients below 25 years.")

    assert state(case) == CaseState.NOT_ELIGIBLE
    with pytest.raises(TransitionNotAllowed):
        accept_case(case=case, actor=office)


@pytest.mark.parametrize("make", [draft, queried_case, accepted_case])
def test_only_a_submitted_case_is_accepted(make):
    with pytest.raises((TransitionNotAllowed, NotFound)):
        accept_case(case=make(), actor=coordinator())


@pytest.mark.parametrize("who", [physician, expert])
def test_others_do_not_triage(who):
    with pytest.raises(NotFound):
        accept_case(case=submitted_case(), actor=who())


def test_an_accepted_case_is_asked_again_and_its_review_moves_on():
    case, office = accepted_case(), coordinator()
    query_case(case=case, actor=office, text="Is the fusion in frame?")
    query = case.queries.get()

    from cases.services.submission import answer_query, submit_case

    answer_query(query=query, actor=case.author, answer="Yes, by RNA sequencing.")
    submit_case(case=case, actor=case.author)
    accept_case(case=case, actor=office)

    assert case.reviews.get().revision.number == 2


def test_closing_ends_the_case():
    case = accepted_case()

    close_case(case=case, actor=coordinator())

    assert state(case) == CaseState.CLOSED


def test_experts_see_only_what_is_released():
    case = submitted_case()
    reader = expert()

    assert list(CaseRevision.objects.visible_to(reader)) == []
    assert list(CaseRevision.objects.visible_to(coordinator())) == [case.revisions.get()]


def test_a_revision_that_was_not_read_is_not_released():
    case = submitted_case()
    save_block(case=case, actor=case.author, version=case.version, block="patient", values={"weight_kg": 55})
    send_news(case=case, actor=case.author)

    with pytest.raises(StaleVersion, match="revision 2"):
        accept_case(case=case, actor=coordinator(), revision_number=1)

    assert CaseRevision.objects.filter(released_at__isnull=False).count() == 0
