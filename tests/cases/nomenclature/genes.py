"""A gene list small enough to read: approved symbols, and names that lead to them."""

APPROVED = [
    "ABL1", "AFF1", "BCR", "CBFB", "CREBBP", "CRLF2", "DNMT3A", "ETV6", "FLT3", "HLA-A", "HLA-B", "IGH", "IL7R",
    "JAK2", "KAT6A", "KMT2A", "KRAS", "MAL", "MECOM", "MLLT1", "MLLT10", "MLLT3", "MRTFA", "MYH11", "NKX2-1",
    "NOTCH1", "NPM1", "NSD1", "NUP98", "PBX1", "PICALM", "PML", "RARA", "RBM15", "RUNX1", "RUNX1T1", "TCF3",
    "UBTF",
]  # fmt: skip
OTHER_NAMES = {
    "ABL": "ABL1", "AF10": "MLLT10", "AF4": "AFF1", "AF9": "MLLT3", "AML1": "RUNX1", "AML1-MTG8": "RUNX1T1",
    "BCL-2": "BCL2", "BCR-ABL": "ABL1", "E2A": "TCF3", "ENL": "MLLT1", "ETO": "RUNX1T1", "EVI1": "MECOM",
    "MDS1": "MECOM", "MLL": "KMT2A", "MOZ": "KAT6A", "OTT": "RBM15", "TEL": "ETV6",
}  # fmt: skip


def symbol(name):
    upper = name.strip().upper()
    return upper if upper in APPROVED else OTHER_NAMES.get(upper)
