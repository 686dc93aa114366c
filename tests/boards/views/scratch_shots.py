"""Scratch: pictures of every page."""

import os, sys
from pathlib import Path
import pytest
from django.urls import reverse
from django.test import Client
from playwright.sync_api import sync_playwright
from boards.models import FollowUp, Board
from boards.services.assessing import assess
from boards.services.advising import draft_advice
from boards.services.scheduling import plan_meeting, put_on_meeting
from boards.services.voting import cast_vote
from tests.factories.accounts import sign_in
from tests.factories import boards as b
from tests.factories.accounts import expert
from tests.factories.cases import draft, queried_case, submitted_case
from trials.services import matching
from trials.models import MatchRun
from django.utils import timezone
from datetime import timedelta
from axe_playwright_python.sync_playwright import Axe

OUT = Path("/tmp/dev/shots")
OUT.mkdir(exist_ok=True)
ONLY = os.environ.get("SHOTS", "").split(",") if os.environ.get("SHOTS") else None


def run_matches():
    for run in MatchRun.objects.filter(state="pending"):
        try:
            matching.run_match(str(run.pk))
        except Exception as e:
            print("match failed", repr(e))


@pytest.mark.timeout(3000)
@pytest.mark.django_db(transaction=True)
def test_shots(live_server):
    from tests.factories.installation import prepare_installation

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    doc = None
    pages = []

    def page(name, user, url):
        pages.append((name, user, url))

    seated = b.seated_review()
    doc = seated.physician
    draft(doc)
    queried_case(doc)
    submitted_case(doc)
    page("declare", seated.experts[0], reverse("boards:review", args=[seated.review.pk]))
    declared = b.declared_review(doc)
    run_matches()
    page("assess", declared.experts[0], reverse("boards:review", args=[declared.review.pk]))
    assess(seat=declared.seat(1), actor=declared.experts[1], values=dict(b.ASSESSMENT))
    office, chair = declared.coordinator, declared.chair
    expert(name="Dr Own Hospital", at=declared.case.centre)
    expert(name="Dr Free")
    meeting = plan_meeting(board=Board.objects.first(), starts_at=timezone.now() + timedelta(days=3), actor=office)
    put_on_meeting(review=declared.review, meeting=meeting, actor=office)
    page("review-coordinator", office, reverse("boards:review", args=[declared.review.pk]))
    page("assessed", declared.experts[1], reverse("boards:review", args=[declared.review.pk]))
    page("meetings", office, reverse("boards:meetings"))
    page("meeting", office, reverse("boards:meeting", args=[meeting.pk]))
    ballot_panel, ballot = b.open_ballot(doc, options=3)
    me = ballot_panel.experts[0]
    cast_vote(option=b.options_of(ballot_panel)[1], expert=me, position="for", comment="In a trial only.")
    page("ballot", me, reverse("boards:ballot", args=[ballot_panel.review.pk]))
    page("ballot-fresh", ballot_panel.experts[1], reverse("boards:ballot", args=[ballot_panel.review.pk]))
    page("review-ballot", me, reverse("boards:review", args=[ballot_panel.review.pk]))
    page("review-chair", chair, reverse("boards:review", args=[ballot_panel.review.pk]))
    ready = b.assessed_review(doc, options=1)
    page("option", office, reverse("boards:option_new", args=[ready.review.pk]))
    voted, _ = b.voted_review(doc, options=2)
    page("result", chair, reverse("boards:review", args=[voted.review.pk]))
    advice = draft_advice(review=voted.fresh(), actor=office)
    page("advice-draft", office, reverse("boards:advice", args=[advice.pk]))
    with_chair, adv2 = b.advice_with_chair(doc)
    page("advice-chair", chair, reverse("boards:advice", args=[adv2.pk]))
    signed, letter = b.signed_letter(doc)
    page("advice-signed", chair, reverse("boards:advice", args=[letter.signed.advice_id]))
    stored, letter2 = b.stored_letter(doc)
    FollowUp.objects.filter(signed=letter2.signed).update(due_at=timezone.now() - timedelta(days=1))
    page("case-letter", doc, reverse("boards:case", args=[stored.case.code]))
    page("case-expert", ballot_panel.experts[0], reverse("boards:case", args=[ballot_panel.case.code]))
    page("follow-up", doc, reverse("boards:follow_up", args=[letter2.signed.follow_ups.first().pk]))
    page("inbox-physician", doc, reverse("boards:inbox"))
    page("inbox-expert", me, reverse("boards:inbox"))
    page("inbox-coordinator", office, reverse("boards:inbox"))
    page("inbox-chair", chair, reverse("boards:inbox"))
    page("inbox-empty", expert(), reverse("boards:inbox"))
    page("cases", office, reverse("boards:cases"))
    axe = Axe()
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for name, user, url in pages:
            if ONLY and not any(name.startswith(o) for o in ONLY):
                continue
            client = sign_in(Client(), user)
            for theme in ("light", "dark"):
                for width in (390, 1280):
                    context = browser.new_context(
                        viewport={"width": width, "height": 844 if width == 390 else 900}, color_scheme=theme
                    )
                    context.add_cookies(
                        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
                    )
                    tab = context.new_page()
                    bad = []
                    tab.on("console", lambda m: bad.append(m.text) if m.type in ("error",) else None)
                    response = tab.goto(live_server.url + url)
                    if theme == "light" or os.environ.get("DARK"):
                        tab.screenshot(path=str(OUT / f"{name}-{width}-{theme}.png"), full_page=True)
                    tab.wait_for_timeout(50)
                    res = axe.run(
                        tab,
                        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
                    )
                    over = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    height = tab.evaluate("document.documentElement.scrollHeight")
                    print(
                        name,
                        width,
                        theme,
                        response.status,
                        "axe",
                        res.violations_count,
                        "overflow",
                        over,
                        "height",
                        height,
                        bad,
                        flush=True,
                    )
                    for v in res.response["violations"]:
                        print(
                            "   ", v["id"], [n["target"] for n in v["nodes"]][:4], v["nodes"][0]["failureSummary"][:300]
                        )
                    context.close()
        browser.close()
