"""Facts, codes and conditions of matching in the words of the page."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.enums import (
    BestResponse,
    CanSwallow,
    CnsStatus,
    DiseaseGroup,
    Donor,
    DonorStatus,
    FamilyWish,
    HepatitisHiv,
    InfectionState,
    LymphomaStage,
    MrdMethod,
    Neuro,
    OrganHistory,
    OtherSyndrome,
    RefractoryDefinition,
    RelapseTiming,
    RiskGroup,
    SecondaryDisease,
    Severity,
    Sex,
    Site,
    StatusNow,
    Testicular,
    Travel,
    TrialOutcome,
)
from iltb.terminology.models import Concept
from trials.enums import Verification
from trials.matching.criteria import AllOf, AtLeast, Leaf, Node, Not
from trials.matching.explain import about_of
from trials.matching.registry import FACTS
from trials.matching.vocabulary import diseases
from trials.models import TrialVersion

_OPERATORS: Final = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "="}
_UNIT_WORDS: Final = {
    "count": "",
    "grade": "",
    "points": "",
    "percent": "%",
    "xULN": "× ULN",
    "10^9/L": "× 10⁹/L",
    "m2": "m²",
    "mg/m2": "mg/m²",
    "g/m2": "g/m²",
    "mL/min/1.73m2": "mL/min/1.73 m²",
}
_WORDINGS: Final = {
    "completed_years": gettext_noop("in completed years"),
    "unclear": gettext_noop("the source leaves the last year open"),
}
VOCABULARY: Final[dict[str, type[TextChoices]]] = {
    "sex": Sex,
    "status_now": StatusNow,
    "in_relapse": StatusNow,
    "refractory": StatusNow,
    "cns_status": CnsStatus,
    "initial_cns_status": CnsStatus,
    "sites": Site,
    "mrd_method": MrdMethod,
    "extramedullary_disease": Site,
    "isolated_extramedullary": Site,
    "cns_disease": CnsStatus,
    "initial_risk_group": RiskGroup,
    "initial_stage": LymphomaStage,
    "secondary_disease": SecondaryDisease,
    "refractory_definition": RefractoryDefinition,
    "relapse_timing": RelapseTiming,
    "testicular": Testicular,
    "syndromes": OtherSyndrome,
    "insufficient_response": BestResponse,
    "prior_allogeneic_hsct": Donor,
    "prior_autologous_hsct": Donor,
    "donor_available": DonorStatus,
    "related_donor_available": DonorStatus,
    "gvhd_chronic": Severity,
    "active_infection": InfectionState,
    "hiv": HepatitisHiv,
    "hepatitis_b": HepatitisHiv,
    "hepatitis_c": HepatitisHiv,
    "sos_history": Severity,
    "organ_history": OrganHistory,
    "neurological": Neuro,
    "swallows_capsules": CanSwallow,
    "willing_to_travel": Travel,
    "family_wishes": FamilyWish,
    "enrolled_in": TrialOutcome,
}


def fact_label(fact: str, about: str, *, turned: bool = False) -> str:
    """Return what is asked: "Fusion or rearrangement KMT2A-r"; a fact that has left the registry keeps its code."""
    label = _(FACTS[fact].label) if fact in FACTS else fact
    subject = f"{label} {about}".strip()
    return _("not: %(fact)s") % {"fact": subject} if turned else subject


def found_in_words(fact: str, found: str) -> str:
    """Return the fact used with codes put into words."""
    if found in ("yes", "no"):
        return _("yes") if found == "yes" else _("no")
    vocabulary = VOCABULARY.get(fact)
    if vocabulary is None or not found:
        return found
    return ", ".join(_word(vocabulary, code) for code in found.split(", "))


def verification_in_words(version: TrialVersion) -> str:
    """Return how the criteria were read; what nobody checked was taken from a named source or from memory."""
    if version.verification != Verification.UNVERIFIED:
        return str(Verification(version.verification).label)
    return _("taken from the source as it stands, not verified") if version.sources else _("from memory, not verified")


def node_in_words(node: Node, names: dict[str, str], *, nested: bool = False) -> str:
    """Return what a part of a tree compares: "Age now < 18 years", "(A and B) or C", "not: D"."""
    match node:
        case Leaf():
            return check_in_words(node, names)
        case Not():
            return _("not: %(part)s") % {"part": node_in_words(node.part, names, nested=True)}
    parts = [node_in_words(part, names, nested=True) for part in node.parts]
    if isinstance(node, AtLeast):
        return _("at least %(n)s of: %(parts)s") % {"n": node.n, "parts": "; ".join(parts)}
    joined = (_(" and ") if isinstance(node, AllOf) else _(" or ")).join(parts)
    return f"({joined})" if nested and len(parts) > 1 else joined


def check_in_words(leaf: Leaf, disease_names: dict[str, str]) -> str:
    """Return what is compared: "Age now < 21 years", "Surface antigen CD19"."""
    document = leaf.document
    subject = fact_label(leaf.fact, about_of(leaf))
    operator, value = str(document["op"]), document.get("value")
    if operator in _OPERATORS:
        unit = str(document.get("unit", ""))
        limit = f"{subject} {_OPERATORS[operator]} {value} {_UNIT_WORDS.get(unit, unit)}".strip()
        wording = _WORDINGS.get(str(document.get("wording", "")))
        return f"{limit} ({_(wording)})" if wording else limit
    if isinstance(value, bool):
        return f"{subject}: {_('yes') if value else _('no')}"
    if isinstance(value, list):
        return f"{subject}: {', '.join(_code(leaf.fact, code, disease_names) for code in value)}"
    return subject


def disease_names(found: Iterable[Leaf]) -> dict[str, str]:
    """Return names for all diseases that these criteria speak of, with one query for the entities among them."""
    codes = {code for leaf in found if leaf.fact == "disease" for code in leaf.document["value"]}
    entities = Concept.objects.filter(system="entity", code__in=codes).values_list("code", "display")
    groups = {code: str(DiseaseGroup(code).label) for code in codes if code in DiseaseGroup.values}
    families = {code: _(label) for code, label in diseases().family_labels.items()}
    return {**families, **dict(entities), **groups}


def _code(fact: str, code: str, names: dict[str, str]) -> str:
    if fact == "disease":
        return names.get(code, code)
    vocabulary = VOCABULARY.get(fact)
    return code if vocabulary is None else _word(vocabulary, code)


def _word(vocabulary: type[Any], code: str) -> str:
    return str(vocabulary(code).label) if code in vocabulary.values else code
