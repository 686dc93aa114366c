"""The whole story, from draft to letter, told over HTTP to a running demo. What happens in it is in ``scenes``."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launcher.browser import Browser
from launcher.console import LauncherError, say
from launcher.pages import PageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

PASSWORD = "demo-only-2026"  # noqa: S105 -- printed by bin/demo for everybody
LOGIN = "/account/login/"


@dataclass
class Stage:
    """Where the story plays: the portal's address, a folder for its letter, the people's browsers.

    ``manage`` runs a command of ``manage.py`` and raises ``LauncherError`` when it fails. ``known`` is what was learnt
    on the way: the case's code and the addresses of its pages.
    """

    address: str
    folder: Path
    manage: Callable[[str], None]
    browsers: dict[str, Browser] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def person(self, name: str) -> Browser:
        """The browser of the demo person ``name`` (for example ``expert1``), signed in at its first use."""
        if name not in self.browsers:
            browser = Browser(self.address)
            form = browser.open(LOGIN).form(field="login")
            browser.submit(form, {"login": f"{name}@demo.example", "password": PASSWORD})
            self.browsers[name] = browser
        return self.browsers[name]

    def remark(self, text: str) -> None:
        """Print ``text`` below the line of the step that is played."""
        self.remarks.append(text)


@dataclass(frozen=True)
class Step:
    """One sentence of the story and what proves it."""

    sentence: str
    play: Callable[[Stage], object]


def tell(stage: Stage, steps: Sequence[Step]) -> int:
    """Play ``steps`` in order and say how each went; 0 only if every one held.

    The story ends at the first step that does not hold, since the next ones build on it.
    """
    say(f"\nThe story, told to {stage.address}")
    for number, step in enumerate(steps, start=1):
        began = time.monotonic()
        try:
            step.play(stage)
        except (PageError, LauncherError) as error:
            say(f"  {number:2}. FAILED   {step.sentence}\n      {error}")
            return 1
        say(f"  {number:2}. {time.monotonic() - began:5.1f} s  {step.sentence}")
        while stage.remarks:
            say(f"               {stage.remarks.pop(0)}")
    say("Every step held.")
    return 0
