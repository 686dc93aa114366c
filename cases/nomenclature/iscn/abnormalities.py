"""One abnormality: sign, abbreviation, chromosomes, bands."""

import re

from cases.nomenclature.iscn.model import Abnormality

# The band farthest from the centromere on each arm: no band has a higher number.
_LAST_BAND = {
    "1": (36, 44), "2": (25, 37), "3": (26, 29), "4": (16, 35), "5": (15, 35), "6": (25, 27), "7": (22, 36),
    "8": (23, 24), "9": (24, 34), "10": (15, 26), "11": (15, 25), "12": (13, 24), "13": (13, 34), "14": (13, 32),
    "15": (13, 26), "16": (13, 24), "17": (13, 25), "18": (11, 23), "19": (13, 13), "20": (13, 13), "21": (13, 22),
    "22": (13, 13), "X": (22, 28), "Y": (11, 12),
}  # fmt: skip
CHROMOSOMES = frozenset(_LAST_BAND)

_KINDS = (
    "psudic", "ider", "idic", "der", "del", "dic", "dup", "ins", "inv", "add", "hsr", "tas", "trc", "trp", "qdp",
    "fra", "fis", "rob", "iso", "abn", "t", "i", "r",
)  # fmt: skip
_PAIRED = {"t", "dic", "psudic", "rob", "trc", "tas"}
_SPELT_TODAY = {"iso": "i"}
_SIGNED = re.compile(r"(?P<doubt>\??)(?P<sign>[+-]?)(?P<doubt_after>\??)(?P<rest>.*)", re.DOTALL)
_SUFFIX = re.compile(r"(?P<constitutional>c)?(?:[x×](?P<times>\d))?(?:\[(?P<cells>\d+)\])?$")
_SMALL = re.compile(r"(?P<low>\d{1,2})?(?:[-~](?P<high>\d{1,2}))?(?P<kind>mar|dmin|ace|r|min)(?P<number>\d{1,2})?")
_CHROMOSOME = re.compile(r"(?:\d{1,2}|[XY])")
_ARM = re.compile(r"(?P<chromosome>\d{1,2}|[XY])(?P<arm>[pq])(?P<sign>[+-])?")
_VARIANT = re.compile(r"(?:\d{1,2}|[XY])[pq]?(?:h|s|stk|ss|ph|qh)[+-]?")
_STEP = re.compile(
    rf"(?:der(?=psudic|dic))?(?P<kind>{'|'.join(_KINDS)})\((?P<first>(?:[^()]|\([^()]*\))*)\)(?:\((?P<second>[^()]*)\))?"
)
_BAND = re.compile(r"(?P<arm>[pq])(?P<main>\d{1,2})?(?:\.\d{1,3})?")
_BAND_TEXT = re.compile(
    r"\??[pq](?:ter|cen|[\d?]{0,4}(?:\.[\d?]{1,3})?)(?:(?:~|-|/|or)[pq]?[\d?]{1,4}(?:\.[\d?]{1,3})?)*|cen"
)
_BAND_LIST = re.compile(rf"(?:{_BAND_TEXT.pattern}|,)+|\?")
_LONG_FORM = re.compile(r"(?:->|::|[\d?XYpqtercn.:>/~-])+")


class NotUnderstood(ValueError):
    """An abnormality that is not read; the message is a clause that says why."""


def parse_abnormality(text: str) -> Abnormality:
    """Read one abnormality, written without blanks. Raises ``NotUnderstood``."""
    head = _SIGNED.fullmatch(text)
    if head is None or not head["rest"]:
        raise NotUnderstood("there is nothing to read")
    body, suffix = _split_suffix(head["rest"])
    doubt = bool(head["doubt"] or head["doubt_after"])
    for reader in (_whole_chromosome, _small_marker, _shorthand, _structural):
        found = reader(body, head["sign"])
        if found is not None:
            break
    else:
        raise NotUnderstood("this is not an abnormality that is read here")
    times = int(suffix["times"] or 1)
    return Abnormality(
        text=text,
        kind=found.kind,
        sign=found.sign,
        chromosomes=found.chromosomes,
        bands=found.bands,
        parts=found.parts,
        copies=(found.copies[0] * times, found.copies[1] * times),
        is_uncertain=doubt or re.search(r"\?(?:\d|[XY])", body.partition(")")[0]) is not None,
        is_constitutional=bool(suffix["constitutional"]),
    )


def _split_suffix(rest: str) -> tuple[str, re.Match[str]]:
    """Take ``c``, ``x2`` and ``[5]`` off the end; ``inc`` and ``trc`` keep their c."""
    at = len(rest) if rest == "inc" else 0
    found = _SUFFIX.search(rest, at)
    assert found is not None  # noqa: S101 (every part of the pattern is optional)
    return rest[: found.start()], found


def _whole_chromosome(body: str, sign: str) -> Abnormality | None:
    if not _CHROMOSOME.fullmatch(body):
        return None
    _require_chromosome(body)
    if not sign:
        raise NotUnderstood(f"chromosome {body} needs a plus or a minus")
    return Abnormality(body, kind=sign, sign=sign, chromosomes=(body,))


