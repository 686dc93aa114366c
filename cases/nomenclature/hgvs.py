"""The part of the HGVS nomenclature that leukaemia laboratories write, in one-letter and three-letter form.

The syntax is read, not the biology: no reference sequence is consulted, so a residue or base that does not stand at
its position passes. Source: HGVS Nomenclature 21.1, https://hgvs-nomenclature.org
"""

import re
from dataclasses import dataclass

from cases.nomenclature import Unparsed, too_long

_LETTER = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Sec": "U", "Ser": "S", "Thr": "T",
    "Trp": "W", "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
_NAME = {letter: name for name, letter in _LETTER.items()}

_LONG = "|".join(_LETTER)
_AA = rf"(?:{_LONG}|[ACDEFGHIKLMNPQRSTUVWY*])"
_AAS = rf"(?:(?:{_LONG})+|[ACDEFGHIKLMNPQRSTUVWY*]+)"
_RESIDUE = re.compile(rf"{_LONG}|[A-Z*]")

_ACCESSION = r"(?:[NX][CGMPRTW]_\d+(?:\.\d+)?|ENS[TPG]\d+(?:\.\d+)?|LRG_\d+(?:[tp]\d+)?|CCDS\d+(?:\.\d+)?)"
_GENE = r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
_WHOLE = re.compile(
    rf"(?:(?P<accession>{_ACCESSION})(?:\((?P<in_brackets>{_GENE})\))?\s*:\s*|(?P<gene>{_GENE})\s*:\s*)?"
    r"(?:(?P<kind>[pcgnmr])\.\s*)?(?P<change>.*)",
    re.DOTALL,
)

_SPECIAL = re.compile(r"\?|=|0\??")
_SUBSTITUTION = re.compile(rf"(?P<ref>{_AA})(?P<at>\d+)(?P<alt>{_AA}|=|\?)")
_FRAMESHIFT = re.compile(rf"(?P<ref>{_AA})(?P<at>\d+)(?P<alt>{_AA})?fs(?:(?:\*|Ter|X)(?P<length>\d+|\?)?)?")
_EXTENSION = re.compile(
    rf"(?P<ref>{_AA})(?P<at>\d+)(?P<alt>{_AA})?ext(?P<stop>\*|Ter|X)?(?P<length>-?\d+|\?)?",
)
_RANGE = re.compile(
    rf"(?P<ref>{_AA})(?P<at>\d+)(?:_(?P<ref2>{_AA})(?P<at2>\d+))?"
    rf"(?P<what>delins|del|dup|ins)(?P<sequence>{_AAS}|\d+|\(\d+\)|\?)?",
)

