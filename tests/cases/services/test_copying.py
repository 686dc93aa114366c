"""A later question on the same patient begins with what stays true."""

import pytest

from cases.enums import SubmissionType
from cases.models import Case
from cases.services.contents import content_of
from cases.services.copying import copy_case
from iltb.core.errors import NotFound
from tests.factories.accounts import physician
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db

SAME = ("specimens", "therapy_lines", "transplants", "cell_therapies", "ex_vivo", "germline", "mrd", "diagnosis")


@pytest.fixture
def source() -> Case:
    return complete_case()


def test_findings_treatment_and_diagnosis_are_taken_over(source):
    copied = copy_case(source=source, actor=source.author)

    before, after = content_of(source), content_of(copied)
    assert {name: after[name] for name in SAME} == {name: before[name] for name in SAME}
    assert copied.specimens.get().variants.count() == source.specimens.get().variants.count() > 0


def test_question_status_condition_and_consent_are_asked_anew(source):
    content = content_of(copy_case(source=source, actor=source.author))

    assert content["case"]["question_text"] == ""
    assert content["status"]["status_now"] == ""
    assert content["patient"]["age_months_at_submission"] is None
    assert content["patient"]["age_months_at_diagnosis"] == 149
    assert content["consent"]["board_discussion"] in (False, None)


def test_the_new_draft_names_its_parent_and_the_earlier_case_stays_as_it_is(source):
    before = content_of(source)

    copied = copy_case(source=source, actor=source.author)

    assert (copied.parent_case, copied.submission_type) == (source, SubmissionType.NEW_DATA)
    assert content_of(Case.objects.get(pk=source.pk)) == before


def test_only_the_own_team_copies(source):
    with pytest.raises(NotFound):
        copy_case(source=source, actor=physician())
