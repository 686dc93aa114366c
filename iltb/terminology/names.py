"""How a typed name is compared: what people vary (case, accents, spaces, hyphens) does not count."""

import unicodedata


def fold(text: str) -> str:
    """Reduce a name to what identifies it: ``SHP-2`` and ``shp2``, ``Côte`` and ``cote`` become equal.

    Letters and digits stay, everything else goes; the result of ``—`` is empty.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def searchable(*names: str) -> str:
    """Return the folded names, each once and in order, one a line and with a line break at both ends.

    The breaks let one ``LIKE`` tell a whole name, the start of a name and a part of a name apart.
    """
    folded = dict.fromkeys(filter(None, map(fold, names)))
    return "".join(f"\n{name}" for name in folded) + "\n" if folded else ""
