"""A karyotype text: clones, their size, and what one clone takes over from another."""

import re
from dataclasses import dataclass, field, replace

from cases.nomenclature.iscn.abnormalities import NotUnderstood, parse_abnormality
from cases.nomenclature.iscn.counting import count_problem
from cases.nomenclature.iscn.facts import facts_of
from cases.nomenclature.iscn.model import Abnormality, Clone, Karyotype, Status

_NOT_DONE = re.compile(
    r"|-+|n\.?/?a\.?|n\.?d\.?|not\s+(done|available|performed|analy[sz]ed|evaluable)|no\s+(metaphases?|mitoses|"
    r"analysis|material|growth|result|karyotype|cytogenetics)(\s+(available|obtained|found))?|culture\s+failure|failed|"
    r"keine\s+(analysierbaren\s+)?(metaphasen|mitosen)|insufficient(\s+material)?",
    re.IGNORECASE,
)
_IN_SITU = re.compile(r"(?:^|[.\s])(?P<text>(?:nuc\s+|con\s+|rev\s+|wcp\s+)?ish\b.*)$", re.IGNORECASE | re.DOTALL)
_SIZE = re.compile(r"\[\s*(?P<composite>cp)?\s*(?P<cells>\d{0,4})\s*(?:,(?P<remark>[^\[\]]*))?\]$", re.IGNORECASE)
_COUNT = re.compile(r"(?P<low>\d{2,3})(?:[-~](?P<high>\d{2,3}))?(?:<(?P<ploidy>\d)n[+-]?>)?")
_SEX = re.compile(r"(?P<sex>[XYU]{1,8})(?P<constitutional>c)?(?P<doubt>\?)?", re.IGNORECASE)
_REFERENCE = re.compile(r"(?P<kind>idem|sl|sdl)(?P<number>\d{0,2})(?:[x×](?P<times>\d))?", re.IGNORECASE)
_NONCLONAL = re.compile(r"non[\s-]?clonal(?P<rest>.*?)(?:\[\d+\])?$", re.IGNORECASE | re.DOTALL)
_LOOSE = re.compile(r"[+-](?:\d{1,2}|[XY])\b|\d{1,2}[pq][+-]|[a-z]{1,6}\(|(?:mono|tri)somy\s", re.IGNORECASE)
_SPELT_OUT = re.compile(r"\b(?P<what>mono|tri)somy\s+(?P<chromosome>\d{1,2}|[XY])\b", re.IGNORECASE)
_PLAIN_SIGNS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "→": "->"})  # noqa: RUF001
LONGEST = 3000


@dataclass
class _Reading:
    """What has been read so far."""

    clones: list[Clone] = field(default_factory=list)
    sidelines: list[Clone] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    number: int = 0

    def flag(self, text: str, why: str) -> None:
        self.problems.append(f"Clone {self.number}, “{text}”: {why}.")


def is_not_done(text: str) -> bool:
    """Whether the text says that there was nothing to analyse; that is never a normal karyotype."""
    return _NOT_DONE.fullmatch(text.strip().rstrip(".!")) is not None


def parse(text: str) -> Karyotype:
    """Read a karyotype of one or more clones. Never raises; ``problems`` names what was not understood.

    Clones are separated by a slash, a semicolon or a new line. A list of abnormalities without count and sex
    chromosomes (``del(17p)``, ``-7``) is read as one clone of unknown size and flagged.
    """
    plain = _tidy(text)
    if is_not_done(plain):
        return Karyotype(text, plain, (), frozenset(), (), "not_done")
    if len(plain) > LONGEST:
        return Karyotype(text, plain, (), frozenset(), (f"The text is longer than {LONGEST} characters.",), "unparsed")
    reading = _Reading()
    body, in_situ = _split_in_situ(plain)
    if in_situ and not body:
        reading.problems.append("This is an in-situ result without a karyotype; it is kept as text.")
        pieces = []
    else:
        _check_brackets(body, reading)
        pieces = [_read_piece(piece, reading) for piece in _split(body, "/;\n")]
    clones, problems = tuple(reading.clones), tuple(dict.fromkeys(reading.problems))
    tidy = "/".join(piece for piece in pieces if piece)
    return Karyotype(
        original=text,
        normalised=_normalised(plain, tidy, in_situ, is_whole=not problems),
        clones=clones,
        facts=facts_of(clones, is_whole=not problems),
        problems=problems,
        status=_status(clones, problems),
        in_situ=in_situ,
    )


def _normalised(plain: str, tidy: str, in_situ: str, *, is_whole: bool) -> str:
    """The text set anew; one that was not understood as a whole stays as it is, apart from blanks."""
    if not is_whole:
        return plain
    return f"{tidy}.{in_situ}" if in_situ else tidy


def _status(clones: tuple[Clone, ...], problems: tuple[str, ...]) -> Status:
    if not clones:
        return "unparsed"
    return "partly" if problems else "parsed"


