"""The server's log says which kind of page was asked for, never which case or link."""

import io
import logging.config
import re
from pathlib import Path

import pytest
import requests
from django.test import Client
from django.urls import reverse

from iltb.core.access_log import FORMAT
from iltb.core.routes import route_of
from iltb.settings.base import logging_config
from launcher.ports import free_port
from tests.live.stack import until


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/healthz", "/healthz"),
        ("/trials/match/ILTB-7K3Q-M2P/", "/trials/match/<str:code>/"),
        ("/trials/contact/0a1b.token/", "/trials/contact/<str:token>/"),
        ("/static/css/iltb.css", "/static/"),
        ("/no/such/ILTB-7K3Q-M2P", "(unknown)"),
    ],
)
def test_an_address_is_logged_as_its_pattern(path, route):
    assert route_of(path) == route


@pytest.fixture
def lines():
    """What the application's own log would hold, as the settings configure it."""
    configuration, stream = logging_config("INFO"), io.StringIO()
    configuration["handlers"]["stderr"]["stream"] = stream
    configurator = logging.config.DictConfigurator(configuration)
    filters = {name: configurator.configure_filter(about) for name, about in configuration["filters"].items()}
    handler = logging.StreamHandler(stream)
    handler.setFormatter(configurator.configure_formatter(configuration["formatters"]["line"]))
    for name in configuration["handlers"]["stderr"]["filters"]:
        handler.addFilter(filters[name])
    loggers = [logging.getLogger(name) for name in ("django.request", "django.security.csrf")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream.getvalue
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.django_db
def test_django_s_own_words_on_a_refused_request_name_no_case_and_no_link(lines):
    strict = Client(enforce_csrf_checks=True)

    strict.get("/cases/ILTB-7K3Q-M2P/no-such-page/zzsecret/")
    strict.post("/trials/contact/zzsecret/", {"answer": "yes"})
    strict.get("/trials/contact/zzsecret/")

    assert not re.search(r"zzsecret|ILTB-7K3Q", lines())
    assert "(unknown)" in lines()
    assert "/trials/contact/<str:token>/" in lines()
    assert "[-]" not in lines()


def test_neither_query_nor_referrer_nor_address_of_the_reader_is_in_the_format():
    assert set(re.findall(r"%\((.+?)\)s", FORMAT)) == {"t", "m", "U", "s", "B", "M", "{x-request-id}o"}


def test_the_web_server_of_the_image_uses_it():
    entrypoint = (Path(__file__).parents[2] / "bin" / "entrypoint").read_text()

    assert "--logger-class iltb.core.access_log.AccessLogger" in entrypoint


def test_a_real_server_writes_such_a_line_and_no_other(tmp_path, monkeypatch):
    import subprocess
    import sys

    port, log = free_port(), tmp_path / "access.log"
    command = [sys.executable, "-m", "gunicorn", "iltb.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    options = ["--no-control-socket", "--access-logfile", str(log)]
    server = subprocess.Popen([*command, *options, "--logger-class", "iltb.core.access_log.AccessLogger"])
    try:
        assert until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        url = f"http://127.0.0.1:{port}{reverse('trials:matches', args=['ILTB-7K3Q-M2P'])}"
        requests.get(f"{url}?q=zzsecret", timeout=10, allow_redirects=False, headers={"Referer": "http://a/zzsecret"})
        assert until(lambda: "/trials/match/<str:code>/" in log.read_text())
    finally:
        server.terminate()
        server.wait()

    assert not re.search(r"zzsecret|ILTB-|python-requests|127\.0\.0\.1", log.read_text())


def answers(url):
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
