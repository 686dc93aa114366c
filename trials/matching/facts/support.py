"""Other drugs, access and wishes."""

from collections.abc import Callable
from typing import Final

from trials.matching.answers import Reason
from trials.matching.facts.model import Fact, Topics
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.values import Block, block, code, rows, several, undecided, yes_or_no

_ROLES: Final = (
    (
        "strong_cyp3a4_modifier",
        _("Strong CYP3A4 inhibitor or inducer"),
        _("Does the patient take a strong CYP3A4 inhibitor or inducer?"),
    ),
    (
        "strong_cyp3a4_inhibitor",
        _("Strong CYP3A4 inhibitor"),
        _("Does the patient take a strong CYP3A4 inhibitor?"),
    ),
    ("strong_cyp3a4_inducer", _("Strong CYP3A4 inducer"), _("Does the patient take a strong CYP3A4 inducer?")),
    (
        "cyp3a4_modifier",
        _("Strong or moderate CYP3A4 inhibitor or inducer"),
        _("Does the patient take a strong or moderate CYP3A4 inhibitor or inducer?"),
    ),
    ("pgp_inhibitor", _("P-gp inhibitor"), _("Does the patient take a P-gp inhibitor?")),
    ("qt_prolonging_drug", _("Drug that prolongs QT"), _("Does the patient take a drug that prolongs QT?")),
    ("acid_suppressant", _("Acid suppressant"), _("Does the patient take an acid suppressant?")),
)
SPECS: Final = (
    *(
        FactSpec(
            name,
            K.FLAG,
            label,
            question,
            "condition.comedications, no_comedication",
            'Met when a listed drug has the role; excluded when all have another one or "no other drugs" is ticked; '
            "an empty list or a drug without a role is open.",
        )
        for name, label, question in _ROLES
    ),
    FactSpec(
        "willing_to_travel",
        K.CODE,
        _("Willing to travel"),
        _("How far would the family travel?"),
        "access.willing_to_travel",
        "Known when answered.",
    ),
    FactSpec(
        "family_wishes",
        K.CODES,
        _("Wishes of the family"),
        _("What does the family wish?"),
        "condition.family_wishes",
        "Known when something was chosen.",
    ),
    FactSpec(
        "enrolled_in",
        K.FLAG,
        _("Enrolled in"),
        _("Is the patient enrolled in this study?"),
        "access.trials_considered",
        "Excluded when the study is listed as failed, full, closed or declined; otherwise open.",
        about="study",
    ),
)
_NOT_ENROLLED: Final = frozenset({"screen_fail", "no_slot", "not_open_in_country", "declined"})
_CYP: Final = {
    "strong_cyp3a4_modifier": frozenset({"strong_inhibitor", "strong_inducer"}),
    "strong_cyp3a4_inhibitor": frozenset({"strong_inhibitor"}),
    "strong_cyp3a4_inducer": frozenset({"strong_inducer"}),
    "cyp3a4_modifier": frozenset({"strong_inhibitor", "moderate_inhibitor", "strong_inducer", "moderate_inducer"}),
}
_TRI: Final = {
    "pgp_inhibitor": "pgp_inhibitor",
    "qt_prolonging_drug": "qt_prolonging",
    "acid_suppressant": "acid_suppressant",
}


def read(content: Block) -> tuple[dict[str, Fact], dict[str, Topics]]:
    """Return the facts of this group, and those about a study."""
    condition, access = block(content, "condition"), block(content, "access")
    flat = {name: _role(condition, name) for name, *_words in _ROLES}
    flat["willing_to_travel"] = code(access.get("willing_to_travel"))
    flat["family_wishes"] = several(condition, "family_wishes")
    return flat, {"enrolled_in": Topics(_enrolments(access))}


def _role(condition: Block, name: str) -> Fact:
    drugs = rows(condition, "comedications")
    if not drugs:
        none = condition.get("no_comedication") is True
        return yes_or_no(value=False, text="no other drugs") if none else undecided(Reason.NONE_LISTED)
    has = _by_cyp3a4(_CYP[name]) if name in _CYP else _by_answer(_TRI[name])
    answers = [(str(row.get("display") or row.get("name")), has(row)) for row in drugs]
    if found := [drug for drug, answer in answers if answer is True]:
        return yes_or_no(value=True, text=", ".join(found))
    if unsure := [drug for drug, answer in answers if answer is None]:
        return undecided(Reason.DRUG_ROLE, ", ".join(unsure))
    return yes_or_no(value=False, text=", ".join(drug for drug, _answer in answers))


def _by_cyp3a4(wanted: frozenset[str]) -> Callable[[Block], bool | None]:
    def has(row: Block) -> bool | None:
        effect = str(row.get("cyp3a4") or "unknown")
        return None if effect == "unknown" else effect in wanted

    return has


def _by_answer(column: str) -> Callable[[Block], bool | None]:
    def has(row: Block) -> bool | None:
        return {"yes": True, "no": False}.get(str(row.get(column)))

    return has


def _enrolments(access: Block) -> dict[str, Fact]:
    """Read trials by the name or number that was written; one that is pending is not yet an enrolment."""
    found = {}
    for row in rows(access, "trials_considered"):
        outcome = str(row.get("outcome") or "")
        fact = yes_or_no(value=False, text=outcome) if outcome in _NOT_ENROLLED else undecided(Reason.PENDING, outcome)
        found[str(row.get("trial")).strip().lower()] = fact
    return found
