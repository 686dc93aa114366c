from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from boards.models import Review
from boards.services.assigning import declare_interest
from cases.models import Case, CaseUserPermission
from cases.services.access import open_to_seat, recuse, take_emergency_access
from iltb.accounts.enums import Expertise, Role
from iltb.accounts.models import User
from iltb.accounts.permissions import require
from iltb.accounts.querysets import compiled_once, compiled_row, may
from iltb.accounts.roles import CODENAMES, Relation
from iltb.accounts.services import deactivate, sync_grants, take_role
from iltb.audit.models import AuditEvent
from iltb.core.errors import InvalidInput, NotAllowed, NotFound
from tests.factories.accounts import centre, centre_of, coordinator, expert, operator, person, physician
from tests.factories.boards import asked_again, declared_review, voted_review
from tests.factories.cases import draft, submitted_case

pytestmark = pytest.mark.django_db


def visible(user):
    return list(Case.objects.visible_to(user))


def test_a_team_sees_its_own_cases_and_no_other():
    case = draft()
    colleague, stranger = physician(at=case.centre), physician()

    assert (visible(case.author), visible(colleague), visible(stranger)) == ([case], [case], [])


def test_a_draft_is_hidden_from_the_board():
    draft()

    assert visible(coordinator()) == []


def test_a_submitted_case_opens_to_coordinators():
    case = submitted_case()

    assert visible(coordinator()) == [case]


def test_nobody_unknown_sees_anything():
    submitted_case()

    assert (visible(AnonymousUser()), visible(person())) == ([], [])


def test_a_deactivated_account_sees_nothing_any_more():
    case = submitted_case()

    deactivate(user=case.author)

    assert visible(type(case.author).objects.get(pk=case.author_id)) == []


def test_a_role_that_is_taken_takes_its_grants():
    submitted_case()
    office = coordinator()

    take_role(membership=office.memberships.get(role=Role.COORDINATOR))

    assert visible(office) == []


def test_recusal_wins_over_every_grant_even_of_a_superuser():
    case, office = submitted_case(), coordinator()
    office.is_superuser = True
    office.save()

    recuse(case=case, user=office, actor=office)

    assert visible(office) == []
    with pytest.raises(NotFound):
        require(office, "triage_case", case)


def test_a_superuser_without_grants_sees_nothing():
    submitted_case()

    assert visible(person(is_superuser=True)) == []


def test_what_is_not_visible_and_what_is_unknown_answer_alike():
    with pytest.raises(NotFound) as hidden:
        require(physician(), "submit_case", draft())
    with pytest.raises(NotFound) as unknown:
        require(physician(), "submit_case", Case())

    assert str(hidden.value) == str(unknown.value)


def test_what_is_visible_but_not_theirs_is_refused_with_a_reason():
    case = submitted_case()

    with pytest.raises(NotAllowed, match="not for you"):
        require(coordinator(), "submit_case", case)


@pytest.mark.parametrize("codename", sorted(set().union(*CODENAMES["cases.case"].values())))
def test_the_list_rule_and_the_object_rule_are_one(codename):
    case = submitted_case()
    for user in (case.author, coordinator(), expert(), physician()):
        listed = Case.objects.granted(user, codename).exists()
        try:
            require(user, codename, case)
            allowed = True
        except (NotFound, NotAllowed):
            allowed = False
        assert listed == allowed


def test_grants_follow_from_the_rows():
    declared_review()

    assert sync_grants() == 0


def test_grants_that_were_tampered_with_are_mended():
    panel = declared_review()
    intruder = person()
    open_to_seat(case=panel.case, user=intruder)
    CaseUserPermission.objects.filter(user=panel.experts[0]).delete()

    changed = sync_grants()

    assert changed == 2 * len(CODENAMES["cases.case"][Relation.SEAT])
    assert visible(intruder) == []
    assert visible(panel.experts[0]) == [panel.case]


def test_an_operator_sees_a_case_only_by_emergency_access_which_is_audited():
    case, user = submitted_case(), operator()
    assert visible(user) == []

    take_emergency_access(case=case, actor=user, reason="Restore of a damaged dossier, ticket 12")

    assert visible(user) == [case]
    assert AuditEvent.objects.filter(verb="case.emergency_access", actor_key=str(user.pk)).count() == 1


