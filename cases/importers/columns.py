"""What the columns of a laboratory's table are, guessed from headings in English, German, Dutch and French."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from cases.importers.preview import Column, UnreadableFile
from iltb.terminology.names import fold

IDENTIFIER: Final = "identifier"
IGNORED: Final = ""

_SYNONYMS: Final[Mapping[str, str]] = {
    "gene": "gene|gen|gène|gene name|gene symbol|hugo symbol|hgnc symbol|symbol|genname|gensymbol|gensymbool"
    "|nom du gène",
    "hgvs_p": "hgvsp|hgvs p|protein|protein change|aa change|aachange|amino acid change|p-notation|protéine|eiwit|p."
    "|aminosäureaustausch|aminosäureänderung|proteinveränderung|eiwitverandering|aminozuurverandering|hgvsp short"
    "|changement protéique|hgvs protein|protein (hgvs)|hgvs.p|aminoacid change|protein hgvs",
    "hgvs_c": "hgvsc|hgvs c|cdna|cdna change|coding|coding change|c-notation|c.|nucleotide change|hgvs coding|hgvs.c"
    "|cdna veränderung|nukleotidaustausch|nucleotideverandering|changement nucléotidique|hgvs cdna|cdna (hgvs)",
    "transcript": "transcript|transcript id|refseq|refseq id|transkript|transcrit|accession|nm|i transcript name"
    "|reference sequence|referenzsequenz",
    "vaf": "vaf|af|allele frequency|allele fraction|variant allele frequency|variant allele fraction|allelfrequenz"
    "|allelefrequentie|fréquence allélique|allelfraktion|vaf tumor|tumor vaf|tumour vaf|i tumorvaf wu|tumor f"
    "|variantenfrequenz|variantfrequentie|allellast|allele burden|mutationslast|fréquence allélique du variant",
    "depth": "depth|coverage|read depth|dp|t depth|total reads|abdeckung|lesetiefe|profondeur|couverture"
    "|leesdiepte|tiefe",
    "alt_reads": "t alt count|alt count|alt reads|variant reads|alternate reads|mutant reads|ad alt|lectures mutées",
    "oncogenicity": "classification|class|klassifikation|klassifizierung|classificatie|pathogenicity|oncogenicity"
    "|pathogenität|pathogeniteit|pathogénicité|clinical significance|significance|signifikanz|acmg|klasse|classe",
    "origin": "origin|herkunft|herkomst|origine|mutation status|somatic status|germline somatic|somatic germline",
    "event": "variant class|variant type|mutation type|type of variant|art der variante",
    "length_bp": "length|length bp|länge|lengte|longueur|itd length|itd länge|duplication length|insert size",
    "allelic_ratio": "allelic ratio|ratio|allel ratio|allelratio|itd ratio|ar|allelische ratio|quotient"
    "|rapport allélique",
    "fusion": "fusion|fusion gene|fusion genes|fusionsgen|fusiegen|gène de fusion|gene fusion|rearrangement"
    "|translocation",
    "five_prime_gene": "five prime gene|5 prime gene|5 gene|5p gene|gene1|gene a|partner 1|5 partner|left gene",
    "three_prime_gene": "three prime gene|3 prime gene|3 gene|3p gene|gene2|gene b|partner 2|3 partner|right gene",
    "in_frame": "in frame|frame|inframe|reading frame|leserahmen|leesraam|cadre de lecture",
    "karyotype": "karyotype|karyotyp|caryotype|iscn|karyogramm|cytogenetics|zytogenetik|cytogenetica|cytogénétique",
    "n_metaphases": "metaphases|n metaphases|metaphasen|metafasen|métaphases|number of metaphases",
    "region": "region|cytoband|band|locus|région|regio|bande|chromosomenbande",
    "copy_type": "cnv|cnv type|copy number type|copy number|copy number change|kopienzahlveränderung|lesion type"
    "|cna|type cnv|copy number alteration|kopieaantal",
    "copies": "copies|copy number absolute|cn|kopien|kopienzahl|kopieën|copy number value|nombre de copies",
    "chromosome": "chromosome|chr|chrom|chromosom|chromosoom",
    "start": "start|start position|position|pos|genomic position",
    "end": "end|end position|stop",
    "antigen": "antigen|marker|cd|antigène|antigeen|cd marker|oberflächenmarker",
    "percent_positive": "percent positive|positive|positive cells|% pos|pos|percent|prozent|procent|pourcentage|positiv"
    "|positief|% positive|% of blasts|anteil positiv",
    "intensity": "intensity|expression|intensität|intensiteit|intensité|expressie|mfi class",
    "drug": "drug|compound|substance|medikament|wirkstoff|substanz|geneesmiddel|médicament|inhibitor|arzneimittel",
    "readout": "readout|measure|metric|messgröße|uitlezing|mesure|endpoint",
    "value": "value|wert|waarde|valeur|ic50|lc50|ec50|auc|dss|sdss",
    "unit": "unit|units|einheit|eenheid|unité",
    "percentile_in_cohort": "percentile|percentile in cohort|perzentil|percentiel|percentile de cohorte",
    "interpretation": "interpretation|response|sensitivity|beurteilung|interpretatie|interprétation|bewertung",
    "result": "result|status|ergebnis|befund|resultaat|uitslag|résultat|call|statut",
    "finding": "finding|alteration|variant|mutation|aberration|variante|afwijking|altération|mutatie",
    "specimen": "specimen|specimen label|material label",
    IDENTIFIER: "name|patient|patient id|patient name|patientid|id|pid|pdid|mrn|dob|date of birth|sample|sample id"
    "|sample name|sampleid|tumor sample barcode|matched norm sample barcode|barcode|accession number|case id|case"
    "|geburtsdatum|geboortedatum|date de naissance|nachname|vorname|patientennummer|fallnummer|probe|probennummer"
    "|proben id|labornummer|lab number|lab id|monster|monsternummer|patiënt|patiëntnummer|échantillon|nom|prénom"
    "|first name|last name|surname|date|datum|report date|accession no|order number|auftragsnummer|numéro de dossier"
    "|specimen id|sample number|phone|telefon|e-mail|email|physician|arzt|hospital|subject|subject id|pat id"
    "|naam|achternaam|voornaam",
}
FIELDS: Final = frozenset(_SYNONYMS) | {"vaf_percent", "vaf_fraction", IGNORED}
"""What a person may choose for a column; "" drops it."""

_UNIT: Final = re.compile(r"\s*[(\[].*$|[\s_]+(?:in )?(?:%|percent|prozent|pct)$|%$", re.IGNORECASE)
_BY_NAME: Final = {fold(name): field for field, names in _SYNONYMS.items() for name in names.split("|") if fold(name)}
_READOUT_HEADINGS: Final = frozenset({"ic50", "lc50", "ec50", "auc", "dss", "sdss"})


def known_field(header: str) -> str:
    """Return the field that a heading stands for, "" when it is not known."""
    header = header.strip()
    if len(header) > 60:
        return IGNORED
    bare = _UNIT.sub("", header)
    field = _BY_NAME.get(fold(header)) or _BY_NAME.get(fold(bare), IGNORED)
    if field == "vaf" and bare != header and ("%" in header or fold(header).endswith(("percent", "prozent", "pct"))):
        return "vaf_percent"
    return field


def headings(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row that names the columns among the first rows of a table, None when no row does."""
    scores = [len({known_field(cell) for cell in row} - {IGNORED}) for row in rows[:20]]
    best = max(scores, default=0)
    return scores.index(best) if best >= 2 or (best == 1 and len(rows[scores.index(best)]) == 1) else None


