"""What single words and numbers of laboratory reports mean. Nothing is guessed: what is not clear is None or ""."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from django.utils.translation import gettext as _

from cases.importers.preview import RefusedRow
from iltb.terminology.names import fold

Scale = Literal["percent", "percent_by_others", "fraction", "ask"]
"""How a number without a sign is meant; ``percent_by_others``: other rows of the same column are above 1."""

NUMBER: Final = r"\d{1,9}(?:[.,]\d{1,20})?(?:[eE]-?\d{1,2})?"
_NUMBER: Final = re.compile(NUMBER)
_NOTHING: Final = frozenset(
    {"", "na", "nan", "none", "null", "nd", "unknown", "unbekannt", "onbekend", "inconnu", "dot"}
)

_DATES: Final = (
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}\b"
    r"|\b\d{1,2}\.?[ -](?:jan|feb|m[aä]r|mrt|apr|ma[iy]|mei|jun|jui|jul|aug|ao[uû]|sep|oct|okt|nov|dec|dez|d[ée]c)"
    r"[a-zäéû]*\.?[ -](?:19|20)\d{2}\b"
)
_ID_WORDS: Final = (
    r"(?:patient|patiënt|pat\.|name|surname|(?:first|last|family|given) ?name|nachname|vorname|familienname|naam"
    r"|achternaam|voornaam|nom|prénom|prenom|dob|d\.o\.b|date|datum|birth|born|geb\b|geburt|geboren|geboorte|né\b|née\b"
    r"|mrn|accession|phone|mobile|tel\b(?=[.: ]*[+(\d])|telefon|telefoon|téléphone|fax"
    r"|e-?mail|address|adresse?|postcode|plz|bsn(?=\W*\d)|kvnr|nhs(?=\W*\d)"
    r"|physician|doctor|arzt|arts|médecin|hospital|klinik|krankenhaus|ziekenhuis|hôpital|barcode|case ?(?:id|no|nr)"
    r"|(?:lab|labor|order|auftrag|fall|proben?|sample|specimen|monster|échantillon|study|report|block|material)[ -]?"
    r"(?:s?id|no|nr|nummer|number|code|name|#|:|°)|n° ?d)"
)
_IDENTIFIER: Final = re.compile(
    rf"^\W*{_ID_WORDS}(?![a-z0-9])|\b(?:mrn|dob|d\.o\.b\.)|{_DATES}"
    r"|[\w.+-]+@[\w-]+\.\w+|https?://"
    r"|(?:\+|\b00)\d[\d ()/-]{7,}\d|\b0\d{2,4}[ /-]\d[\d -]{4,}\d\b|(?<![\w.:>-])\d{7,}(?![\w.])"
    r"|^\W*(?:dr|prof|mr|mrs|ms|herr|frau|mevr|mevrouw|dhr|mme|monsieur|madame)\b\.?\s",
    re.IGNORECASE | re.MULTILINE,
)
_COORDINATES: Final = re.compile(
    r"\b(?:N[MRPCG]_|ENS[TPG]|CCDS)\d+(?:\.\d+)?|\b(?:chr)?[\dXY]{1,2}:[\d,_-]+|[cgnmr]\.\(?[\d_+*-]+|\brs\d+",
    re.IGNORECASE,
)


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that it says nothing: empty, ".", "na", "n/a", "-"."""
    return fold(text) in _NOTHING


def looks_like_identifier(text: str) -> bool:
    """Tell whether a line carries what may name a patient: such a label, a date, a telephone number, a long number.

    Positions and transcripts do not count. This is a first sieve before a person looks; the privacy gate comes after.
    """
    return bool(_IDENTIFIER.search(_COORDINATES.sub(" ", text)))


def number(text: str) -> Decimal | None:
    """Read one number with decimal point or comma; None for anything else, ranges and ``<5`` included."""
    text = text.strip().replace("\N{NO-BREAK SPACE}", "")
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "."))


def plain(value: Decimal) -> Decimal:
    """Drop zeros at the end without an exponent: 0.60 becomes 0.6, 1E+2 becomes 100."""
    return Decimal(format(value.normalize(), "f"))


def allele_fraction(text: str, scale: Scale, warnings: list[str]) -> Decimal | None:
    """Read a variant allele fraction, 0 to 1; None when absent or not clear, with a warning that asks.

    A per cent sign always counts. Without one, a number above 1 can only be per cent, and a number up to 1 is read
    only when ``scale`` says how. Raises ``RefusedRow`` above 100 %: such a row is damaged, nobody should round it.
    """
    if is_nothing(text):
        return None
    signed = "%" in text
    value = number(text.replace("%", "").strip())
    if value is None:
        warnings.append(_("The allele fraction could not be read as one number; type it if you know it."))
        return None
    if value > 100 or (scale == "fraction" and not signed and value > 1):
        raise RefusedRow(_("An allele fraction above 100 % does not exist."))
    if not signed and value <= 1 and value != 0:
        if scale == "ask":
            warnings.append(
                _("Allele fraction %(value)s: is it %(value)s %% or %(percent)s %%? Please say.")
                % {"value": plain(value), "percent": plain(value * 100)}
            )
            return None
        if scale == "percent_by_others":
            warnings.append(
                _("%(value)s was read as %(value)s %%, because other rows of this column are above 1. Check it.")
                % {"value": plain(value)}
            )
    fraction = value if scale == "fraction" and not signed else value / 100
    if fraction == 0:
        warnings.append(_("An allele fraction of 0 means: looked for, not found. Check this row."))
    return plain(fraction.quantize(Decimal("0.00001")))


