"""How a typed name is compared: what people vary (case, accents, spaces, hyphens) does not count."""

import re
import unicodedata
from typing import Final

_NO_LETTER_OR_DIGIT: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Reduce a name to what identifies it: ``SHP-2`` and ``shp2``, ``Côte`` and ``cote`` become equal.

    Letters and digits stay, everything else goes; the result of ``—`` is empty.
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _NO_LETTER_OR_DIGIT.sub("", text)


def searchable(*names: str) -> str:
    """Return the folded names, each once and in order, one a line and with a line break at both ends.

    The breaks let one ``LIKE`` tell a whole name, the start of a name and a part of a name apart.
    """
    folded = dict.fromkeys(filter(None, map(fold, names)))
    return "".join(f"\n{name}" for name in folded) + "\n" if folded else ""