_AT = r"[*-]?\d+(?:[+-]\d+)?"
_BASES = r"[ACGTUNRYSWKMBDHV]+"
_NUCLEOTIDES = re.compile(
    rf"(?P<start>{_AT})(?:_(?P<end>{_AT}))?(?:"
    rf"(?P<ref>{_BASES})>(?P<alt>{_BASES})|"
    rf"del(?:{_BASES}|\d+)?ins(?P<replaced>{_BASES}|\d+)|"
    rf"ins(?P<inserted>{_BASES}|\d+)|"
    rf"(?P<what>del|dup|inv)(?:{_BASES}|\d+)?|"
    rf"(?:{_BASES})?(?P<same>=))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Hgvs:
    """One change. ``normalised`` has three-letter residues and keeps the brackets of a predicted change.

    ``key`` is for comparing: one-letter residues without brackets and without ``p.`` (``R882H``); a nucleotide change
    keeps its kind (``c.35G>A``). ``accession`` and ``gene`` are as written, "" where the text names none.
    """

    original: str
    accession: str
    gene: str
    kind: str
    normalised: str
    key: str
    is_predicted: bool


def parse(text: str) -> Hgvs | Unparsed:
    """One change in HGVS form; a protein change also without ``p.``. Never raises."""
    stripped = text.strip()
    if not stripped:
        return Unparsed(text, "There is no text.")
    if refused := too_long(text):
        return refused
    whole = _WHOLE.fullmatch(stripped)
    if whole is None or not stripped.isascii():
        return Unparsed(text, "This is not a change in HGVS form.")
    kind, change = whole["kind"] or "p", re.sub(r"\s+", "", whole["change"])
    change, is_predicted = _without_brackets(change) if kind in "pr" else (change, False)
    normalised = _protein(change) if kind == "p" else _nucleotides(change, kind)
    if normalised is None or (whole["kind"] is None and not re.match(_AA, change)):
        return Unparsed(text, _reason(change, kind=whole["kind"] or ""))
    return Hgvs(
        original=text,
        accession=whole["accession"] or "",
        gene=whole["in_brackets"] or whole["gene"] or "",
        kind=kind,
        normalised=f"{kind}.({normalised})" if is_predicted else f"{kind}.{normalised}",
        key=_one_letter(normalised) if kind == "p" else f"{kind}.{normalised}",
        is_predicted=is_predicted,
    )


def _without_brackets(change: str) -> tuple[str, bool]:
    if change.startswith("(") and change.endswith(")") and change.count("(") == 1:
        return change[1:-1], True
    return change, False


def _protein(change: str) -> str | None:
    """The change with three-letter residues, or ``None``."""
    if _SPECIAL.fullmatch(change):
        return change
    if found := _SUBSTITUTION.fullmatch(change):
        return _three(found["ref"]) + found["at"] + _three(found["alt"])
    if found := _FRAMESHIFT.fullmatch(change):
        return f"{_three(found['ref'])}{found['at']}{_three(found['alt'] or '')}fsTer{found['length'] or ''}"
    if found := _EXTENSION.fullmatch(change):
        stop = "Ter" if found["stop"] else ""
        return f"{_three(found['ref'])}{found['at']}{_three(found['alt'] or '')}ext{stop}{found['length'] or ''}"
    if found := _RANGE.fullmatch(change):
        return _protein_range(found)
    return None


def _protein_range(found: re.Match[str]) -> str | None:
    what, sequence = found["what"], found["sequence"] or ""
    if ("ins" in what) != bool(sequence):
        return None
    if found["at2"] and int(found["at2"]) < int(found["at"]):
        return None
    end = f"_{_three(found['ref2'])}{found['at2']}" if found["at2"] else ""
    return f"{_three(found['ref'])}{found['at']}{end}{what}{_three(sequence)}"


def _nucleotides(change: str, kind: str) -> str | None:
    """The change without the bases that a position already tells, or ``None``."""
    if change in {"?", "="}:
        return change
    found = _NUCLEOTIDES.fullmatch(change)
    if found is None or _runs_backwards(found["start"], found["end"]):
        return None
    place = f"{found['start']}_{found['end']}" if found["end"] else found["start"]
    cased = str.lower if kind == "r" else str.upper
    if alt := found["alt"]:
        single = len(found["ref"]) == len(alt) == 1 and not found["end"]
        return f"{place}{cased(found['ref'])}>{cased(alt)}" if single else f"{place}delins{cased(alt)}"
    if found["replaced"]:
        return f"{place}delins{cased(found['replaced'])}"
    if found["inserted"]:
        return f"{place}ins{cased(found['inserted'])}"
    return place + (found["what"] or found["same"]).lower()


def _runs_backwards(start: str, end: str | None) -> bool:
    return bool(end) and start.isdecimal() and str(end).isdecimal() and int(str(end)) < int(start)


def _three(residues: str) -> str:
    if not residues or residues in {"=", "?"} or residues.strip("()").isdigit():
        return residues
    return "".join(_NAME.get(residue, residue) for residue in _RESIDUE.findall(residues))


def _one_letter(normalised: str) -> str:
    text = re.sub("fsTer$", "fs", normalised)
    return re.sub(_LONG, lambda found: _LETTER[found[0]], text)


_REASONS = (
    (r".*[;,].*|.*_[cgp]\..*|.*\bp\..*", "There is more than one change in this text; enter each on its own."),
    (r"ITD|PTD|TD|TKD", "This is a class of changes, not a change; it needs its gene, as in FLT3-ITD."),
    (
        rf"{_AA}\d+(?:_{_AA}\d+)?(?:del|dup){_AAS}",
        "After “del” or “dup” no residues follow, as in p.K313del.",
    ),
    (r"-\d.*", "A protein has no negative positions."),
    (r".*fs(?:\*|Ter)>\d+", "The length of a frameshift is a plain number, as in p.R180fs*46."),
    (rf"{_AA}{{2,}}\d+(?:fs|del).*", "A frameshift or deletion names its first residue alone, as in p.W288fs."),
    (rf"{_AA}\d+X", "X may mean a stop (write * or Ter) or any residue (write ?)."),
    (rf"{_AA}\d+", "This names a position but not the change."),
    (r"\d+(?:_\d+)?(?:>|ins|del|dup|[A-Z*]+>).*", "The residues at the ends of the range are missing."),
    (r".*>.*", "A protein change is not written with “>”; write for example p.E801delinsEV."),
)


def _reason(change: str, *, kind: str) -> str:
    """Why a change could not be read, as a sentence."""
    for pattern, reason in _REASONS if kind in {"", "p"} else _REASONS[:1]:
        if re.fullmatch(pattern, change):
            return reason
    if kind in {"", "p"}:
        return "This is not a protein change in HGVS form, such as p.Arg882His."
    return f"This is not a nucleotide change in HGVS form, such as {kind}.35G>A."
