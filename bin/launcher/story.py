"""The whole story, from draft to letter, told over HTTP to a running demo."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launcher.browser import Browser
from launcher.console import say
from launcher.pages import PageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from launcher.project import Project

PASSWORD = "demo-only-2026"  # noqa: S105 -- printed by bin/demo for everybody


@dataclass
class Stage:
    """Where the story plays: the portal's address, the people's browsers, what was learnt on the way."""

    address: str
    folder: Path
    browsers: dict[str, Browser] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> Browser:
        """The browser of the demo person ``name`` (for example ``expert1``), logged in at its first use."""
        if name not in self.browsers:
            browser = Browser(self.address)
            form = browser.open("/accounts/login/").form(field="login")
            browser.submit(form, {"login": f"{name}@demo.example", "password": PASSWORD})
            self.browsers[name] = browser
        return self.browsers[name]


@dataclass(frozen=True)
class Step:
    """One sentence of the story and what proves it."""

    sentence: str
    play: Callable[[Stage], None]


STEPS: tuple[Step, ...] = ()


def tell(address: str, project: Project, steps: Sequence[Step] = STEPS) -> int:
    """Play ``steps`` in order and say how each went; 0 only if every one held.

    The story ends at the first step that does not hold, since the next ones build on it.
    """
    stage = Stage(address, project.var)
    say(f"\nThe story, told to {address}")
    for number, step in enumerate(steps, start=1):
        began = time.monotonic()
        try:
            step.play(stage)
        except PageError as error:
            say(f"  {number:2}. FAILED  {step.sentence}\n      {error}")
            return 1
        say(f"  {number:2}. {time.monotonic() - began:5.1f} s  {step.sentence}")
    say("Every step held.")
    return 0