def _small_marker(body: str, sign: str) -> Abnormality | None:
    if body == "inc":
        return Abnormality(body, kind="incomplete")
    found = _SMALL.fullmatch(body)
    if found is None:
        return None
    if found["kind"] in {"mar", "r"} and not sign:
        raise NotUnderstood(f"“{found['kind']}” needs a plus or a minus")
    low = int(found["low"] or 1)
    high = int(found["high"] or low)
    if high < low:
        raise NotUnderstood("the range runs backwards")
    return Abnormality(body, kind=found["kind"], sign=sign, copies=(low, high))


def _shorthand(body: str, sign: str) -> Abnormality | None:
    """``17p-`` is a deletion, ``9qh+`` a heteromorphism."""
    if found := _ARM.fullmatch(body):
        _require_chromosome(found["chromosome"])
        if found["sign"] is None:
            raise NotUnderstood("a chromosome arm needs “del”, “add” or the like")
        kind = "del" if found["sign"] == "-" else "add"
        return Abnormality(body, kind=kind, sign=sign, chromosomes=(found["chromosome"],), bands=((found["arm"],),))
    if _VARIANT.fullmatch(body):
        return Abnormality(body, kind="variant", sign=sign)
    return None


def _structural(body: str, sign: str) -> Abnormality | None:
    """One rearrangement, or a derivative chromosome followed by what happened to it."""
    steps: list[Abnormality] = []
    at = 0
    while found := _STEP.match(body, at):
        if body.startswith("der", at) and found["kind"] in {"dic", "psudic"}:
            raise NotUnderstood("“der” and “dic” stand together; one of the two is enough")
        steps.append(_step(found))
        at = found.end()
    if not steps:
        return None
    if at != len(body):
        raise NotUnderstood(f"“{body[at:]}” is not understood")
    first, *parts = steps
    if parts and first.kind not in {"der", "ider", "r"}:
        raise NotUnderstood("several rearrangements of one chromosome are written with “der”")
    return Abnormality(
        body, kind=first.kind, sign=sign, chromosomes=first.chromosomes, bands=first.bands, parts=tuple(parts)
    )


def _step(found: re.Match[str]) -> Abnormality:
    kind = _SPELT_TODAY.get(found["kind"], found["kind"])
    first, second = found["first"], found["second"]
    if "->" in first or "::" in first:
        if kind not in {"der", "ider", "r", "ins", "dic"} or not _LONG_FORM.fullmatch(first):
            raise NotUnderstood(f"“{found[0]}” is not a detailed form that is read here")
        return Abnormality(found[0], kind=kind, chromosomes=())
    chromosomes, bands = _chromosomes(first)
    if second is not None and "->" in second:
        if not _LONG_FORM.fullmatch(second):
            raise NotUnderstood(f"“{second}” is not a detailed form that is read here")
    elif second is not None:
        bands = _bands(second, chromosomes)
        _require_fit(kind, chromosomes, bands)
    elif kind in _PAIRED and len(chromosomes) < 2:
        raise NotUnderstood(f"“{kind}” joins two chromosomes")
    return Abnormality(found[0], kind=kind, chromosomes=chromosomes, bands=bands)


def _chromosomes(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The chromosomes between the first brackets, and the arm where it is written there (``del(5q)``)."""
    names: list[str] = []
    bands: list[tuple[str, ...]] = []
    for item in text.split(";"):
        plain = item.removeprefix("?")
        if arm := _ARM.fullmatch(plain):
            names.append(arm["chromosome"])
            bands.append((arm["arm"],))
        else:
            names.append(plain or "?")
            bands.append(())
        if names[-1] != "?":
            _require_chromosome(names[-1])
    return tuple(names), tuple(bands) if any(bands) else ()


def _bands(text: str, chromosomes: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    groups = text.split(";")
    for group in groups:
        if not _BAND_LIST.fullmatch(group) or group == ",":
            raise NotUnderstood(f"“{group}” is not a band" if group else "a band is missing")
    bands = tuple(tuple(_BAND_TEXT.findall(group)) for group in groups)
    for chromosome, group_bands in zip(chromosomes, bands, strict=False):
        for band in group_bands:
            _require_band(chromosome, band)
    return bands


def _require_fit(kind: str, chromosomes: tuple[str, ...], bands: tuple[tuple[str, ...], ...]) -> None:
    if kind in _PAIRED:
        if len(chromosomes) < 2:
            raise NotUnderstood(f"“{kind}” joins two chromosomes")
        if len(bands) != len(chromosomes):
            raise NotUnderstood(f"{len(chromosomes)} chromosomes, but bands for {len(bands)}")
    if len(bands) > len(chromosomes):
        raise NotUnderstood("there are more groups of bands than chromosomes")


def _require_chromosome(name: str) -> None:
    if name not in CHROMOSOMES:
        raise NotUnderstood(f"there is no chromosome {name}")


def _require_band(chromosome: str, band: str) -> None:
    """A band with a number above the last one of its arm does not exist; doubtful bands are let pass."""
    found = _BAND.fullmatch(band)
    last = _LAST_BAND.get(chromosome)
    if found is None or last is None or not found["main"] or len(found["main"]) < 2:
        return
    if int(found["main"]) > last["pq".index(found["arm"])]:
        raise NotUnderstood(f"chromosome {chromosome} has no band {band}")
