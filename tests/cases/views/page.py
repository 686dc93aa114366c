"""A page as a browser without script sees it: what its form would send, and what it says."""

from html import unescape
from html.parser import HTMLParser
from re import sub


class _Form(HTMLParser):
    """Collects the controls of the largest form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select = self._area = ""
        self._text = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if not self.forms or "disabled" in given:
            return
        is_box = given.get("type") in ("checkbox", "radio")
        name, value = given.get("name", ""), given.get("value") or ("on" if is_box else "")
        if tag == "input" and name and (not is_box or "checked" in given):
            self.forms[-1].setdefault(name, []).append(value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.forms[-1].setdefault(self._select, []).append(value)
        elif tag == "textarea":
            self._area, self._text = name, ""

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self.forms[-1].setdefault(self._area, []).append(self._text.removeprefix("\n"))
            self._area = ""


def form_of(response) -> dict[str, list[str]]:
    """What the main form of the page would send if nothing were typed."""
    parser = _Form()
    parser.feed(response.content.decode())
    return max(parser.forms, key=len)


def text_of(response) -> str:
    """The words of a page, without tags and with single spaces."""
    return " ".join(unescape(sub(r"<[^>]+>", " ", response.content.decode())).split())


def send(client, url: str, **typed):
    """Open a page, type over its form, send it."""
    return client.post(url, {**form_of(client.get(url)), **typed})
