"""What one page needs together, as frozen dataclasses. Start here: ``dossier_of`` for anybody who reads a case."""

from cases.queries.dossier import Dossier, dossier_from, dossier_of

__all__ = ("Dossier", "dossier_from", "dossier_of")
