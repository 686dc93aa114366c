"""Signed contents to print, without a database. ``data/letter_v2.json`` is what ``compose`` made of vignette V2."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from boards.letters.rendering import render_advice_letter
from cases.services.freezing import sha256_of

Content = dict[str, Any]
SAMPLE = Path(__file__).parent / "data" / "letter_v2.json"


def letter(**changes: Any) -> Content:
    return {**json.loads(SAMPLE.read_text(encoding="utf-8")), **changes}


def pdf_of(content: Content) -> bytes:
    return render_advice_letter(content, sha256=sha256_of(content))


@cache
def printed(make: Callable[[], Content] = letter) -> bytes:
    """The PDF of one of these contents, made once: it takes a second or more."""
    return pdf_of(make())


def empty_letter() -> Content:
    """Nothing found, nothing adopted, nothing written."""
    content = letter(options=[], not_advised=[], split=[], split_views="", cautions="", diagnostics="")
    content["findings"] = {"found": [], "not_found": [], "unanswered": [], "done": []}
    content["synopsis"].update(lines=[], marks=[], no_lines="No earlier treatment is stated.")
    content["summary"].update(lines=["No option was adopted."], no_option="The board adopted no option.")
    content["panel"].update(recusals=[])
    return content


def longest_letter() -> Content:
    """Texts at their limits, 30 findings, 12 options of each kind, 45 criteria."""
    content = letter()
    words = "Ruxolitinib with venetoclax, after approval; see the trial office. "
    option = content["options"][1]
    trial = {**option["trial"], "inclusion": option["trial"]["inclusion"] * 5}
    big = {
        **option,
        "title": _filled(words, 200),
        "rationale": _filled(words, 3000),
        "cautions": _filled(words, 2000),
        "fallback": _filled(words, 300),
        "references": "doi:10.1000/" + "x" * 480,
        "trial": None,
    }
    content["question"]["text"] = _filled(words, 1500)
    content["summary"].update(lines=[_filled(words, 240)] * 5, first_step=_filled(words, 300))
    content["options"] = [{**big, "number": number} for number in range(1, 12)] + [
        {**big, "number": 12, "trial": trial}
    ]
    content["split"] = [{**big, "number": None, "reason": "Fewer than 2 of 3."}] * 3
    content["not_advised"] = [{**big, "number": None, "reason": "Fewer than 2 of 3."}] * 12
    content["findings"]["found"] = content["findings"]["found"][:5] * 6
    content["synopsis"]["lines"] = content["synopsis"]["lines"] * 6
    content["panel"]["participants"] = content["panel"]["participants"] * 3
    content.update(split_views=_filled(words, 2000), cautions=_filled(words, 3000), diagnostics=_filled(words, 2000))
    return content


def with_text_everywhere(content: Any, text: str) -> Any:
    """The same form with ``text`` put before every text, but for codes that the form itself needs."""
    if isinstance(content, dict):
        kept = {"template", "language", "verdict", "kind"}
        return {name: item if name in kept else with_text_everywhere(item, text) for name, item in content.items()}
    if isinstance(content, list):
        return [with_text_everywhere(item, text) for item in content]
    return f"{text} {content}" if isinstance(content, str) else content


def _filled(words: str, length: int) -> str:
    return (words * (length // len(words) + 1))[:length]
