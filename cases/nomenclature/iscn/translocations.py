"""Translocations of acute leukaemia and lymphoma and the fusion each suggests.

Sources: Khoury JD et al., WHO classification of myeloid neoplasms, 5th edition. Leukemia 2022;36:1703-1719.
doi:10.1038/s41375-022-01613-1. Alaggio R et al., WHO classification of lymphoid neoplasms, 5th edition. Leukemia
2022;36:1720-1748. doi:10.1038/s41375-022-01620-2. A suggestion only: other genes lie in the same bands.
"""

import re

from cases.nomenclature.iscn.model import Abnormality

# Kind and chromosomes, then the accepted beginnings of the band on each, then the genes.
_KNOWN: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("t(9;22)", ("q34", "q11"), "BCR::ABL1"),
    ("t(12;21)", ("p13|p12", "q22"), "ETV6::RUNX1"),
    ("t(1;19)", ("q23", "p13"), "TCF3::PBX1"),
    ("t(17;19)", ("q21|q22|q23", "p13"), "TCF3::HLF"),
    ("t(4;11)", ("q21", "q23"), "KMT2A::AFF1"),
    ("t(9;11)", ("p21|p22", "q23"), "KMT2A::MLLT3"),
    ("t(11;19)", ("q23", r"p13\.1"), "KMT2A::ELL"),
    ("t(11;19)", ("q23", r"p13\.3"), "KMT2A::MLLT1"),
    ("t(6;11)", ("q27", "q23"), "KMT2A::AFDN"),
    ("t(10;11)", ("p11|p12|p13|p14", "q23"), "KMT2A::MLLT10"),
    ("t(10;11)", ("p12|p13", "q14|q21"), "PICALM::MLLT10"),
    ("t(8;21)", ("q21|q22", "q22"), "RUNX1::RUNX1T1"),
    ("inv(16)", ("p13(?!.*q24).*q22",), "CBFB::MYH11"),
    ("t(16;16)", ("p13", "q22"), "CBFB::MYH11"),
    ("inv(16)", ("p13.*q24",), "CBFA2T3::GLIS2"),
    ("t(15;17)", ("q22|q24", "q11|q12|q21"), "PML::RARA"),
    ("t(6;9)", ("p22|p23", "q34"), "DEK::NUP214"),
    ("inv(3)", ("q21.*q26",), "MECOM-r"),
    ("t(3;3)", ("q21", "q26"), "MECOM-r"),
    ("t(3;21)", ("q26", "q22"), "RUNX1::MECOM"),
    ("t(1;22)", ("p13", "q13"), "RBM15::MRTFA"),
    ("t(8;16)", ("p11", "p13"), "KAT6A::CREBBP"),
    ("t(7;12)", ("q36", "p13"), "MNX1::ETV6"),
    ("t(5;11)", ("q35", "p15"), "NUP98::NSD1"),
    ("t(11;12)", ("p15", "p13"), "NUP98::KDM5A"),
    ("t(7;11)", ("p15", "p15"), "NUP98::HOXA9"),
    ("t(16;21)", ("p11", "q22"), "FUS::ERG"),
    ("t(16;21)", ("q24", "q22"), "RUNX1::CBFA2T3"),
    ("t(5;14)", ("q31", "q32"), "IGH::IL3"),
    ("t(5;14)", ("q35", "q32"), "BCL11B::TLX3"),
    ("t(10;14)", ("q24", "q11"), "TRD::TLX1"),
    ("t(11;14)", ("p15", "q11"), "TRD::LMO1"),
    ("t(11;14)", ("p13", "q11"), "TRD::LMO2"),
    ("t(1;14)", ("p32|p33", "q11"), "TRD::TAL1"),
    ("t(11;14)", ("q13", "q32"), "IGH::CCND1"),
    ("t(8;14)", ("q24", "q32"), "IGH::MYC"),
    ("t(2;8)", ("p11|p12", "q24"), "IGK::MYC"),
    ("t(8;22)", ("q24", "q11"), "IGL::MYC"),
    ("t(14;18)", ("q32", "q21"), "IGH::BCL2"),
    ("t(3;14)", ("q27", "q32"), "IGH::BCL6"),
    ("t(X;14)", ("p22", "q32"), "IGH::CRLF2"),
    ("t(2;5)", ("p23", "q35"), "NPM1::ALK"),
    ("t(1;2)", ("q21|q25", "p23"), "TPM3::ALK"),
    ("t(5;12)", ("q31|q32|q33", "p13"), "ETV6::PDGFRB"),
    ("t(9;12)", ("q34", "p13"), "ETV6::ABL1"),
    ("t(5;17)", ("q35", "q12|q21"), "NPM1::RARA"),
)  # fmt: skip
# Without bands these mean one thing in a leukaemia report; the others have more than one.
_MEANT_WITHOUT_BANDS = frozenset({
    "t(9;22)", "t(12;21)", "t(8;21)", "inv(16)", "t(16;16)", "t(15;17)", "t(4;11)", "t(9;11)", "t(1;19)", "t(17;19)",
    "t(6;9)", "t(14;18)",
})  # fmt: skip


def suspected_fusion(item: Abnormality) -> str:
    """``BCR::ABL1``, ``KMT2A-r`` for an unlisted partner of 11q23, or "" when nothing is suggested."""
    if not item.bands:
        code = f"{item.kind}({';'.join(item.chromosomes)})"
        return next((row[2] for row in _KNOWN if row[0] == code and code in _MEANT_WITHOUT_BANDS), "")
    for code, bands, fusion in _KNOWN:
        if _fits(item, code, bands):
            return fusion
    if item.kind == "t" and ("11", "q23") in {(name, band.split(".")[0]) for name, band in item.places()}:
        return "KMT2A-r"
    return ""


def _fits(item: Abnormality, code: str, bands: tuple[str, ...]) -> bool:
    """Whether the breakpoints are among those of ``item``; a translocation of three or more chromosomes may be one."""
    kind, _, names = code.rstrip(")").partition("(")
    if kind != item.kind:
        return False
    left = list(zip(item.chromosomes, ("".join(found).replace("?", "") for found in item.bands), strict=False))
    for name, pattern in zip(names.split(";"), bands, strict=True):
        place = next((place for place in left if place[0] == name and re.match(pattern, place[1])), None)
        if place is None:
            return False
        left.remove(place)
    return True
