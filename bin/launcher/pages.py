"""Reading a web page as a person does who has no script: its text, its links, its forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SILENT = frozenset({"script", "style", "template", "head"})
BUTTONS = frozenset({"submit", "image"})
NEVER_SENT = frozenset({"button", "reset", "file"})
TICKED = frozenset({"checkbox", "radio"})
SPACE = re.compile(r"\s+")

Value = str | list[str] | bool
"""What can be put into a field: text, several choices, or a tick."""


class PageError(Exception):
    """A page is not as the story needs it; the message says in what."""


@dataclass
class Field:
    """One named field of a form; ``choices`` is ``None`` where any text can be typed.

    ``labels`` are the words of a list's choices, in the same order; ticks have none here.
    """

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] | None = None
    labels: list[str] = field(default_factory=list)

    def choice(self, words: str) -> str:
        """The first choice of a list that reads ``words`` or begins with them.

        Raises ``PageError`` when there is none.
        """
        for value, label in zip(self.choices or (), self.labels, strict=False):
            if label.startswith(words):
                return value
        message = f"no choice in {self.name!r} begins with {words!r}; there are {', '.join(self.labels)}"
        raise PageError(message)

    def fill(self, value: Value) -> None:
        """Put ``value`` into the field.

        Raises ``PageError`` when a person could not choose it.
        """
        if isinstance(value, bool):
            if self.kind != "checkbox" or not self.choices:
                message = f"the field {self.name!r} cannot be ticked"
                raise PageError(message)
            self.values = self.choices[:1] if value else []
            return
        wanted = [value] if isinstance(value, str) else list(value)
        for choice in wanted:
            if self.choices is not None and choice not in self.choices:
                message = f"{choice!r} cannot be chosen in {self.name!r}; there are {', '.join(self.choices)}"
                raise PageError(message)
        self.values = wanted


@dataclass
class Form:
    """One form of a page, with what is already filled in."""

    action: str
    method: str = "get"
    identifier: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def fill(self, values: Mapping[str, Value]) -> None:
        """Fill in several fields by name.

        Raises ``PageError`` when the form has no such field.
        """
        for name, value in values.items():
            self.find(name).fill(value)

    def find(self, name: str) -> Field:
        """The field called ``name``.

        Raises ``PageError`` when the form has none.
        """
        if name not in self.fields:
            message = f"the form {self.action} has no field {name!r}; it has {', '.join(self.fields)}"
            raise PageError(message)
        return self.fields[name]

    def pairs(self, button: str | None = None) -> list[tuple[str, str]]:
        """What a browser would send when the button with the text ``button`` is pressed (default: the first one).

        Raises ``PageError`` when there is no such button.
        """
        sent = [(item.name, value) for item in self.fields.values() for value in item.values]
        pressed = self.buttons[:1] if button is None else [found for found in self.buttons if found[2] == button]
        if button is not None and not pressed:
            message = f"the form {self.action} has no button {button!r}; it has {', '.join(b[2] for b in self.buttons)}"
            raise PageError(message)
        return sent + [(name, value) for name, value, _ in pressed[:1] if name]

    def add_field(self, name: str, kind: str, *, value: str, chosen: bool, label: str = "") -> None:
        """Take up one control; ticks and options of one name share one field."""
        item = self.fields.setdefault(name, Field(name, kind, choices=[] if kind in {*TICKED, "select"} else None))
        if item.choices is not None:
            item.choices.append(value)
            item.labels.append(label)
        if chosen:
            item.values.append(value)


@dataclass(frozen=True)
class Link:
    """A link with its visible text."""

    address: str
    text: str


class PageParser(HTMLParser):
    """Collects text, links and forms of one page at ``address``."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.words: list[str] = []
        self.title = ""
        self.links: list[Link] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._silent = 0
        self._collected: list[tuple[str, dict[str, str], list[str]]] = []
        self._select: tuple[str, bool] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up one opening tag."""
        values = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        if tag == "form":
            action = urljoin(self.address, values.get("action", ""))
            self._form = Form(action, values.get("method", "get").lower(), values.get("id", ""))
            self.forms.append(self._form)
        elif tag == "input":
            self._input(values)
        elif tag == "select":
            self._select = (values.get("name", ""), "multiple" in values)
        if tag in {"a", "button", "textarea", "option", "title"}:
            self._collected.append((tag, values, []))

    def handle_data(self, data: str) -> None:
        """Take up text."""
        for _, _, parts in self._collected:
            parts.append(data)
        if not self._silent:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Take up one closing tag."""
        self._silent -= tag in SILENT and self._silent > 0
        if any(name == tag for name, _, _ in self._collected):
            while self._collected:
                name, values, parts = self._collected.pop()
                self._complete(name, values, "".join(parts))
                if name == tag:
                    break
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def _input(self, values: dict[str, str]) -> None:
        kind, name = values.get("type", "text").lower(), values.get("name", "")
        if self._form is None or "disabled" in values or kind in NEVER_SENT:
            return
        if kind in BUTTONS:
            self._form.buttons.append((name, values.get("value", ""), values.get("value", "")))
        elif name and kind in TICKED:
            self._form.add_field(name, kind, value=values.get("value", "on"), chosen="checked" in values)
        elif name:
            self._form.add_field(name, kind, value=values.get("value", ""), chosen=True)

    def _complete(self, tag: str, values: dict[str, str], raw: str) -> None:
        text = SPACE.sub(" ", raw).strip()
        if tag == "a" and "href" in values:
            self.links.append(Link(urljoin(self.address, values["href"]), text))
        elif tag == "title" and not self.title:
            self.title = text
        elif self._form is None or "disabled" in values:
            return
        elif tag == "button" and values.get("type", "submit") == "submit":
            self._form.buttons.append((values.get("name", ""), values.get("value", ""), text))
        elif tag == "textarea" and values.get("name"):
            self._form.add_field(values["name"], "textarea", value=raw.removeprefix("\n"), chosen=True)
        elif tag == "option" and self._select and self._select[0]:
            self._option(values, text)

    def _option(self, values: dict[str, str], text: str) -> None:
        name, several = self._select or ("", False)
        if self._form is None:
            return
        first = name not in self._form.fields
        selected = "selected" in values
        if selected and not first and not several:
            self._form.fields[name].values.clear()
        # A browser shows, and sends, the first option of a list in which none is selected.
        chosen = selected or (first and not several)
        self._form.add_field(name, "select", value=values.get("value", text), chosen=chosen, label=text)


