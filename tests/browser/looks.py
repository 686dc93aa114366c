"""What a page looks like on a desk and on a phone, in light and in dark: several views of one loaded page."""

import os

from axe_playwright_python.base import AXE_SCRIPT

ALL_VIEWS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))
# Colours do not depend on the width: both widths and both schemes are seen, all four pairs when pictures are made.
VIEWS = ALL_VIEWS if os.environ.get("ILTB_SCREENSHOTS") else (ALL_VIEWS[0], ALL_VIEWS[3])
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
BROKEN_RULES = """options => axe.run(options).then(
    ({violations}) => violations.map(({id, nodes}) => [id, nodes.map(({target}) => target)])
)"""


def show(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def violations(page):
    """Each broken rule with the elements that break it; axe is read into a page once for all views of it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(BROKEN_RULES, OPTIONS)


def sideways(page):
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def faults_of(page, seen=lambda *_: None):
    """What is wrong with the page in each of its views; ``seen`` is called in each of them."""
    faults = {}
    for width, scheme in VIEWS:
        show(page, width, scheme)
        broken, wider = violations(page), sideways(page)
        if broken or wider:
            faults[width, scheme] = (broken, wider)
        seen(width, scheme)
    return faults
