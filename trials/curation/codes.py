"""The words a curator may type for the codes that a fact is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import TextChoices

from cases import enums
from trials.matching.registry import FactKind, FactSpec
from trials.matching.vocabulary import pathways

_CODES: Final[Mapping[str, type[TextChoices]]] = {
    "sex": enums.Sex,
    "syndromes": enums.OtherSyndrome,
    "initial_cns_status": enums.CnsStatus,
    "initial_risk_group": enums.RiskGroup,
    "initial_stage": enums.LymphomaStage,
    "secondary_disease": enums.SecondaryDisease,
    "status_now": enums.StatusNow,
    "refractory_definition": enums.RefractoryDefinition,
    "relapse_timing": enums.RelapseTiming,
    "sites": enums.Site,
    "cns_status": enums.CnsStatus,
    "testicular": enums.Testicular,
    "mrd_method": enums.MrdMethod,
    "gvhd_chronic": enums.Severity,
    "organ_history": enums.OrganHistory,
    "neurological": enums.Neuro,
    "willing_to_travel": enums.Travel,
    "family_wishes": enums.FamilyWish,
}


@dataclass(frozen=True)
class Words:
    """Codes with their words: diseases and countries come from the terminology, the others from the case form."""

    diseases: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)

    def of(self, spec: FactSpec) -> dict[str, str]:
        """Return the codes of a fact with their words; none for a fact that takes none, or any code."""
        if spec.kind is FactKind.DISEASE:
            return dict(self.diseases)
        if spec.kind is FactKind.PATHWAY:
            return {name: pathway.label for name, pathway in pathways().items()}
        if spec.name == "country":
            return dict(self.countries)
        choices = _CODES.get(spec.name)
        return {} if choices is None else {str(value): str(label) for value, label in choices.choices}
