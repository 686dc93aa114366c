"""The small browser and the teller of the story, against a tiny portal that keeps sessions in cookies."""

import http.server
import threading
import urllib.parse

import pytest

from launcher.browser import Browser
from launcher.console import LauncherError
from launcher.pages import PageError
from launcher.story import PASSWORD, Stage, Step, tell

FORM = '<form method="post" action="/account/login/"><input name="login"><input type="password" name="password"></form>'


class TinyPortal(http.server.BaseHTTPRequestHandler):
    visits = 0

    def do_GET(self):
        TinyPortal.visits += 1
        address = urllib.parse.urlparse(self.path)
        pages = {
            "/account/login/": FORM,
            "/": f"<p>Hello {self.headers.get('Cookie', 'stranger')}</p><a href='https://elsewhere.example/'>away</a>",
            "/count": f"<p>visit {TinyPortal.visits}</p>",
            "/search": f"<p>found {address.query}</p><form action='/search?old=1'><input name='q'></form>",
        }
        self.answer(200 if address.path in pages else 404, pages.get(address.path, "<p>No such page</p>"))

    def do_POST(self):
        sent = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if sent.get("password") != PASSWORD:
            return self.answer(422, "<p>Wrong password</p>")
        self.send_response(302)
        self.send_header("Set-Cookie", f"user={sent['login']}; Path=/")
        self.send_header("Location", "/")
        self.end_headers()
        return None

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        """Keep the output of the tests readable."""


@pytest.fixture(scope="module")
def portal():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), TinyPortal) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_person_stays_logged_in(portal):
    browser = Browser(portal)

    browser.submit(browser.open("/account/login/").form(), {"login": "chair", "password": PASSWORD})

    assert browser.open("/").text == "Hello user=chair away"


def test_two_people_have_cookies_of_their_own(portal):
    first, second = Browser(portal), Browser(portal)
    first.submit(first.open("/account/login/").form(), {"login": "chair", "password": PASSWORD})

    assert second.open("/").text == "Hello stranger away"


def test_a_refusal_is_an_error_with_its_reason(portal):
    browser = Browser(portal)
    form = browser.open("/account/login/").form()

    with pytest.raises(PageError, match=r"POST .* answered 422, not 200: Wrong password"):
        browser.submit(form, {"login": "chair", "password": "guess"})


def test_an_expected_refusal_is_no_error(portal):
    assert Browser(portal).open("/nothing", status=404).text == "No such page"


def test_a_search_form_replaces_the_query(portal):
    browser = Browser(portal)

    found = browser.submit(browser.open("/search").form(), {"q": "IL7R & more"})

    assert found.text == "found q=IL7R+%26+more"


def test_the_browser_never_leaves_the_portal(portal):
    browser = Browser(portal)

    with pytest.raises(PageError, match="leads away"):
        browser.open(browser.open("/").link(text="away"))


def test_waiting_reloads_until_the_page_says_it(portal):
    browser = Browser(portal)
    aim = TinyPortal.visits + 3

    page = browser.wait_for("/count", lambda page: f"visit {aim}" in page.text, seconds=10, what="The third visit")

    assert page.text == f"visit {aim}"


def test_waiting_gives_up_with_a_sentence(portal):
    with pytest.raises(PageError, match="The letter did not come within 0 s"):
        Browser(portal).wait_for("/", lambda _: False, seconds=0, what="The letter")


def test_a_portal_that_is_not_there_is_a_sentence():
    with pytest.raises(PageError, match="did not answer"):
        Browser("http://127.0.0.1:9").open("/")


@pytest.fixture
def stage(portal, tree):
    def manage(command):
        if command == "broken":
            raise LauncherError("manage.py broken failed.")

    return Stage(portal, tree.var, manage)


def test_a_story_in_which_every_step_holds_ends_well(stage, capsys):
    steps = [
        Step("The chair signs in", lambda stage: stage.person("chair").open("/").must_say("chair@demo.example")),
        Step("The proofs hold", lambda stage: stage.manage("verify_audit")),
    ]

    assert tell(stage, steps) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Every step held."


def test_what_a_step_remarks_stands_below_its_line(stage, capsys):
    tell(stage, [Step("The letter comes", lambda stage: stage.remark("66 kB"))])

    assert [line.strip() for line in capsys.readouterr().out.splitlines()[-2:]] == ["66 kB", "Every step held."]


@pytest.mark.parametrize(
    "fails",
    [lambda stage: stage.person("chair").open("/").must_say("signed"), lambda stage: stage.manage("broken")],
    ids=["page", "command"],
)
def test_a_story_ends_at_the_first_step_that_does_not_hold(stage, capsys, fails):
    played = []

    assert (tell(stage, [Step("The chair signs", fails), Step("The letter comes", played.append)]), played) == (1, [])
    assert "1. FAILED   The chair signs" in capsys.readouterr().out
