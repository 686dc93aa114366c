"""What one page needs together, as frozen dataclasses. Start here: ``dossier_of`` for anybody who reads a case."""

from cases.queries.dossier import Dossier, dossier_from, dossier_of
from cases.queries.germline import germline_right

__all__ = ("Dossier", "dossier_from", "dossier_of", "germline_right")
