"""The real web server: two gunicorn workers of four threads."""

import re
import threading

import pytest
import requests
from django.urls import reverse

from boards.models import Ballot
from tests.factories.accounts import PASSWORD
from tests.factories.boards import open_ballot, options_of
from tests.live.stack import until

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """A browser as far as these tests need one."""

    def __init__(self, base, user):
        self.base, self.session = base, requests.Session()
        login = base + reverse("account_login")
        self.post(login, page=login, login=user.email, password=PASSWORD)

    def post(self, address, *, page, **values):
        token = TOKEN.search(self.session.get(page, timeout=30).text).group(1)
        return self.session.post(address, data={**values, "csrfmiddlewaretoken": token}, timeout=30)


@pytest.fixture
def web(stack):
    address = stack.start_web()
    assert until(lambda: answers(address + "/healthz"))
    return address


def answers(address):
    try:
        return requests.get(address, timeout=2).ok
    except requests.RequestException:
        return False


def test_the_portal_says_that_it_is_ready(web):
    assert requests.get(web + "/readyz", timeout=15).status_code == 200


def test_votes_that_race_the_closing_are_counted_exactly_when_they_were_accepted(web):
    panel, ballot = open_ballot()
    option = options_of(panel)[0]
    page = web + reverse("boards:review", args=[panel.review.pk])
    voters = {user.pk: Visitor(web, user) for user in panel.experts}
    chair = Visitor(web, panel.chair)
    answered, start = {}, threading.Barrier(len(voters) + 1)

    def vote(key, visitor):
        start.wait()
        address = web + reverse("boards:vote", args=[option.pk])
        answered[key] = [visitor.post(address, page=page, position="for").status_code for _click in range(2)]

    def close():
        start.wait()
        chair.post(web + reverse("boards:close_voting", args=[panel.review.pk]), page=page)

    run([*(threading.Thread(target=vote, args=item) for item in voters.items()), threading.Thread(target=close)])

    stored = Ballot.objects.get(pk=ballot.pk)
    accepted = {key for key, statuses in answered.items() if 200 in statuses}
    assert {status for statuses in answered.values() for status in statuses} <= {200, 409}
    assert set(stored.votes.values_list("seat__user", flat=True)) == accepted
    assert stored.result["counts"][0]["votes_for"] == len(accepted)


def run(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
