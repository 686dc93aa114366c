"""A coordinator types from a report; the physician's team confirms and sends."""

import pytest

from cases.completeness import Section
from cases.models import Case, Transcription
from cases.services.drafting import (
    BLOCKS,
    ROWS,
    confirm_transcription,
    remove_specimen,
    save_board_answers,
    save_section,
    save_specimen,
    save_therapy,
)
from cases.services.submission import answer_query, send_news, submit_case, withdraw_case
from cases.services.transcribing import note_transcription
from cases.services.triage import decline_case
from cases.services.typists import REPORT_SECTIONS, parts_of
from iltb.audit.models import AuditEvent
from iltb.core.errors import Conflict, NotAllowed, NotFound
from tests.factories.accounts import chair, coordinator, physician
from tests.factories.cases import accepted_case, complete_case, line_rows, queried_case, specimen_rows, submitted_case

pytestmark = pytest.mark.django_db
OPEN = [submitted_case, queried_case, accepted_case]


def typed(case, blocks=None):
    office = coordinator()
    save_section(case=case, actor=office, version=case.version, blocks=blocks or {"condition": {"lvef_pct": 55}})
    return office


@pytest.mark.parametrize("made", OPEN)
def test_what_a_coordinator_saves_is_marked_and_waits(made):
    case = made()

    office = typed(case)

    row = case.transcriptions.get()
    assert (row.section, row.transcribed_by, row.confirmed_by) == (Section.CONDITION, office, None)


def test_a_page_that_changes_several_blocks_is_marked_once_for_its_section():
    case = submitted_case()

    typed(case, {"diagnosis": {"frontline_protocol": "EsPhALL"}, "status": {"wbc": 12}})

    assert case.transcriptions.get().section == Section.DISEASE


def test_a_specimen_is_marked_itself():
    case, office = submitted_case(), coordinator()

    specimen = save_specimen(case=case, actor=office, version=case.version, rows=specimen_rows("S9"))

    assert case.transcriptions.get().specimen == specimen


def test_lines_of_treatment_and_answers_to_the_board_are_marked_too():
    case, office = submitted_case(), coordinator()

    save_therapy(case=case, actor=office, version=case.version, lines=line_rows()[:1])
    save_board_answers(case=case, actor=office, version=case.version, answers={})

    assert {row.section for row in case.transcriptions.all()} == {Section.THERAPY, Section.DISEASE}


def test_the_trail_says_that_it_was_typed():
    case = submitted_case()

    office = typed(case)

    entry = AuditEvent.objects.get(verb="case.transcribed")
    assert (entry.actor_name, entry.data["what"]) == (office.full_name, "condition")


def test_typing_again_takes_the_confirmation_back():
    case = submitted_case()
    typed(case)
    confirm_transcription(case=case, actor=case.author, version=case.version, section=Section.CONDITION)

    typed(case)

    assert case.transcriptions.get().confirmed_by is None


def test_the_team_is_never_marked_by_saving():
    case = submitted_case()

    save_section(case=case, actor=case.author, version=case.version, blocks={"condition": {"lvef_pct": 55}})

    assert not Transcription.objects.exists()


@pytest.mark.parametrize("block", ["case", "patient", "access", "consent"])
def test_the_physicians_own_word_is_not_typed_by_others(block):
    case = submitted_case()

    with pytest.raises(NotAllowed, match="stands in a report"):
        typed(case, {block: {}})


def test_one_closed_section_closes_the_whole_edit():
    case = submitted_case()

    with pytest.raises(NotAllowed):
        typed(case, {"condition": {"lvef_pct": 55}, "consent": {"board_discussion": False}})

    assert not Transcription.objects.exists()


def test_a_coordinator_takes_no_specimen_out():
    case, office = submitted_case(), coordinator()

    with pytest.raises(NotAllowed):
        remove_specimen(case=case, actor=office, version=case.version, key=case.specimens.get().pk)


def test_a_draft_is_unknown_to_a_coordinator():
    with pytest.raises(NotFound):
        typed(complete_case())


def test_a_case_that_is_over_takes_nothing_more():
    case = submitted_case()
    decline_case(case=case, actor=coordinator(), reason="other", note="Please send it again later.")

    with pytest.raises(Conflict, match="over"):
        typed(case)


@pytest.mark.parametrize("who", [chair, physician])
def test_nobody_else_types(who):
    case = submitted_case()

    with pytest.raises((NotAllowed, NotFound)):
        save_section(case=case, actor=who(), version=case.version, blocks={"condition": {"lvef_pct": 55}})


def test_a_coordinator_does_nothing_as_physician():
    case = queried_case()
    office, query = typed(case), case.queries.get()

    for deed in (
        lambda: confirm_transcription(case=case, actor=coordinator(), version=case.version, section=Section.CONDITION),
        lambda: submit_case(case=case, actor=office),
        lambda: send_news(case=case, actor=office),
        lambda: answer_query(query=query, actor=office, answer="By sequencing."),
        lambda: withdraw_case(case=case, actor=office),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_nothing_unconfirmed_is_sent():
    case = accepted_case()
    typed(case)

    with pytest.raises(Conflict, match="typed from a report"):
        send_news(case=case, actor=case.author)


def test_what_is_confirmed_is_sent_and_says_so():
    case = accepted_case()
    typed(case)
    confirm_transcription(case=case, actor=case.author, version=case.version, section=Section.CONDITION)

    revision = send_news(case=case, actor=case.author)

    assert revision.content["transcriptions"] == [{"section": "condition", "specimen": "", "is_confirmed": True}]


def test_a_first_submission_waits_for_the_confirmation_too():
    case = complete_case()
    note_transcription(case=case, actor=case.author, version=case.version, section=Section.THERAPY)

    with pytest.raises(Conflict, match="typed from a report"):
        submit_case(case=case, actor=case.author)

    assert Case.objects.get(pk=case.pk).submitted_at is None


def test_every_block_and_kind_of_rows_belongs_to_a_section():
    sections = {part.section for part in parts_of([*BLOCKS, *ROWS])}

    assert sections == set(Section) - {Section.FINDINGS}
    assert set(REPORT_SECTIONS) - sections == {Section.FINDINGS}
