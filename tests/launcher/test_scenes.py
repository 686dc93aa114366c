"""What the story's scenes decide by themselves; that they fit the portal is proved by playing them."""

import email.message
import email.policy
import http.server
import threading
import urllib.parse

import pytest

from launcher.pages import PageError
from launcher.scenes import STEPS, advice, words
from launcher.story import PASSWORD, Stage

CODE = "ILTB-7K3Q-M2P"
HASH = "ab" * 32
SIGN = '<form method="post" action="/advice/1/sign/"><button>Sign</button></form>'
LOGIN = '<form method="post"><input name="login"><input type="password" name="password"></form>'
ASK = '<form method="post"><input type="password" name="password"></form>'


class SigningPortal(http.server.BaseHTTPRequestHandler):
    """Asks the chair for the password once before a signature counts."""

    def do_GET(self):
        summary = str(words.ADVICE["summary"])
        shown = f"{words.QUESTION} {summary} {words.EXPERTS[2].interest_text}"
        pages = {
            "/account/login/": LOGIN,
            "/account/reauthenticate/": ASK,
            "/inbox/": f"<a href='/advice/1/'>{CODE}</a>",
            "/advice/1/": f"{shown} {SIGN}",
            "/signed/": f"The advice is signed. SHA-256 {HASH}",
        }
        body = pages[urllib.parse.urlparse(self.path).path].encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/advice/1/sign/":
            self.redirect("/signed/" if self.server.has_asked else "/account/reauthenticate/")
        else:
            self.server.has_asked = self.path == "/account/reauthenticate/" and PASSWORD in sent
            self.redirect("/advice/1/" if self.server.has_asked else "/inbox/")

    def redirect(self, address):
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def log_message(self, *_):
        """Keep the output of the tests readable."""


@pytest.fixture
def stage(tree):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), SigningPortal) as server:
        server.has_asked = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (tree.var / "mail").mkdir()
        address = f"http://127.0.0.1:{server.server_port}"
        yield Stage(address, tree.var, manage=print, known={"code": CODE})
        server.shutdown()


@pytest.fixture
def post(stage):
    """Put one mail where the demo writes its mails."""

    def write(name, text):
        mail = email.message.EmailMessage(policy=email.policy.SMTP.clone(cte_type="7bit"))
        mail["Subject"], mail["To"] = f"iLTB: case {CODE}", f"{name}@demo.example"
        mail.set_content(text)
        (stage.folder / "mail" / f"{name}.log").write_text(f"{mail}\n{'-' * 79}\n")

    return write


def test_the_chair_gives_the_password_when_asked_and_signs(stage):
    advice.sign(stage)

    assert stage.known["sha256"] == HASH


def test_mails_are_read_however_they_are_encoded(stage, post):
    post("expert4", f"Dear Dr Jan Kovář, a review of {CODE} asks for you.")

    [mail] = advice.mails(stage.folder / "mail", CODE)

    assert "Dr Jan Kovář" in mail
    assert advice.mails(stage.folder / "mail", "ILTB-0000-000") == []


def test_a_notice_without_clinical_content_holds(stage, post):
    post("physician", f"the letter of the board on case {CODE} is ready for you.")

    advice.read_notice(stage)

    assert stage.remarks == ["Mails on the case that were read: 1"]


def test_a_mail_that_tells_of_the_patient_is_found(stage, post):
    post("physician", f"the letter of the board on case {CODE} is ready for you.")
    post("expert1", f"The case {CODE} is a T-ALL in relapse.")

    with pytest.raises(PageError, match="a mail says T-ALL, relapse"):
        advice.read_notice(stage)


def test_no_two_steps_read_alike():
    sentences = [step.sentence for step in STEPS]

    assert len(set(sentences)) == len(sentences)
