"""What one page needs together, as frozen dataclasses. Start here: ``profile_of`` for anybody who reads a case."""

from cases.queries.dossier import Dossier, dossier_from
from cases.queries.germline import GermlineRight, germline_right
from cases.queries.profile import Profile, profile_of

__all__ = ("Dossier", "GermlineRight", "Profile", "dossier_from", "germline_right", "profile_of")
