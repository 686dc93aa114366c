"""A trial's contact is asked by a signed link and answers once; what follows for recruitment has a file of its own."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from iltb.accounts.services import deactivate
from iltb.audit.models import AuditEvent
from iltb.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleVersion, TransitionNotAllowed
from iltb.mail.models import MailState, OutboundMail
from tests.database import refused
from tests.factories.accounts import coordinator, expert, person, physician
from tests.factories.cases import submitted_case
from tests.trials.catalogues import arm_document, trial_document, write
from tests.trials.documents import age
from tests.trials.dossiers import run_of
from trials.enums import FreePlaces, StillOpen
from trials.models import Arm, ContactAsk, Match, Site, StandingCheck, Trial
from trials.services.catalogue import load_catalogue
from trials.services.contacts import answer_ask, ask_contact, show_remark, withdraw_ask
from trials.services.editing import begin_draft
from trials.services.matching import run_match
from trials.services.recruitment import shown_version

pytestmark = pytest.mark.django_db

OFFICE = {"name": "Dr Trial Office", "email": "office@trial.example"}


def loaded(folder, *arms, **more) -> Trial:
    load_catalogue(write(folder, trial_document("trial-a", arms=list(arms) or [arm_document()], **more)), publish=True)
    return Trial.objects.get(key="trial-a")


@pytest.fixture
def trial(tmp_path) -> Trial:
    """One cohort, recruiting by a register that nobody checked."""
    return loaded(tmp_path)


@pytest.fixture
def two_cohorts(tmp_path) -> Trial:
    return loaded(tmp_path, arm_document(), arm_document("late", age(">", 3), title="Late"))


def asked(trial, *, arm="main", site=None, actor=None, **whom) -> ContactAsk:
    return ask_contact(trial=trial, actor=actor or coordinator(), arm_key=arm, site=site, **{**OFFICE, **whom})


def answered(ask, still_open="yes", free_places="yes", remark="") -> ContactAsk:
    return answer_ask(ask=ask, still_open=StillOpen(still_open), free_places=FreePlaces(free_places), remark=remark)


def arm_of(trial, key="main") -> Arm:
    return shown_version(Trial.objects.get(pk=trial.pk)).arms.get(key=key)


def place(trial, name="Utrecht", country="NL") -> Site:
    return Site.objects.create(trial=trial, country_code=country, name=name)


def later(**after):
    return time_machine.travel(timezone.now() + timedelta(**after))


def corrected(trial, **columns) -> None:
    """A coordinator corrects recruitment on the page of the trial, its places and cohorts left as they are."""
    from tests.trials.services.test_recruitment import correct

    trial.refresh_from_db()
    sites = list(trial.sites.values("country_code", "name", "contact", "status"))
    correct(trial, sites=sites, columns={"status": trial.status, **columns})


def test_a_question_waits_to_the_end_of_the_day_that_the_mail_names_and_its_mail_has_a_state(trial):
    with time_machine.travel("2026-11-22T09:30:00Z"):
        ask = asked(trial)

    assert f"{ask.expires_at:%Y-%m-%d %H:%M}" == "2026-12-06 23:59"
    assert OutboundMail.objects.get().context["deadline"] == "6 December 2026"
    mail = OutboundMail.objects.get()
    assert (mail.address, mail.template, mail.state) == ("office@trial.example", "trial_contact_asked", "pending")


def test_asking_is_written_down_with_who_asked(trial):
    office = coordinator()

    asked(trial, actor=office)

    entry = AuditEvent.objects.get(verb="contact.asked")
    assert (entry.actor_name, entry.subject_label, entry.data["cohort"]) == (office.full_name, "Trial-A", "main")


@pytest.mark.parametrize("who", [physician, expert])
def test_only_coordinators_ask(trial, who):
    with pytest.raises(NotAllowed):
        asked(trial, actor=who())


def test_a_draft_is_nothing_to_ask_about(tmp_path):
    load_catalogue(write(tmp_path, trial_document("draft-only")), publish=False)

    with pytest.raises(Conflict, match="published trials only"):
        asked(Trial.objects.get(key="draft-only"))


def test_a_cohort_and_a_place_must_be_of_this_trial(trial):
    other = Site.objects.exclude(trial=trial).first() or place(Trial.objects.exclude(pk=trial.pk).first())

    for about in ({"arm": "gone"}, {"site": other}):
        with pytest.raises(InvalidInput):
            asked(trial, **about)


def test_the_same_contact_is_not_asked_twice_at_a_time(trial):
    ask = asked(trial)

    with pytest.raises(Conflict, match="asked already"):
        asked(trial, email="Office@trial.example")

    with later(days=15):
        assert asked(trial).pk != ask.pk


def test_a_contact_whom_no_mail_reached_is_asked_again(trial):
    ask = asked(trial)
    OutboundMail.objects.filter(subject_key=str(ask.pk)).update(state=MailState.FAILED)

    assert asked(trial).pk != ask.pk
    with pytest.raises(Conflict, match="asked already"):
        asked(trial)


@pytest.mark.parametrize(
    "name",
    ["Anna,\n\nsign in here", "Anna\u2028Bcc", "Anna\x0b", "Anna \u202e", "https://evil.example", "WWW.evil.example"],
)
def test_a_name_is_one_line_without_an_address_since_it_heads_our_letter(trial, name):
    with pytest.raises(InvalidInput) as refusal:
        asked(trial, name=name)

    assert list(refusal.value.errors) == ["name"]
    assert not OutboundMail.objects.exists()


def test_one_address_gets_three_questions_within_a_day_whatever_became_of_them(trial):
    office = coordinator()
    for _number in range(3):
        withdraw_ask(ask=asked(trial, actor=office, email="Office@trial.example"), actor=office)

    with pytest.raises(Conflict, match="several questions within a day"):
        asked(trial)
    with later(hours=25):
        assert asked(trial).state == "open"


def test_one_person_asks_thirty_contacts_within_a_day(trial):
    office = coordinator()
    for number in range(30):
        asked(trial, actor=office, email=f"office{number}@trial.example")

    with pytest.raises(Conflict, match="very many contacts within a day"):
        asked(trial, actor=office, email="one.more@trial.example")
    assert asked(trial, email="one.more@trial.example").state == "open"


def test_who_answered_is_written_down_by_name_with_both_states(trial):
    answered(asked(trial), "no")

    entry = AuditEvent.objects.get(verb="trial.status_confirmed")
    assert (entry.actor_name, entry.state_before, entry.state_after) == (OFFICE["name"], "recruiting", "not_recruiting")
    answer = AuditEvent.objects.get(verb="contact.answered")
    assert (answer.actor_name, answer.data["still_open"], answer.data["noted"]) == (OFFICE["name"], "no", True)


def test_the_remark_is_in_no_audit_entry(trial):
    answered(asked(trial), remark="zzremark")

    assert "zzremark" not in str(list(AuditEvent.objects.values()))


def test_the_lists_of_all_cases_are_compared_again(trial):
    ask = asked(trial)
    StandingCheck.objects.all().delete()

    answered(ask, "no")

    assert StandingCheck.objects.filter(state="pending").count() == 1


def test_a_coordinator_who_was_typing_meanwhile_overwrites_nothing(trial):
    from tests.trials.services.test_recruitment import correct

    version = trial.version
    answered(asked(trial))

    with pytest.raises(StaleVersion):
        correct(trial, version=version)


def test_the_coordinator_who_asked_is_told(trial):
    office = coordinator()

    answered(asked(trial, actor=office))

    assert OutboundMail.objects.get(recipient=office).template == "trial_contact_answered"


def test_every_coordinator_is_told_where_the_one_who_asked_has_left(trial):
    office, others = coordinator(), [coordinator(), coordinator()]
    ask = asked(trial, actor=office)
    deactivate(user=office)

    answered(ask, "no")

    told = OutboundMail.objects.filter(template="trial_contact_answered").values_list("recipient", flat=True)
    assert set(told) >= {other.pk for other in others}
    assert office.pk not in told


def test_an_answer_is_taken_once(trial):
    ask = answered(asked(trial))

    with pytest.raises(TransitionNotAllowed):
        answered(ask, "no")

    trial.refresh_from_db()
    assert trial.status == "recruiting"


def test_after_14_days_no_answer_is_taken(trial):
    ask = asked(trial)

    with later(days=15), pytest.raises(Conflict, match="lapsed"):
        answered(ask, "no")

    assert ContactAsk.objects.get(pk=ask.pk).state == "open"


def test_a_withdrawn_question_takes_no_answer_and_its_mail_does_not_leave(trial):
    ask = withdraw_ask(ask=asked(trial), actor=coordinator())

    with pytest.raises(TransitionNotAllowed):
        answered(ask)

    assert OutboundMail.objects.get().state == MailState.CANCELLED


def test_only_coordinators_withdraw_and_show(trial):
    ask = answered(asked(trial), remark="Call first.")

    for deed in (withdraw_ask, show_remark):
        with pytest.raises((NotAllowed, NotFound)):
            deed(ask=ask, actor=physician())


def test_a_cohort_that_left_the_trial_changes_nothing_and_the_answer_is_kept(two_cohorts, tmp_path):
    ask = asked(two_cohorts, arm="late")
    loaded(tmp_path, arm_document())

    answered(ask, "no", remark="Closed in May.")

    two_cohorts.refresh_from_db()
    assert (two_cohorts.status, ContactAsk.objects.get().remark) == ("recruiting", "Closed in May.")
    assert AuditEvent.objects.get(verb="contact.answered").data["noted"] is False


def test_what_a_contact_said_of_a_cohort_stands_in_the_next_version(two_cohorts):
    answered(asked(two_cohorts, arm="late"), "paused")

    draft = begin_draft(trial=two_cohorts, actor=coordinator())

    late = draft.arms.get(key="late")
    assert (late.status, late.last_checked_on, late.status_note) == (
        "suspended",
        timezone.localdate(),
        "Confirmed by the trial contact.",
    )


def test_a_remark_is_shown_once_a_coordinator_has_read_it(trial):
    ask = answered(asked(trial), remark="Please call first.")
    assert not trial.contact_asks.with_shown_remark().exists()

    show_remark(ask=ask, actor=coordinator())

    assert trial.contact_asks.with_shown_remark().get().remark == "Please call first."
    with pytest.raises(Conflict):
        show_remark(ask=ask, actor=coordinator())


def test_an_answer_without_a_remark_has_nothing_to_show(trial):
    with pytest.raises(Conflict, match="no remark"):
        show_remark(ask=answered(asked(trial)), actor=coordinator())


def test_the_database_itself_keeps_an_answer(trial):
    ask = answered(asked(trial))

    for change in ("still_open = 'no'", "state = 'open', still_open = ''", "remark = 'other'", "is_in_force = false"):
        assert refused(f"UPDATE trials_contactask SET {change} WHERE id = '{ask.pk}'")


@pytest.mark.parametrize(
    "change", ["expires_at = now()", "contact_email = 'x@x.example'", "contact_name = 'X'", "known_when_asked = ''"]
)
def test_the_database_itself_keeps_a_question_as_it_was_asked(trial, change):
    ask = asked(trial)

    assert refused(f"UPDATE trials_contactask SET {change} WHERE id = '{ask.pk}'")


def test_names_and_addresses_of_contacts_are_for_coordinators_alone(trial):
    ask = asked(trial)

    readers = [coordinator(), physician(), expert(), person()]
    assert [ask in ContactAsk.objects.visible_to(who) for who in readers] == [True, False, False, False]


def test_a_cohort_that_its_contact_confirmed_stands_before_one_that_nobody_looked_at(tmp_path):
    trial = loaded(tmp_path, arm_document(), arm_document("late", title="Late"))
    answered(asked(trial, arm="late"))

    case = submitted_case()
    run_match(str(run_of(case).pk))

    found = Match.objects.filter(arm__version__trial=trial).order_by("rank")
    assert list(found.values_list("arm__key", "availability")) == [
        ("late", "recruiting"),
        ("main", "recruiting_unconfirmed"),
    ]
