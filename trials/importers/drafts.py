"""Builds drafts in the portal's own format from what other formats say; nothing is claimed that they do not say."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from trials.enums import IdentifierSystem, TrialStatus, Verification
from trials.importers.lines import Line
from trials.importers.own import TrialRecord, read_document
from trials.matching.criteria import MAX_TEXT, CriterionKind

_COUNTRIES: Final = Path(__file__).resolve().parents[2] / "iltb" / "terminology" / "data" / "country.csv"
_CHUNK: Final = MAX_TEXT - 10
_MAX_TITLE: Final = 200
_MAX_AGENT: Final = 100
_NOTHING_STATED: Final = "No criteria are stated in the source."
_EVERYDAY_NAMES: Final = {
    "czech republic": "CZ",
    "korea, republic of": "KR",
    "south korea": "KR",
    "russia": "RU",
    "russian federation": "RU",
    "turkey": "TR",
    "turkey (türkiye)": "TR",
    "türkiye": "TR",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "united states of america": "US",
    "taiwan": "TW",
    "vietnam": "VN",
    "iran": "IR",
    "moldova": "MD",
    "bolivia": "BO",
    "venezuela": "VE",
    "tanzania": "TZ",
    "macedonia": "MK",
}
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PHASES: Final = re.compile(r"(?<![a-z0-9])(?:early[ _]?)?(?:phases?[ _]*)?(iv|iii|ii|i|[1-4])(?:[ab])?(?![a-z0-9])")
_STATUSES: Final = {
    "recruiting": TrialStatus.RECRUITING,
    "open to accrual": TrialStatus.RECRUITING,
    "open": TrialStatus.RECRUITING,
    "ongoing, recruiting": TrialStatus.RECRUITING,
    "authorised, recruiting": TrialStatus.RECRUITING,
    "not yet recruiting": TrialStatus.NOT_YET_RECRUITING,
    "authorised, recruitment pending": TrialStatus.NOT_YET_RECRUITING,
    "authorised, not started": TrialStatus.NOT_YET_RECRUITING,
    "active, not recruiting": TrialStatus.ACTIVE_NOT_RECRUITING,
    "ongoing, recruitment ended": TrialStatus.ACTIVE_NOT_RECRUITING,
    "enrolling by invitation": TrialStatus.NOT_RECRUITING,
    "closed to accrual": TrialStatus.NOT_RECRUITING,
    "closed": TrialStatus.NOT_RECRUITING,
    "no longer recruiting": TrialStatus.NOT_RECRUITING,
    "suspended": TrialStatus.SUSPENDED,
    "temporarily halted": TrialStatus.SUSPENDED,
    "completed": TrialStatus.COMPLETED,
    "ended": TrialStatus.COMPLETED,
    "terminated": TrialStatus.TERMINATED,
    "prematurely ended": TrialStatus.TERMINATED,
    "withdrawn": TrialStatus.TERMINATED,
    "stopped": TrialStatus.TERMINATED,
}
_REGISTERS: Final = (
    (IdentifierSystem.NCT, re.compile(r"NCT\d{8}")),
    (IdentifierSystem.EU_CT, re.compile(r"20\d\d-5\d{5}-\d\d-\d\d")),
    (IdentifierSystem.EUDRACT, re.compile(r"(?:19|20)\d\d-\d{6}-\d\d")),
    (IdentifierSystem.ISRCTN, re.compile(r"ISRCTN\d{8}")),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A trial in the own format with what its reader has to be told, each as place and sentence."""

    document: Mapping[str, Any]
    notices: tuple[tuple[str, str], ...] = ()

    def record(self, *, today: date) -> TrialRecord:
        """Check the document like a file of the catalogue; raises ``CatalogueError``."""
        return read_document(self.document, today=today)


@cache
def _codes_of_countries() -> Mapping[str, str]:
    lines = (line for line in _COUNTRIES.read_text(encoding="utf-8").splitlines() if not line.startswith("# "))
    found = dict(_EVERYDAY_NAMES)
    for row in csv.DictReader(lines):
        for name in (row["display"], row["code"], row["alpha_3"], *row["synonyms[]"].split("|")):
            found.setdefault(name.lower(), row["code"])
    return found


def country_code(name: str) -> str:
    """Return the two-letter code of a country, empty for a name that is not known."""
    return _codes_of_countries().get(" ".join(name.split()).lower(), "")


def phase_of(*texts: str) -> str:
    """Return phases such as "1", "1/2" from the words of a register, empty where they name none or too many."""
    numbers = {_ROMAN.get(found, found) for text in texts for found in _PHASES.findall(_spaced(text))}
    return "/".join(sorted(numbers)) if 1 <= len(numbers) <= 2 else ""


def _spaced(text: str) -> str:
    return re.sub(r"phase(?=[0-9])", "phase ", text.lower())


