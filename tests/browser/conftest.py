"""A real Chromium against the live server."""

import os
import shutil

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import PASSWORD, sign_in

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items):
    """Without a browser these tests are skipped with a reason; under CI that is a failure, not a skip."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    flags = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags.split()}


@pytest.fixture
def signed_in(page, live_server):
    """Sign in by hand and open the new case page."""

    def go(doctor, width):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + reverse("account_login"))
        page.locator("[name=login]").fill(doctor.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/inbox/")
        return page

    return go


@pytest.fixture
def open_as(browser, live_server):
    """Opens a page as somebody who is signed in, with or without script; notes what the browser complains about."""
    contexts = []

    def open_(user, url, *, script=True):
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, java_script_enabled=script, base_url=live_server.url
        )
        contexts.append(context)
        key = sign_in(Client(), user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.loud = []
        page.on("console", lambda message: page.loud.append(message.text) if message.type == "error" else None)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
