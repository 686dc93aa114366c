"""Read one line of a report as one finding. The words are found here, ``findings`` decides what they mean."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from cases.importers import cells
from cases.importers.findings import GENE, Reading, read
from cases.importers.preview import RefusedRow
from cases.nomenclature import events, fusions, hgvs
from cases.proposals import Proposal
from iltb.terminology.names import fold

LONGEST_LINE: Final = 2000
Record = dict[str, str]

_N: Final = cells.NUMBER


def _words(table: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, table), key=len, reverse=True))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_KARYOTYPE: Final = _compiled(
    r"^(?:(?:karyot?yp\w*|caryotype|iscn)\s*[:=]?\s*)?"
    r"(?P<karyotype>(?:\d{2,3}(?:\s*[~-]\s*\d{2,3})?(?:<[^>]{1,5}>)?\s*,\s*[XY]|nuc\s+ish).*)$"
)
_NOT_DONE: Final = _compiled(
    r"\b(?:not (?:done|tested|performed|analy[sz]ed)|pending|failed|nicht (?:untersucht|durchgeführt)|ausstehend"
    r"|niet (?:onderzocht|gedaan)|non (?:fait|réalisé)|inconclusive|no metaphases|n\.d\.)(?!\w)"
)
_ABSENT: Final = _compiled(
    r"\b(?:not (?:detected|found|mutated|rearranged|present)|undetect(?:ed|able)|negativ\w*|neg\b\.?|négatif|negatief"
    r"|wild[ -]?typ\w*|wt|absent|unmutated|nicht nach(?:weisbar|gewiesen)|kein nachweis|niet (?:aangetoond|gevonden)"
    r"|non détectée?|no mutation)(?!\w)"
)
_PRESENT: Final = _compiled(
    r"\b(?:positive?|pos\b\.?|positief|positif|detected|mutated|mutiert|present|mutation)(?!\w)"
)
_HGVS: Final = _compiled(r"\b[cpgnm]\.")
_READOUT: Final = _compiled(
    rf"^(?P<drug>[^\d\W][\w -]{{1,60}}?)[\s:,]+(?P<readout>IC50|LC50|EC50|AUC|s?DSS|z[- ]?score|viability)\s*[:=]?\s*"
    rf"(?P<value>-?{_N})?\s*(?P<unit>[pnuµμm]M|nmol/l|%)?(?P<rest>.*)$"
)
_RESPONSE_ONLY: Final = _compiled(
    r"^(?P<drug>[a-z][a-z-]{4,40})[\s:,]+(?P<interpretation>sensiti\w+|resistant|résistant|intermedi\w+"
    r"|gevoelig|sensib\w+)\.?$"
)
_PERCENTILE: Final = _compiled(
    r"(?:(?:percentile|perzentile?|p)\s*[:=]?\s*(\d{1,3})\b|\b(\d{1,3})\.?\s*(?:th|st|nd|rd)?\s*percentile)"
)
_COPY: Final = _compiled(
    r"\b(?P<type>(?:hom(?:ozyg\w*)?|het(?:erozyg\w*)?|bi-?allelic|mono-?allelic|deep)\.?\s*(?:del\w*|loss|délétion)"
    r"|délétion (?:homo|hétéro)zygote|cn-?loh|copy[- ]neutral loh|upd|amplifi\w+|amp|gain|dup\w*|deletions?|deleted|del"
    r"|loss|lost|verlust|deletie|délétion)(?!\w)\.?"
)
_COPIES: Final = _compiled(
    r"\b(?:cn|copies|copy number)\s*[:=]?\s*(\d{1,3})\b|\b(\d{1,3})\s*(?:copies|kopien|kopieën)\b|\(?x\s?(\d{1,2})\)?$"
)
_REGION: Final = _compiled(
    r"\b(?:chr(?:omosome)?\s*)?(?:\d{1,2}|X|Y)(?:[pq](?:\d{1,2}(?:\.\d{1,2})?)?(?:-?[pq]\d{1,2}(?:\.\d{1,2})?)?)\b"
)
_ANTIGEN: Final = _compiled(
    r"^(?P<antigen>(?:cyto|cyt|cy|c|i|s|m)?\s?CD\s?\d{1,3}[a-e]?|(?:cy|s)?Ig[MGAD]|TdT|HLA-?DR|MPO|NG2|TSLPR|BCMA|CLL-?1|PD-?L1|TRBC[12])"
    r"(?![\w.])(?P<rest>.*)$"
)
CLASSES: Final = ("iAMP21", "ABL-class", "IKZF1plus")
_CLASS: Final = _compiled(r"^(?P<name>iAMP ?21|ABL[- ]class|IKZF1 ?plus)(?!\w)(?:\s+fusions?)?(?P<rest>.*)$")
_INTENSITY: Final = _compiled(
    rf"(?<!\w)(?:{_words(['dim', 'weak', 'low', 'schwach', 'zwak', 'faible', 'moderate', 'bright', 'strong', 'high'])}"
    r"|stark|sterk|fort|heterogen\w*|hétérogène|variable|variabel|partial|partiell|partieel|partiel|neg\b\.?|negativ\w*|négatif|negatief"
    r"|absent|not expressed|pos\b\.?|positi\w+|\+{1,3}|[-−](?=\s|$))(?!\w)"
)
_LABEL: Final = (
    r"(?<![\w-])(?:VAF|AF|allele? (?:fraction|frequency|burden)|allelfrequenz|allelefrequentie|fréquence allélique)"
)
_PERCENT: Final = _compiled(rf"(?:{_LABEL}[\s:=]*|(?<![\w.,]))({_N})\s*(?:%|percent\b|prozent\b)")
_VAF: Final = _compiled(rf"{_LABEL}(?:\s*[:=]\s*|\s+)({_N})(?![\w.,])")
_RATIO: Final = _compiled(rf"(?:\b(?:allel\w*[ -])?(?:ratio|AR|quotient)\s*[:=]?\s*({_N})(?![\w%]))")
_LENGTH: Final = _compiled(r"(?<![\w.,])(\d{1,4})\s*-?(?:bp|nt|base pairs)\b")
_DEPTH: Final = _compiled(
    r"\b(?:depth|coverage|DP|tiefe)\s*[:=]?\s*\d+\s*x?|\b\d{2,5}\s*(?:x|reads)\b|\bexon\s*\d{1,3}\b|\b(?:het|hom|hemi)(?:ero|o)?(?:zygous|zygot)?\b"
)
_TRANSCRIPT: Final = _compiled(r"\(?\b((?:NM_|NR_|ENST|NP_|ENSP|CCDS)\d+(?:\.\d+)?)\)?\s*:?")
_CODING: Final = re.compile(r"\bc\.[^\s,;()]+(?:\([^\s()]*\)[^\s,;()]*)?")
_PROTEIN: Final = re.compile(r"\(?\bp\.\s?(?:\([^\s()]+\)|[^\s,;()]+)\)?")
_GRADE: Final = _compiled(
    r"\b(likely pathogenic|likely oncogenic|likely benign|pathogenic|oncogenic|benign|VUS"
    r"|uncertain significance|class [1-5]|wahrscheinlich pathogen|pathogen|pathogène)(?!\w)"
)
_ORIGIN: Final = _compiled(r"\b(somatic|somatisch|somatique|germline|keimbahn|kiembaan|constitutional)(?!\w)")
_BARE: Final = _compiled(rf"(?<![\w.,:]){_N}(?![\w.,%])")
_REARRANGED: Final = _compiled(r"::|rearr|\bfusion|(?-i:[A-Z0-9]-?r\b)|transloc|/")


def read_line(line: str, reading: Reading, number: int = 1) -> Proposal:
    """Read one line. Raises ``RefusedRow`` with the reason."""
    if len(line) > LONGEST_LINE:
        raise RefusedRow(_("A line of more than 2,000 characters is a letter, not a finding."), identifying=True)
    if line.startswith("="):
        raise RefusedRow(_("A cell holds a formula; formulas are not calculated. Paste the values instead."))
    if cells.looks_like_identifier(line):
        raise RefusedRow(_("looks like an identifier; nothing of it was kept"), identifying=True)
    unread: list[str] = []
    proposal = read(_record(line, reading, unread), reading, line=number, original=line)
    if unread:
        proposal.warnings.append(_("Not understood, so left out: %(words)s") % {"words": " ".join(unread)[:80]})
    return proposal


def _record(line: str, reading: Reading, unread: list[str]) -> Record:
    """Find the words of one line. The order tells apart what looks alike: CD79B is an antigen and a gene."""
    if found := _KARYOTYPE.match(line):
        return {"karyotype": found["karyotype"]}
    return _words_of(re.sub(r"\s+", " ", re.sub(r"[\t;|]|,(?=\s)|,(?=[A-Za-z])", " ", line)).strip(), reading, unread)


def _words_of(plain: str, reading: Reading, unread: list[str]) -> Record:
    if _NOT_DONE.search(plain):
        raise RefusedRow(
            _("Not done, failed or pending is not a negative result. Record the state of the test instead.")
        )
    if found := _READOUT.match(plain) or _RESPONSE_ONLY.match(plain):
        return _drug(found.groupdict())
    if not _HGVS.search(plain) and (found := _ANTIGEN.match(plain)):
        return _antigen(found["antigen"], found["rest"], unread)
    return _lesion(plain, reading, unread)


def _lesion(plain: str, reading: Reading, unread: list[str]) -> Record:
    if found := _CLASS.match(plain):
        return _class(found["name"], found["rest"])
    if _ABSENT.search(plain):
        return _absence(_ABSENT.sub(" ", plain), reading, unread)
    if not _HGVS.search(plain) and not events_named(plain) and (found := _COPY.search(plain)):
        return _copies(plain, found["type"], unread)
    return _alteration(plain, reading, unread)


def _class(name: str, rest: str) -> Record:
    """Read what the vocabulary knows by a name of its own; present, only iAMP21 is a finding that has a place."""
    if _ABSENT.search(rest):
        return {"absent_class": next(known for known in CLASSES if fold(known) == fold(name))}
    if fold(name) == "iamp21":
        return {"copy_type": "amplification", "region": "iAMP21"}
    raise RefusedRow(_("Write which genes are changed: the class alone is no finding."))


def events_named(text: str) -> bool:
    """Tell whether a line names a class of changes, so that "tandem duplication" is no gain."""
    return bool(re.search(r"\b(?:ITD|PTD|TKD|TD)\b|tandem", text, re.IGNORECASE))


def _drug(groups: Mapping[str, str | None]) -> Record:
    record = {key: value or "" for key, value in groups.items() if key != "rest"}
    rest = groups.get("rest") or ""
    if found := _PERCENTILE.search(rest):
        record["percentile_in_cohort"] = found[1] or found[2]
    record.setdefault(
        "interpretation", next((word for word in re.findall(r"[^\W\d]+", rest) if fold(word) in cells.RESPONSE), "")
    )
    record["interpretation"] = record["interpretation"].rstrip(".")
    return record


def _antigen(name: str, rest: str, unread: list[str]) -> Record:
    record = {"antigen": name}
    if found := _INTENSITY.search(rest):
        record["intensity"] = found[0].rstrip(".")
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if more := _INTENSITY.search(rest):
        record["result"] = more[0].rstrip(".")
        rest = f"{rest[: more.start()]} {rest[more.end() :]}"
    if found := re.search(rf"{_N}\s*%?", rest):
        record["percent_positive"] = found[0]
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if "percent_positive" in record and re.search(r"(?i)\bblast(?:s|en)?\b", rest):
        record["percent_of"] = "blasts"
    unread.extend(_left_over(re.sub(r"(?i)\b(?:of|blasts?|blasten|cells|on)\b", " ", rest)))
    return record


def _left_over(text: str) -> list[str]:
    return [
        word for word in re.split(r"[\s;:()=]+|,(?!\d)|(?<!\d),", text) if word and any(sign.isalnum() for sign in word)
    ]


def _absence(plain: str, reading: Reading, unread: list[str]) -> Record:
    plain = plain.strip(" :,;.-")
    if found := _COPY.search(plain):
        raise RefusedRow(
            _("Absence of a gain or loss cannot be kept on a line yet (%(what)s). Record the method as done.")
            % {"what": found["type"]}
        )
    return {**_alteration(plain, reading, unread), "result": "not detected"}


def _copies(plain: str, kind: str, unread: list[str]) -> Record:
    record = {"copy_type": re.sub(r"(?i)^(hom|het)\w*\.?\s*(?:del|loss)\w*.*", lambda found: f"{found[1]} del", kind)}
    rest = plain.replace(kind, " ", 1)
    if found := _COPIES.search(rest):
        record["copies"] = next(filter(None, found.groups()))
        rest = _COPIES.sub(" ", rest, count=1)
    if region := _REGION.search(rest):
        record["region"] = region[0]
        rest = rest.replace(region[0], " ", 1)
    words = _left_over(rest)
    if words and GENE.fullmatch(words[0]):
        record["gene"] = words.pop(0)
    unread.extend(words)
    return record


def _alteration(plain: str, reading: Reading, unread: list[str]) -> Record:
    """Take figures and changes out of the line; what is left must be a gene, a fusion or a class of changes."""
    record: Record = {}
    for field, pattern, sign in (
        ("hgvs_c", _CODING, ""), ("hgvs_p", _PROTEIN, ""), ("transcript", _TRANSCRIPT, ""), ("vaf", _PERCENT, " %"),
        ("vaf", _VAF, ""), ("allelic_ratio", _RATIO, ""), ("length_bp", _LENGTH, ""), ("oncogenicity", _GRADE, ""),
        ("origin", _ORIGIN, ""), ("", _DEPTH, ""), ("result", _PRESENT, ""),
    ):  # fmt: skip
        if (found := pattern.search(plain)) and field not in record:
            if field:
                record[field] = (found[1] if pattern.groups else found[0]).strip() + sign
            plain = f"{plain[: found.start()]} {plain[found.end() :]}"
    if protein := record.get("hgvs_p"):
        record["hgvs_p"] = _unwrapped(protein)
    return record | _gene_of(" ".join(plain.split()).strip(" ,:;."), record, reading, unread)


def _unwrapped(protein: str) -> str:
    """Drop the brackets around "(p.Gly12Asp)", not those inside "p.(Gly12Asp)"."""
    protein = protein.replace(" ", "")
    return protein.removeprefix("(").removesuffix(")") if protein.startswith("(") else protein


def _gene_of(plain: str, record: Record, reading: Reading, unread: list[str]) -> Record:
    change = record.get("hgvs_c") or record.get("hgvs_p")
    event = events.parse(plain, reading.symbol) if events_named(plain) else None
    if isinstance(event, events.ClassEvent):
        return {"gene": event.gene, "event": event.event}
    if event and not change:
        raise RefusedRow(event.reason)
    if not change and reading.symbol(plain) is None and (_REARRANGED.search(plain) or "-" in plain):
        words = plain.split()
        for end in range(len(words), 0, -1):
            fusion = fusions.parse(" ".join(words[:end]), reading.symbol)
            if isinstance(fusion, fusions.Fusion):
                unread.extend(_left_over(" ".join(words[end:])))
                return {"fusion": " ".join(words[:end])}
        if "::" in plain or len(words) == 1:
            raise RefusedRow(getattr(fusions.parse(plain, reading.symbol), "reason", ""))
    return _gene_and_rest(plain, record, unread, reading)


def _gene_and_rest(plain: str, record: Record, unread: list[str], reading: Reading) -> Record:
    words = _left_over(plain)
    place = next((index for index, word in enumerate(words) if reading.symbol(word)), 0)
    if not words or not GENE.fullmatch(words[place]):
        raise RefusedRow(_("This line was not understood. Write for example: NRAS p.Gly12Asp 41 %."))
    found: Record = {"gene": words.pop(place)}
    for word in list(words):
        if "hgvs_p" not in record and isinstance(hgvs.parse(word), hgvs.Hgvs):
            found["hgvs_p"] = word
            words.remove(word)
            break
    numbers = [word for word in words if _BARE.fullmatch(word)]
    if "vaf" not in record and len(numbers) == 1 and len(found) + len(record) > 1:
        found["vaf"] = numbers[0]
        words.remove(numbers[0])
    known = reading.symbol(found["gene"])
    if not known and not (record.keys() | found.keys()) & {"hgvs_c", "hgvs_p"}:
        raise RefusedRow(_("This line was not understood. Write for example: NRAS p.Gly12Asp 41 %."))
    unread.extend(words)
    return found