def status_of(words: str) -> TrialStatus:
    """Return the recruitment status that a register's words mean, *unknown* for other words."""
    return _STATUSES.get(plain_status(words), TrialStatus.UNKNOWN)


def plain_status(words: str) -> str:
    """Return a register's status in lower case words."""
    plain = " ".join(words.replace("_", " ").split()).lower()
    return "active, not recruiting" if plain == "active not recruiting" else plain


def identifiers_of(texts: Iterable[str]) -> list[dict[str, object]]:
    """Return each register number once with its register; other numbers only where no register number is given."""
    rows: dict[str, dict[str, object]] = {}
    others = []
    for text in (text.strip() for text in texts if text.strip()):
        system = next((system for system, form in _REGISTERS if form.fullmatch(text)), None)
        if system is None:
            others.append(text)
        else:
            rows.setdefault(text, {"system": system.value, "value": text, "confirmed": True})
    if not rows:
        fitting = [text for text in others if 2 <= len(text) <= 40]
        rows = {text: {"system": IdentifierSystem.OTHER.value, "value": text, "confirmed": True} for text in fitting}
    return list(rows.values())


def slug(text: str, fallback: str = "trial") -> str:
    """Return a key of at most 60 lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or fallback


def shortened(text: str, limit: int = _MAX_TITLE) -> str:
    """Return a text in one line, cut at ``limit`` characters with an ellipsis."""
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else f"{plain[: limit - 2].rstrip()} …"


def arm(key: str, title: str, criteria: Mapping[str, Any] | None, status: TrialStatus | None = None) -> dict[str, Any]:
    """Return one arm of a draft; without criteria it says so in an open criterion."""
    tree = criteria or open_leaf("I-01", _NOTHING_STATED, CriterionKind.INCLUSION)
    row = {"key": slug(key, "main"), "title": shortened(title or key), "criteria": tree}
    return row if status is None else {**row, "status": status.value}


def open_leaf(name: str, text: str, kind: CriterionKind, ref: str = "") -> dict[str, Any]:
    """Return a criterion that nobody has read yet: always unknown, shown with its sentence."""
    leaf = {"id": name, "kind": kind.value, "text": text[:MAX_TEXT], "fact": "unread_criteria", "op": "unread"}
    return {**leaf, "ref": ref} if ref else leaf


def open_lines(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return each line of an eligibility text as an open criterion; a very long line takes several."""
    nodes: list[dict[str, Any]] = []
    for line in lines:
        for number, text in enumerate(_chunks(line.text)):
            name = line.label if number == 0 else f"{line.label}.{number + 1}"
            leaf = open_leaf(name, text, line.kind, line.group)
            nodes.append({"not": leaf} if line.kind is CriterionKind.EXCLUSION else leaf)
    return nodes


def _chunks(text: str) -> Iterable[str]:
    while len(text) > _CHUNK:
        cut = max(text.rfind(sign, _CHUNK // 2, _CHUNK) for sign in ("\n", " "))
        cut = cut if cut > 0 else _CHUNK
        yield text[:cut].strip()
        text = text[cut:].strip()
    yield text


def all_of(nodes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the *and* of criteria, ``None`` where there are none."""
    return (nodes[0] if len(nodes) == 1 else {"all": list(nodes)}) if nodes else None


@dataclass(frozen=True, slots=True)
class Description:
    """What the head of a draft is made from, in the words of the source.

    ``sites`` are pairs of country code and place, the hospital with its town.
    """

    name: str
    title: str
    numbers: tuple[str, ...]
    phase: str = ""
    status: TrialStatus = TrialStatus.UNKNOWN
    status_note: str = ""
    status_as_of: date | None = None
    sponsor: str = ""
    agents: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sites: tuple[tuple[str, str], ...] = ()
    address: str = ""
    remarks: str = ""


def draft_document(about: Description, arms: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a document in the own format; criteria of a draft count as not verified by anybody."""
    return {
        "key": slug(about.name),
        "title": shortened(about.title or about.name),
        "identifiers": identifiers_of(about.numbers),
        "agents": [shortened(agent, _MAX_AGENT) for agent in dict.fromkeys(about.agents) if agent.strip()],
        "sponsor": shortened(about.sponsor),
        "phase": about.phase,
        "countries": sorted(set(about.countries)),
        "countries_complete": False,
        "sites": [{"country": country, "name": name} for country, name in dict.fromkeys(about.sites)],
        "status": about.status.value,
        "status_note": shortened(about.status_note),
        "status_as_of": about.status_as_of,
        "status_source": about.address,
        "verification": Verification.UNVERIFIED.value,
        "sources": [about.address] if about.address else [],
        "last_checked_on": None,
        "remarks": shortened(about.remarks, 1000),
        "arms": list(arms),
    }
