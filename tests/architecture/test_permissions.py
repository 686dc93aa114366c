"""Who gets what at every address, in one table; and nobody gets a bit of what is not theirs."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.services.drafting import save_blocks
from tests.architecture.addresses import MATRIX, WHO, names
from tests.factories.accounts import coordinator, observer, operator, physician, sign_in
from tests.factories.cases import blocks, complete_case

pytestmark = pytest.mark.django_db
MARKER = "zyxwvcanary"
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"')
UNKNOWN = {
    "boards:case": ["ILTB-2222-222"],
    "boards:review": [uuid.uuid4()],
    "boards:letter": [uuid.uuid4()],
    "boards:advice": [uuid.uuid4()],
    "boards:follow_up": [uuid.uuid4()],
    "cases:edit": ["ILTB-2222-222"],
    "cases:check": ["ILTB-2222-222"],
    "cases:triage": ["ILTB-2222-222"],
    "trials:matches": ["ILTB-2222-222"],
    "api:case-detail": ["ILTB-2222-222"],
}


def test_every_address_has_a_row():
    assert names() == {address.name for address in MATRIX}


def test_everybody_gets_exactly_what_the_table_says(world):
    clients = {who: world.client(who) for who in WHO}

    got = {(address.name, who): clients[who].get(world.url(address)).status_code for address in MATRIX for who in WHO}

    expected = {(address.name, who): status for address in MATRIX for who, status in address.expected().items()}
    assert {key: (got[key], expected[key]) for key in got if got[key] != expected[key]} == {}


def test_what_is_foreign_and_what_is_unknown_look_alike(world):
    client = sign_in(Client(), physician())
    rows = {address.name: address for address in MATRIX}

    def answer(url):
        response = client.get(url)
        return response.status_code, TOKEN.sub(b"", response.content.replace(url.encode(), b""))

    foreign = {name: answer(world.url(rows[name])) for name in UNKNOWN}
    unknown = {name: answer(reverse(name, args=args)) for name, args in UNKNOWN.items()}

    assert [name for name in UNKNOWN if foreign[name] != unknown[name]] == []
    assert {status for status, _body in foreign.values()} == {404}


@pytest.fixture
def marked_case():
    """A draft and, after it, a submitted case with the marker in every text."""
    case = complete_case()
    texts = {
        **blocks(),
        "case": {
            **blocks()["case"],
            "question_text": f"{MARKER} is written here, at least twenty characters.",
            "no_standard_of_care_reason": f"{MARKER} here as well",
        },
        "diagnosis": {**blocks()["diagnosis"], "frontline_protocol": MARKER},
    }
    save_blocks(case=case, actor=case.author, version=case.version, blocks=texts)
    return Case.objects.get(pk=case.pk)


def test_nobody_finds_a_word_of_a_foreign_draft_anywhere(world, marked_case):
    strangers = [sign_in(Client(), who()) for who in (physician, coordinator, observer, operator)]
    world.arguments |= {
        "code": [marked_case.code],
        "specimen": [marked_case.code, marked_case.specimens.first().pk],
        "section": [marked_case.code, "question"],
    }

    pages = [client.get(world.url(address)) for client in [*strangers, Client()] for address in MATRIX]

    assert [page.request["PATH_INFO"] for page in pages if MARKER.encode() in page.content] == []
    assert [page.request["PATH_INFO"] for page in pages if marked_case.code.encode() in visible_text(page)] == []


def visible_text(page):
    """Without the address itself, which an error page or a way to the sign-in may repeat."""
    return page.content.replace(page.request["PATH_INFO"].encode(), b"")


def test_its_own_team_finds_every_word(world, marked_case):
    client = sign_in(Client(), marked_case.author)

    page = client.get(reverse("cases:check", args=[marked_case.code]))

    assert page.content.count(MARKER.encode()) >= 3


def test_an_ended_session_ends_every_access_at_the_next_request(world):
    client = world.client("team")
    url = reverse("boards:case", args=[world.panel.case.code])
    assert client.get(url).status_code == 200

    world.panel.physician.is_active = False
    world.panel.physician.save()

    assert client.get(url).status_code == 302