def allelic_ratio(text: str, warnings: list[str]) -> Decimal | None:
    """Read mutant to wild type, 0 to 100, three decimals; None with a warning otherwise."""
    if is_nothing(text):
        return None
    value = number(text)
    if value is None or value > 100:
        warnings.append(_("The allelic ratio could not be read; it is mutant divided by wild type, e.g. 0.6."))
        return None
    return plain(value.quantize(Decimal("0.001")))


def length_bp(text: str, warnings: list[str]) -> int | None:
    """Read a length of 3 to 400 base pairs; None with a warning otherwise."""
    value = number(re.sub(r"(?i)\s*(bp|nt)$", "", text)) if not is_nothing(text) else None
    if value is not None and value == value.to_integral_value() and 3 <= value <= 400:
        return int(value)
    if not is_nothing(text):
        warnings.append(_("The length is not a number of 3 to 400 base pairs and was left out."))
    return None


def percent(text: str, warnings: list[str]) -> Decimal | None:
    """Read per cent of cells, 0 to 100; a bare number up to 1 asks. Raises ``RefusedRow`` above 100."""
    if is_nothing(text):
        return None
    value = number(text.replace("%", "").strip())
    if value is None:
        warnings.append(_("The percentage could not be read as one number; type it if you know it."))
        return None
    if value > 100:
        raise RefusedRow(_("More than 100 % of cells does not exist."))
    if "%" not in text and 0 < value <= 1:
        warnings.append(
            _("%(value)s: is it %(value)s %% or %(percent)s %% of cells? Please say.")
            % {"value": plain(value), "percent": plain(value * 100)}
        )
        return None
    return plain(value)


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split("|")))


def _table(**words: str) -> Mapping[str, str]:
    return {fold(word): value for value, names in words.items() for word in names.split("|")}


ONCOGENICITY: Final = _table(
    oncogenic="oncogenic|pathogenic|pathogen|pathogeen|pathogène|class 5|5|driver",
    likely_oncogenic="likely oncogenic|likely pathogenic|wahrscheinlich pathogen|waarschijnlijk pathogeen"
    "|probablement pathogène|class 4|4",
    vus="vus|uncertain significance|uncertain|unclear significance|unklare Signifikanz"
    "|variant of uncertain significance|signification incertaine|class 3|3",
    likely_benign="likely benign|wahrscheinlich benigne|waarschijnlijk benigne|probablement bénin|class 2|2",
    benign="benign|benigne|bénin|class 1|1",
)
"""Words of reports and ACMG or C classes 1 to 5 -> ``Oncogenicity``."""

ORIGIN: Final = _table(
    somatic="somatic|somatisch|somatique|acquired",
    germline="germline|keimbahn|kiembaan|constitutional|constitutionnel|germinal",
)
INTENSITY: Final = _table(
    negative="neg|negative|negativ|negatief|négatif|absent|nicht exprimiert|not expressed|minus",
    dim="dim|weak|low|schwach|zwak|faible|weakly positive",
    moderate="moderate|intermediate|mittel|matig|modéré|normal",
    bright="bright|strong|high|stark|sterk|fort|helder|bright positive",
    heterogeneous="heterogeneous|variable|heterogen|variabel|hétérogène|variabele",
)
READOUT: Final = _table(
    IC50="IC50",
    LC50="LC50",
    EC50="EC50",
    AUC="AUC",
    DSS="DSS",
    sDSS="sDSS",
    z_score="z-score|zscore",
    viability_at_fixed_dose="viability|viability at fixed dose",
    on_target_score="on-target score",
    apoptosis_delta="apoptosis delta|delta apoptosis",
)
RESPONSE: Final = _table(
    sensitive="sensitive|sensitiv|sensibel|gevoelig|sensible",
    intermediate="intermediate|intermediär|intermediair|intermédiaire",
    resistant="resistant|résistant",
    not_evaluable="not evaluable|nicht auswertbar|niet beoordeelbaar|non évaluable",
)
COPY_TYPE: Final = _table(
    gain="gain|dup|duplication|trisomy|zugewinn|duplikation",
    amplification="amp|amplification|amplified|amplifikation|amplificatie",
    loss_het="het del|heterozygous deletion|het loss|heterozygous loss|monoallelic deletion|loss het|monosomy"
    "|heterozygote Deletion|heterozygote deletie|délétion hétérozygote|het. deletion|heterozygous del",
    loss_hom="hom del|homozygous deletion|hom loss|homozygous loss|biallelic deletion|loss hom|deep deletion"
    "|homozygote Deletion|homozygote deletie|délétion homozygote|homdel|hom. deletion|homozygous del",
    CN_LOH="cn-loh|cnloh|copy neutral loh|copy-neutral loss of heterozygosity|upd|uniparental disomy",
    biallelic="biallelic",
    undecided="del|deletion|loss|deleted|lost|verlust|deletie|verlies|délétion|perte",
)
"""``undecided``: a loss of which nobody says whether one or both copies are gone."""

ABSENT: Final = _folded(
    "not detected|undetected|negative|neg|negativ|negatief|négatif|wild type|wildtype|wild-type|wt|absent|not found"
    "|none detected|nicht nachweisbar|nicht nachgewiesen|kein Nachweis|Wildtyp|niet aangetoond|niet gevonden"
    "|non détecté|no mutation|not mutated|unmutated|no|nein|nee|non|0"
)
PRESENT: Final = _folded("detected|positive|pos|positiv|positief|positif|mutated|mutiert|mutant|present|yes|ja|oui")
NOT_DONE: Final = _folded(
    "not done|not tested|nicht untersucht|nicht durchgeführt|niet onderzocht|niet gedaan|non fait|non réalisé|pending"
    "|ausstehend|failed|fail|no result|not evaluable|inconclusive|no metaphases|no analysis|no growth|no mitoses"
    "|keine Metaphasen|geen metafasen|pas de mitoses|n.d.|not analysed|not analyzed"
)