def test_emergency_access_ends_by_itself():
    case, user = submitted_case(), operator()
    take_emergency_access(case=case, actor=user, reason="Restore of a damaged dossier, ticket 12", minutes=10)
    assert visible(user) == [case]

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert visible(user) == []


def test_one_statement_serves_everybody_with_their_own_rows_and_nobody_with_others():
    here, there = submitted_case(), submitted_case()
    pages = [(here.author, [here]), (there.author, [there]), (here.author, [here]), (physician(), [])]

    assert [visible(user) for user, _cases in pages] == [cases for _user, cases in pages]


def test_one_row_is_read_by_who_asks_and_by_what_is_asked_for():
    here, there = submitted_case(), submitted_case()
    readers = [here.author, there.author, here.author, physician(), AnonymousUser()]
    case_of = compiled_row(lambda user, code: Case.objects.visible_to(user).with_grants(user).filter(code=code))

    found = [case_of(user, code) for user in readers for code in (here.code, there.code, "%s", "\N{BULLET}")]

    nobody = [None] * 4
    assert found == [*[here, None, None, None], *[None, there, None, None], *[here, None, None, None], *nobody, *nobody]
    assert may(found[0], "edit_case")
    assert not may(found[0], "triage_case")


def test_a_right_narrows_what_was_asked_before_and_is_narrowed_by_what_is_asked_after():
    case, other = submitted_case(), submitted_case()
    office = coordinator()

    assert list(Case.objects.filter(pk=case.pk).granted(office, "triage_case")) == [case]
    assert list(Case.objects.granted(office, "triage_case").exclude(pk=case.pk)) == [other]


def test_a_rule_that_forgets_to_ask_who_reads_is_refused():
    everything = compiled_once(lambda rows, _reader: rows.filter(state="submitted"))

    with pytest.raises(TypeError, match="does not ask who is reading"):
        everything(Case.objects.all(), coordinator())


def test_a_rule_that_looks_at_more_than_the_key_is_refused():
    of_coordinators = compiled_once(lambda rows, user: rows.filter(author=user) if user.roles() else rows.none())

    with pytest.raises(User.DoesNotExist):
        of_coordinators(Case.objects.all(), coordinator())


@pytest.mark.parametrize(("reason", "minutes"), [("too short", 10), ("a reason that is long enough", 61)])
def test_emergency_access_needs_a_reason_and_ends_within_the_hour(reason, minutes):
    with pytest.raises(InvalidInput, match="at least 20 characters"):
        take_emergency_access(case=submitted_case(), actor=operator(), reason=reason, minutes=minutes)


def test_only_operators_take_emergency_access():
    with pytest.raises(NotAllowed):
        take_emergency_access(case=submitted_case(), actor=coordinator(), reason="x" * 30)


def test_a_colleague_of_another_centre_is_no_colleague():
    case = draft()

    assert visible(physician(at=centre())) == []
    assert centre_of(case.author) == case.centre


def test_who_is_no_longer_an_expert_keeps_nothing_of_a_seat():
    panel = declared_review()
    user = panel.experts[0]

    take_role(membership=user.memberships.get(role=Role.EXPERT))

    assert (visible(user), list(Review.objects.visible_to(user))) == ([], [])
    assert sync_grants() == 0


def test_who_is_asked_as_a_geneticist_no_more_reads_no_germline_results_any_more():
    panel = voted_review()[0]
    user = panel.experts[1]
    user.expertise = [Expertise.DISEASE]
    user.save()
    assert Case.objects.granted(user, "read_germline").exists()

    again = asked_again(panel, 1, Expertise.DISEASE)
    declare_interest(seat=again.seat(), actor=user, level="none")

    assert sync_grants() == 0
    assert (visible(user), Case.objects.granted(user, "read_germline").exists()) == ([panel.case], False)


def test_an_earlier_seat_gives_nothing_back_to_who_stepped_back_from_the_next():
    again = asked_again(voted_review()[0])
    user = again.experts[0]

    declare_interest(seat=again.seat(), actor=user, level="own_patient")

    assert sync_grants() == 0
    assert not CaseUserPermission.objects.filter(user=user).exists()
