"""A small browser: cookies, redirects, forms. One for each person of the story."""

from __future__ import annotations

import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING

from launcher.pages import Form, Page, PageError, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TIMEOUT = 30.0
OK = 200


class Browser:
    """Visits the portal at ``base`` with cookies of its own; never leaves it."""

    def __init__(self, base: str) -> None:
        """Open no connection yet."""
        self.base = base.rstrip("/")
        self.page = Page(self.base, 0, "", b"")
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        # A proxy of the shell has no business between two programs on one machine.
        self._opener = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))

    def open(self, address: str, *, status: int = OK) -> Page:
        """Go to ``address`` (a path or a link of a page); redirects are followed.

        Raises ``PageError`` when the answer's status is not ``status``.
        """
        return self._send(urllib.request.Request(self._absolute(address)), status)  # noqa: S310 -- see _absolute

    def submit(
        self, form: Form, values: Mapping[str, Value] | None = None, *, button: str | None = None, status: int = OK
    ) -> Page:
        """Fill ``values`` into ``form`` and press ``button``; redirects are followed.

        Raises ``PageError`` when the form cannot take a value or the answer's status is not ``status``.
        """
        form.fill(values or {})
        data = urllib.parse.urlencode(form.pairs(button))
        address = self._absolute(form.action)
        if form.method != "post":
            return self.open(f"{address.partition('?')[0]}?{data}", status=status)
        # Django compares the referrer of a form that is sent over TLS; a real browser sends it as well.
        headers = {"Referer": self.page.address, "Origin": self.base}
        return self._send(urllib.request.Request(address, data.encode(), headers), status)  # noqa: S310 -- see _absolute

    def wait_for(self, address: str, holds: Callable[[Page], bool], *, seconds: float, what: str) -> Page:
        """Reload ``address`` until ``holds`` is true of the page.

        Raises ``PageError`` after ``seconds``; ``what`` names what did not come.
        """
        deadline = time.monotonic() + seconds
        while not holds(page := self.open(address)):
            if time.monotonic() > deadline:
                message = f"{what} did not come within {seconds:.0f} s at {address}"
                raise PageError(message)
            time.sleep(0.3)
        return page

    def _absolute(self, address: str) -> str:
        absolute = urllib.parse.urljoin(f"{self.base}/", address)
        if not absolute.startswith(f"{self.base}/"):
            message = f"{address} leads away from {self.base}"
            raise PageError(message)
        return absolute

    def _send(self, request: urllib.request.Request, status: int) -> Page:
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                page = Page(answer.url, answer.status, answer.headers.get("Content-Type", ""), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                page = Page(error.url, error.code, error.headers.get("Content-Type", ""), error.read())
        except OSError as error:
            message = f"{request.full_url} did not answer: {error}"
            raise PageError(message) from error
        self.page = page
        if page.status != status:
            message = (
                f"{request.get_method()} {request.full_url} answered {page.status}, not {status}: {page.text[:300]}"
            )
            raise PageError(message)
        return page
