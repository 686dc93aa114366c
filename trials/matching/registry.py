"""Every fact a criterion may ask for, gathered from the groups of ``facts``."""

from types import MappingProxyType
from typing import Final

from trials.matching.facts import burden, condition, disease, effect, findings, patient, support, therapy, transplants
from trials.matching.facts.specs import DAYS_PER_MONTH, UNITS, FactKind, FactSpec

__all__ = ("DAYS_PER_MONTH", "FACTS", "UNITS", "FactKind", "FactSpec")

_GROUPS: Final = (patient, disease, burden, therapy, effect, transplants, findings, condition, support)

FACTS: Final = MappingProxyType({spec.name: spec for group in _GROUPS for spec in group.SPECS})
