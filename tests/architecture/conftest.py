from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boards.models import FollowUp
from boards.services.scheduling import plan_meeting
from cases.services.questioning import write_board_question
from iltb.mail.links import signed_key
from tests.factories.accounts import observer, operator, physician, sign_in
from tests.factories.boards import Panel, stored_letter
from trials.models import Match, MatchRun, Trial
from trials.services.contacts import ask_contact
from trials.services.matching import run_match


@dataclass
class World:
    """One case that has gone the whole way, and somebody of every kind."""

    panel: Panel
    people: dict = field(default_factory=dict)
    arguments: dict = field(default_factory=dict)

    def client(self, who: str) -> Client:
        client = Client()
        return sign_in(client, self.people[who]) if who in self.people else client

    def url(self, address) -> str:
        return reverse(address.name, args=self.arguments[address.made_of])


@pytest.fixture
def world(db) -> World:
    panel, letter = stored_letter()
    for run in MatchRun.objects.all():
        run_match(str(run.pk))
    meeting = plan_meeting(
        board=panel.review.board,
        starts_at=timezone.now() + timedelta(days=1),
        actor=panel.coordinator,
    )
    question = write_board_question(actor=panel.coordinator, key="csf_date", label="How was the CSF examined?")
    trial = Trial.objects.first()
    about = {"arm_key": trial.versions.first().arms.first().key, "site": None}
    ask = ask_contact(trial=trial, actor=panel.coordinator, name="Dr Office", email="office@trial.example", **about)
    world = World(panel)
    world.people = {
        "stranger": physician(),
        "team": panel.physician,
        "coordinator": panel.coordinator,
        "chair": panel.chair,
        "seat": panel.experts[0],
        "observer": observer(),
        "operator": operator(),
    }
    code = panel.case.code
    world.arguments = {
        "-": [],
        "nofile": ["no-such-file.txt"],
        "code": [code],
        "review": [panel.review.pk],
        "option": [panel.review.options.first().pk],
        "advice": [letter.signed.advice_id],
        "letter": [letter.pk],
        "meeting": [meeting.pk],
        "follow_up": [FollowUp.objects.earliest("due_at").pk],
        "specimen": [code, panel.case.specimens.first().pk],
        "section": [code, "patient"],
        "match": [code, Match.objects.filter(run__revision__case=panel.case).first().pk],
        "trial": [Trial.objects.first().key],
        "versions": [Trial.objects.first().key, 1, 1],
        "cohort": [Trial.objects.first().key, "main"],
        "layout": [Trial.objects.first().key, "own"],
        "ask": [ask.trial.key, ask.pk],
        "link": [signed_key(ask.pk, purpose="trial_contact_asked")],
        "system": ["gene"],
        "question": [question.pk],
    }
    return world
