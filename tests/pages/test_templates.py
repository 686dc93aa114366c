"""Promises that every template of the portal keeps."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).parents[2] / "templates"
STATIC = Path(__file__).parents[2] / "static"
SCREEN_STYLES = [STATIC / "css" / name for name in ("iltb.css", "components.css", "dark.css")]
# Mails and letters are not shown by a browser; a letter's renderer has its own rules.
FOR_BROWSERS = sorted(
    path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in {"emails", "letters"}
)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an address elsewhere": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "evaluated values": re.compile(r"hx-vals\s*=\s*[\"']js:", re.IGNORECASE),
}


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", FOR_BROWSERS, ids=name_of)
def test_a_template_holds_nothing_that_the_policy_would_refuse(path):
    text = path.read_text(encoding="utf-8")

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", FOR_BROWSERS, ids=name_of)
def test_a_template_compiles(path):
    assert get_template(name_of(path))


@pytest.mark.parametrize("path", [path for path in FOR_BROWSERS if path.parent.name == "components"], ids=name_of)
def test_a_component_says_what_it_is(path):
    assert path.read_text(encoding="utf-8").startswith("{# ")


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "img" / "icons.svg").read_text()))
    used = {name for path in FOR_BROWSERS for name in re.findall(r'(?:name|icon)="([a-z]+)"', icon_lines(path))}

    assert used - drawn == set()


def icon_lines(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return " ".join(re.findall(r"\{% include \"components/_(?:icon|tag|notice|card|empty_state)\.html\"[^%]*%\}", text))


def test_own_script_stays_small_and_evaluates_nothing():
    scripts = [path.read_text(encoding="utf-8") for path in (STATIC / "js").glob("*.js")]

    assert sum(len(script.splitlines()) for script in scripts) < 300
    assert [
        script for script in scripts if re.search(r"\beval\(|new Function|localStorage|document\.write", script)
    ] == []


def test_own_stylesheets_load_nothing():
    styles = [path.read_text(encoding="utf-8") for path in SCREEN_STYLES]

    assert [style for style in styles if "url(" in style or "@import" in style] == []


def test_the_dark_theme_renames_no_colour_of_the_light_one():
    light, dark = (
        set(re.findall(r"^    (--[a-z-]+):", (STATIC / "css" / name).read_text(), re.MULTILINE))
        for name in ("iltb.css", "dark.css")
    )

    assert dark - light == set()
