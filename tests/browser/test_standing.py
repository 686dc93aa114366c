"""What changed, in a real browser: readable on desk and phone, marked by hand, also without a pointer."""

import pytest
from django.urls import reverse

from tests.browser.looks import faults_of
from tests.factories.accounts import coordinator
from tests.trials.catalogues import arm_document
from tests.trials.standing import check, matched_case, past_case, publish
from trials.models import MatchChange, Trial

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_coordinator_reads_what_reopened_and_marks_it(signed_in, live_server, tmp_path):
    arms = [arm_document("arm-c", title="Arm C"), arm_document("arm-d", title="Arm D")]
    publish(tmp_path, *arms, status="suspended")
    past_case(), past_case(), matched_case()
    Trial.objects.filter(key="trial-a").update(status="recruiting")
    check()
    page = signed_in(coordinator(), 1280)

    page.get_by_role("link", name="Trials came out otherwise for 3 cases").click()
    assert faults_of(page) == {}
    page.get_by_role("button", name="Arm C").press("Enter")

    page.get_by_text("3 changes are marked as seen.").wait_for()
    assert page.url == live_server.url + reverse("trials:changes")
    assert set(MatchChange.objects.unseen().values_list("arm__key", flat=True)) == {"arm-d"}