def _tidy(text: str) -> str:
    """Plain signs, and blanks only where they separate words."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN_SIGNS)
    plain = re.sub(r"\n[\s\n]*", "\n", re.sub(r"[^\S\n]+", " ", plain)).strip()
    return _SPELT_OUT.sub(lambda found: ("-" if found["what"].lower() == "mono" else "+") + found["chromosome"], plain)


def _split_in_situ(plain: str) -> tuple[str, str]:
    found = _IN_SITU.search(plain)
    if found is None:
        return plain, ""
    return plain[: found.start()].rstrip(" .,;"), found["text"].strip()


def _check_brackets(text: str, reading: _Reading) -> None:
    """Every bracket has its partner; the first that has not is told with what stands around it."""
    partner, opened = {")": "(", "]": "["}, []
    for at, sign in enumerate(text):
        if sign in "([":
            opened.append((sign, at))
        elif sign in partner and (not opened or opened.pop()[0] != partner[sign]):
            reading.problems.append(f"The bracket “{sign}” at “{text[max(0, at - 12) : at + 1]}” was never opened.")
            return
    if opened:
        sign, at = opened[0]
        reading.problems.append(f"The bracket “{sign}” at “{text[at : at + 12]}” is never closed.")


def _split(text: str, separators: str) -> list[str]:
    """Cut at separators outside brackets; a new line always separates clones."""
    pieces, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign in "([") - (sign in ")]")) if sign != "\n" else 0
        if sign in separators and depth == 0:
            pieces.append(text[start:at])
            start = at + 1
    return [*pieces, text[start:]]


def _read_piece(piece: str, reading: _Reading) -> str:
    """Read one clone into ``reading`` and give its tidy text."""
    text = piece.strip()
    reading.number += 1
    if found := _NONCLONAL.fullmatch(text):
        if found["rest"].strip():
            reading.flag(text, "what the non-clonal cells carry is not read")
        return text
    if not text:
        reading.problems.append(f"Clone {reading.number} is empty; “//” before donor cells is not read.")
        return text
    size = _SIZE.search(text)
    tokens = [token.strip() for token in _split(text[: size.start()] if size else text, ",")]
    if (joined := tokens[0].split(" ", 1)) and len(joined) == 2 and _COUNT.fullmatch(joined[0]):
        reading.flag(tokens[0], "a comma is missing after the chromosome count")
        tokens[:1] = joined
    if not _COUNT.fullmatch(_squeeze(tokens[0])):
        return _read_loose(text, tokens, size, reading)
    clone = _read_clone(text, tokens, size, reading)
    reading.clones.append(clone)
    return clone.text


def _squeeze(token: str) -> str:
    return re.sub(r"\s+", "", token)


def _read_loose(text: str, tokens: list[str], size: re.Match[str] | None, reading: _Reading) -> str:
    """Abnormalities without count and sex chromosomes; running text stays text."""
    if not _LOOSE.match(tokens[0]):
        reading.flag(text, "it does not begin with a chromosome count, and is kept as text")
        return text
    found, tidy = _read_abnormalities(tokens, reading)
    if not found:
        return text
    reading.flag(text, "chromosome count and sex chromosomes are missing; it is read as a list of abnormalities")
    cells, is_composite = _size(size, reading)
    tidy_text = ",".join(tidy) + (_squeeze(size[0]).lower() if size else "")
    reading.clones.append(Clone(tidy_text, None, None, "", tuple(found), cells, is_composite, is_whole=False))
    return tidy_text


def _size(size: re.Match[str] | None, reading: _Reading) -> tuple[int | None, bool]:
    if size is None:
        return None, False
    if not size["cells"]:
        reading.flag(size[0], "the number of cells is missing")
        return None, bool(size["composite"])
    if size["remark"] is not None:
        reading.flag(size[0], "what stands beside the number of cells is not read")
    return int(size["cells"]), bool(size["composite"])


def _read_clone(text: str, tokens: list[str], size: re.Match[str] | None, reading: _Reading) -> Clone:
    before = len(reading.problems)
    low, high, ploidy = _count(_squeeze(tokens[0]), reading)
    origin = _origin(text, tokens[1:], reading)
    own, tidy = _read_abnormalities(origin.rest, reading)
    cells, is_composite = _size(size, reading)
    clone = Clone(
        text=",".join([_squeeze(tokens[0]), *origin.head, *tidy]) + (_squeeze(size[0]).lower() if size else ""),
        count_low=low,
        count_high=high,
        sex=origin.sex,
        abnormalities=tuple(_take_over(origin.inherited, own, reading) if origin.reference else own),
        cells=cells,
        is_composite=is_composite or "cp" in {item[:2] for item in tidy},
        ploidy=ploidy,
        is_whole=len(reading.problems) == before,
    )
    if clone.is_whole and (problem := count_problem(clone)):
        reading.flag(tokens[0], problem)
        clone = replace(clone, is_whole=False)
    if origin.reference in {"sl", "sdl"}:
        reading.sidelines.append(clone)
    return clone


@dataclass(frozen=True)
class _Origin:
    """What stands between the count and the abnormalities: sex chromosomes, or the clone this one comes from."""

    head: tuple[str, ...]
    rest: list[str]
    sex: str = ""
    inherited: list[Abnormality] = field(default_factory=list)
    reference: str = ""


def _origin(text: str, tokens: list[str], reading: _Reading) -> _Origin:
    squeezed = [_squeeze(token) for token in tokens]
    head = squeezed[0] if squeezed else ""
    at = next((at for at, token in enumerate(squeezed) if _REFERENCE.fullmatch(token)), None)
    if at is not None and (reference := _REFERENCE.fullmatch(squeezed[at])):
        if at:
            reading.flag(reference[0], "this belongs right behind the chromosome count")
        parent, times = _parent(reference, reading), int(reference["times"] or 1)
        own = [token for place, token in enumerate(tokens) if place > at or not _SEX.fullmatch(squeezed[place])]
        return _Origin(
            head=(reference[0].lower(),),
            rest=[token for token in own if not _REFERENCE.fullmatch(_squeeze(token))],
            sex=parent.sex * times if parent else "",
            inherited=list(parent.abnormalities) * times if parent else [],
            reference=reference["kind"].lower(),
        )
    words = tokens[0].split(" ", 1) if tokens else []
    if len(words) == 2 and _SEX.fullmatch(words[0]):
        reading.flag(words[1], "a comma is missing before it")
        return _Origin((words[0].upper(),), [words[1], *tokens[1:]], words[0].upper())
    if found := _SEX.fullmatch(head):
        sex = found["sex"].upper()
        return _Origin((sex + head[len(sex) :],), tokens[1:], sex)
    reading.flag(text, "the sex chromosomes are missing after the count")
    return _Origin((), tokens)


def _count(token: str, reading: _Reading) -> tuple[int, int, int | None]:
    found = _COUNT.fullmatch(token)
    assert found is not None  # noqa: S101 (the caller has matched it)
    low = int(found["low"])
    high = int(found["high"] or low)
    if high < low:
        reading.flag(token, "the range of the chromosome count runs backwards")
        low, high = high, low
    return low, high, int(found["ploidy"]) if found["ploidy"] else None


def _parent(reference: re.Match[str], reading: _Reading) -> Clone | None:
    """The clone that ``idem``, ``sl`` or ``sdl`` points to."""
    kind, number = reference["kind"].lower(), int(reference["number"] or 1)
    if kind == "sdl":
        known = reading.sidelines
        if not reference["number"] and len(known) != 1:
            reading.flag(reference[0], "it does not say which sideline is meant")
    else:
        known = reading.clones[:1]
        if reference["number"]:
            reading.flag(reference[0], "there is one stemline, so “sl” has no number")
            known = reading.clones
    if 1 <= number <= len(known):
        return known[number - 1]
    reading.flag(reference[0], "there is no earlier clone that it can point to")
    return None


def _read_abnormalities(tokens: list[str], reading: _Reading) -> tuple[list[Abnormality], list[str]]:
    found, tidy = [], []
    for token in tokens:
        plain = _squeeze(token)
        if re.fullmatch(r"cp\d+", plain, re.IGNORECASE):
            reading.flag(token, "the size of a composite clone belongs in square brackets")
            tidy.append(plain)
            continue
        try:
            abnormality = parse_abnormality(plain)
        except NotUnderstood as problem:
            reading.flag(token, str(problem))
            tidy.append(token)
        else:
            found.append(abnormality)
            tidy.append(plain.replace("psudic", "psu dic"))
    return found, tidy


def _take_over(inherited: list[Abnormality], own: list[Abnormality], reading: _Reading) -> list[Abnormality]:
    """What a sideline carries of its stemline.

    A minus before a rearrangement takes the rearranged chromosome away; a gain in the same clone then brings back the
    normal one, or puts another rearrangement in its place. A gain and a loss of one whole chromosome cancel.
    """
    carried, gone = list(inherited), list[str]()
    for item in sorted(own, key=lambda one: one.sign != "-"):
        match = next((old for old in carried if _undoes(item, old)), None)
        if match is not None:
            carried.remove(match)
            gone += () if match.kind in {"+", "-"} or match.sign == "+" else match.chromosomes
        elif item.sign == "-" and item.kind != "-":
            reading.flag(item.text, "the earlier clone has no such change to take away")
        elif item.sign == "+" and item.chromosomes and item.chromosomes[0] in gone:
            gone.remove(item.chromosomes[0])
            carried += [] if item.kind == "+" else [replace(item, sign="")]
        else:
            carried.append(item)
    return carried + [parse_abnormality(f"-{name}") for name in gone if name != "?"]


def _undoes(item: Abnormality, old: Abnormality) -> bool:
    if item.kind in {"+", "-"}:
        return old.chromosomes == item.chromosomes and {item.kind, old.kind} == {"+", "-"}
    return item.sign == "-" and old.text.lstrip("+").startswith(item.text[1:])
