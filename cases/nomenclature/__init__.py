"""Laboratory shorthand read into structured findings; plain Python, no gene list and no network of its own.

Every reader returns what it understood, or an ``Unparsed`` that keeps the text and says why in one sentence. Nothing
is guessed and nothing is dropped. ``symbol`` stands for a function from any gene name (approved, previous, alias) to
the approved symbol, or ``None`` when the name is unknown or means more than one gene.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

SymbolOf = Callable[[str], str | None]

_ABSENT = re.compile(
    r"\b(negative|neg|not\s+(detected|found|present|rearranged|mutated)|absent|un(mutated|rearranged)|"
    r"wild[\s-]?type|wt|germline\s+configuration|no|none|without|excluded|non[\s-]rearranged)\b",
    re.IGNORECASE,
)


LONGEST_LINE = 1000


@dataclass(frozen=True)
class Unparsed:
    """A text that was not understood: kept as written, with the reason as a sentence for a reader."""

    original: str
    reason: str


def too_long(text: str, longest: int = LONGEST_LINE) -> Unparsed | None:
    """The refusal of a text that is no single finding any more."""
    if len(text) > longest:
        return Unparsed(text, f"The text is longer than {longest} characters; enter one finding at a time.")
    return None


def absence(text: str) -> Unparsed | None:
    """The refusal of a text that says a finding is absent; a finding must never be made of it."""
    if _ABSENT.search(text):
        return Unparsed(text, "This says that something was not found; enter it as tested and absent.")
    return None
