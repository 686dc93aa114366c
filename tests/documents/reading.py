"""Reads a PDF as a reader would: its text by page, by way of the fonts' own maps."""

import re
from io import BytesIO

import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in the order in which it is painted, without white space."""
    with opened(pdf) as document:
        return ["".join(_page(page).split()) for page in document.pages]


def text_of(pdf: bytes) -> str:
    return "".join(pages_of(pdf))


def squeezed(text: str) -> str:
    """``text`` as ``pages_of`` gives it."""
    return "".join(text.split())


def _page(page: pikepdf.Page) -> str:
    maps = {name: _map(font) for name, font in page.Resources.Font.items()}
    current: dict[bytes, str] = {}
    parts = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else operands
            parts += [_decoded(bytes(piece), current) for piece in pieces if isinstance(piece, pikepdf.String)]
    return "".join(parts)


def _decoded(codes: bytes, table: dict[bytes, str]) -> str:
    return "".join(table.get(codes[at : at + 2], "\N{REPLACEMENT CHARACTER}") for at in range(0, len(codes), 2))


def _map(font: pikepdf.Object) -> dict[bytes, str]:
    table: dict[bytes, str] = {}
    for kind, block in _BLOCK.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            table.update({bytes.fromhex(code.decode()): _text(text) for code, text in _PAIR.findall(block)})
            continue
        for first, last, text in _RANGE.findall(block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + offset).to_bytes(2, "big")
                table[code] = chr(int(text, 16) + offset)
    return table


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