@dataclass(frozen=True)
class Page:
    """An answer of the portal."""

    address: str
    status: int
    content_type: str
    body: bytes

    def __post_init__(self) -> None:
        parser = PageParser(self.address)
        if self.content_type.startswith("text/html"):
            parser.feed(self.body.decode("utf-8", errors="replace"))
            parser.close()
        object.__setattr__(self, "_parsed", parser)

    @property
    def _parser(self) -> PageParser:
        parsed: PageParser = self.__dict__["_parsed"]
        return parsed

    @property
    def title(self) -> str:
        """The title of the page."""
        return self._parser.title

    @property
    def text(self) -> str:
        """What can be read on the page, with single spaces."""
        return SPACE.sub(" ", " ".join(self._parser.words)).strip()

    @property
    def forms(self) -> list[Form]:
        """All forms in their order."""
        return self._parser.forms

    def form(self, *, action: str = "", field: str = "", button: str = "") -> Form:
        """The first form whose address contains ``action`` and that has ``field`` and a button that says ``button``.

        Raises ``PageError`` when there is none.
        """
        for form in self.forms:
            has_field = not field or field in form.fields
            has_button = not button or any(button == text for _, _, text in form.buttons)
            if action in form.action and has_field and has_button:
                return form
        seen = ", ".join(form.action for form in self.forms) or "none"
        raise PageError(self._message(f"no form {' '.join(filter(None, (action, field, button)))!r}; forms: {seen}"))

    def link(self, *, text: str = "", begins: str = "", address: str = "") -> str:
        """Address of the first link that reads ``text`` (if given) or ``begins`` so, its address matching a pattern.

        Raises ``PageError`` when there is none.
        """
        for link in self._parser.links:
            reads = link.text == text if text else link.text.startswith(begins)
            if reads and re.search(address, link.address):
                return link.address
        raise PageError(self._message(f"no link {text or begins or address!r}"))

    def must_say(self, *sentences: str) -> Page:
        """Check that every one of ``sentences`` can be read here; returns the page.

        Raises ``PageError`` for the first that cannot.
        """
        for sentence in missing(sentences, self.text):
            raise PageError(self._message(f"{sentence!r} is not there"))
        return self

    def must_not_say(self, *sentences: str) -> Page:
        """Check that none of ``sentences`` can be read here; returns the page.

        Raises ``PageError`` for the first that can.
        """
        absent = set(missing(sentences, self.text))
        for sentence in sentences:
            if sentence not in absent:
                raise PageError(self._message(f"{sentence!r} is there"))
        return self

    def _message(self, what: str) -> str:
        return f"on the page {self.title!r} ({self.address}, status {self.status}): {what}"


def missing(sentences: Iterable[str], text: str) -> list[str]:
    """Those of ``sentences`` that ``text`` does not contain."""
    return [sentence for sentence in sentences if sentence not in text]
