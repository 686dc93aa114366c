"""Karyotypes in the part of ISCN that acute leukaemia and lymphoma reports use.

Nothing is refused: what is not understood stays in the text and is named in a sentence. Not read are microarray,
region-specific and sequence-based nomenclature; ``nuc ish`` and ``ish`` results are kept as text.
"""

from cases.nomenclature.iscn.clones import is_not_done, parse
from cases.nomenclature.iscn.model import Abnormality, Clone, Karyotype

__all__ = ["Abnormality", "Clone", "Karyotype", "is_not_done", "parse"]