def assign(header: Sequence[str], chosen: Mapping[str, str] | None) -> tuple[Column, ...]:
    """Say what each column is: as ``chosen`` by heading or by position ("1" is the first), else as guessed.

    Of two columns for the same field the first wins; the other is dropped. A heading that nobody knows is not
    repeated: it may be a name. Raises ``UnreadableFile`` for a choice that does not exist.
    """
    chosen = {key.strip().casefold(): field for key, field in (chosen or {}).items()}
    if strange := set(chosen.values()) - FIELDS:
        raise UnreadableFile(_("There is no field called “%(field)s”.") % {"field": min(strange)})
    taken = set(chosen.values())
    columns = []
    for position, heading in enumerate(header, 1):
        choice = chosen.get(heading.strip().casefold(), chosen.get(str(position)))
        field = known_field(heading) if choice is None else choice
        if choice is None and field != IDENTIFIER:
            field = IGNORED if _family(field) in {_family(other) for other in taken} else field
            taken.add(field)
        columns.append(Column(position, heading.strip() if known_field(heading) else "", field))
    return tuple(columns)


def _family(field: str) -> str:
    return "vaf" if field.startswith("vaf") else field or "-"


def readout_of(columns: Sequence[Column]) -> str:
    """Return the readout that stands in a heading instead of a column of its own (``IC50``), else ""."""
    named = [
        column.header for column in columns if column.field == "value" and fold(column.header) in _READOUT_HEADINGS
    ]
    return named[0] if named else ""


def notes_about(columns: Sequence[Column]) -> list[str]:
    """Tell in sentences what was taken for what; no heading that might be a name."""
    notes = [
        _("Column %(position)d (%(header)s) was read as: %(field)s.")
        % {"position": column.position, "header": column.header or _("heading not shown"), "field": column.field}
        for column in columns
        if column.field not in {IGNORED, IDENTIFIER}
    ]
    if dropped := [str(column.position) for column in columns if column.field == IDENTIFIER]:
        notes.append(_("Columns that name people or samples were dropped: %(which)s.") % {"which": ", ".join(dropped)})
    if unread := [str(column.position) for column in columns if column.field == IGNORED]:
        notes.append(_("Columns that were not read: %(which)s.") % {"which": ", ".join(unread[:50])})
    return notes
