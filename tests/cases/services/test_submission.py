import pytest

from cases.enums import CaseState
from cases.models import Case, CaseRevision
from cases.services.drafting import save_block, save_therapy
from cases.services.freezing import content_of, sha256_of
from cases.services.submission import answer_query, send_news, submit_case, withdraw_case
from iltb.audit.models import AuditEvent
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from iltb.core.models import JobState
from tests.database import refused
from tests.factories.accounts import coordinator, physician
from tests.factories.cases import accepted_case, complete_case, draft, queried_case, submitted_case
from trials.models import MatchRun

pytestmark = pytest.mark.django_db


def state(case):
    return Case.objects.get(pk=case.pk).state


def test_submitting_freezes_revision_1_and_hands_over():
    case = complete_case()

    revision = submit_case(case=case, actor=case.author)

    assert (revision.number, state(case)) == (1, CaseState.SUBMITTED)
    assert revision.sha256 == sha256_of(revision.content) == sha256_of(content_of(case))


def test_submitting_asks_for_a_match_run():
    case = submitted_case()

    assert list(MatchRun.objects.values_list("revision", "state")) == [
        (case.revisions.get().pk, JobState.PENDING),
    ]


def test_an_empty_draft_is_refused_with_everything_that_is_missing():
    case = draft()

    with pytest.raises(InvalidInput) as refusal:
        submit_case(case=case, actor=case.author)

    assert {"question_text", "sex", "disease_group", "specimens", "lines", "board_discussion"} <= set(
        refusal.value.errors,
    )
    assert (state(case), case.revisions.count()) == (CaseState.DRAFT, 0)


@pytest.mark.parametrize(
    ("block", "values", "sentence"),
    [
        ("consent", {"board_discussion": False}, "Without consent"),
        ("consent", {"deidentification_confirmed": False}, "identifies the patient"),
        ("case", {"no_standard_of_care": False}, "no standard treatment is left"),
        ("status", {"relapse_number": 0}, "number of relapses is 0"),
        ("consent", {"assent": ""}, "assent"),
    ],
)
def test_what_forbids_a_submission_says_so(block, values, sentence):
    case = complete_case()
    save_block(case=case, actor=case.author, version=case.version, block=block, values=values)

    with pytest.raises(InvalidInput, match=sentence):
        submit_case(case=case, actor=case.author)


def test_no_lines_and_not_saying_so_is_refused():
    case = complete_case()
    save_therapy(case=case, actor=case.author, version=case.version, lines=[])

    with pytest.raises(InvalidInput, match="treatment lines"):
        submit_case(case=case, actor=case.author)


def test_the_same_draft_is_not_submitted_twice():
    case = submitted_case()

    with pytest.raises(TransitionNotAllowed):
        submit_case(case=case, actor=case.author)

    assert case.revisions.count() == 1


def test_a_stranger_and_a_coordinator_do_not_submit():
    case = complete_case()

    for actor in (physician(), coordinator()):
        with pytest.raises((NotFound, NotAllowed)):
            submit_case(case=case, actor=actor)

    assert state(case) == CaseState.DRAFT


FORBIDDEN = [
    "UPDATE cases_caserevision SET content = '{}'",
    "UPDATE cases_caserevision SET sha256 = ''",
    "DELETE FROM cases_caserevision",
]


def test_the_database_refuses_to_change_a_revision():
    submitted_case()

    assert [statement for statement in FORBIDDEN if not refused(statement)] == []


def test_a_question_is_answered_and_becomes_revision_2():
    case = queried_case()
    query = case.queries.get()
    with pytest.raises(Conflict, match="Answer the board's question"):
        submit_case(case=case, actor=case.author)

    answer_query(query=query, actor=case.author, answer="RNA sequencing of the relapse sample.")
    revision = submit_case(case=case, actor=case.author)

    assert (revision.number, state(case)) == (2, CaseState.SUBMITTED)


def test_an_empty_answer_is_no_answer():
    case = queried_case()

    with pytest.raises(InvalidInput):
        answer_query(query=case.queries.get(), actor=case.author, answer="  ")


def test_an_answer_is_given_once():
    case = queried_case()
    query = answer_query(query=case.queries.get(), actor=case.author, answer="By RNA sequencing.")

    with pytest.raises(TransitionNotAllowed):
        answer_query(query=query, actor=case.author, answer="Or by FISH.")


def test_news_make_the_next_revision_without_changing_the_state():
    case = accepted_case()
    save_block(case=case, actor=case.author, version=case.version, block="patient", values={"weight_kg": 55})

    revision = send_news(case=case, actor=case.author)

    assert (revision.number, state(case), revision.released_at) == (2, CaseState.ACCEPTED, None)


def test_no_news_is_no_revision():
    case = accepted_case()

    with pytest.raises(Conflict, match="Nothing has changed since revision 1"):
        send_news(case=case, actor=case.author)


def test_withdrawing_freezes_the_case():
    case = queried_case()

    withdraw_case(case=case, actor=case.author, reason="consent_withdrawn")

    assert (state(case), case.queries.open().count()) == (CaseState.WITHDRAWN, 0)
    with pytest.raises(TransitionNotAllowed):
        submit_case(case=case, actor=case.author)


def test_every_move_leaves_exactly_one_entry():
    case = queried_case()

    verbs = AuditEvent.objects.filter(subject_key=str(case.pk)).exclude(state_after="").order_by("pk")

    assert list(verbs.values_list("verb", "state_after")) == [
        ("case.created", "draft"),
        ("case.submitted", "submitted"),
        ("case.queried", "queried"),
    ]


def test_the_content_says_null_where_nothing_is_stated():
    content = content_of(draft())

    assert (content["patient"]["weight_kg"], content["patient"]["country"]) == (None, None)


def test_a_revision_is_not_released_by_being_submitted():
    submitted_case()

    assert CaseRevision.objects.get().released_at is None
