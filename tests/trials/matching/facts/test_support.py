"""Other drugs, access and wishes."""

import pytest

from tests.trials.documents import stated
from trials.matching.answers import Reason

POSACONAZOLE = {"name": "posaconazole", "cyp3a4": "strong_inhibitor", "pgp_inhibitor": "yes", "qt_prolonging": "yes"}
ISAVUCONAZOLE = {"name": "isavuconazole", "cyp3a4": "moderate_inhibitor", "pgp_inhibitor": "no"}
RIFAMPICIN = {"name": "rifampicin", "cyp3a4": "strong_inducer"}
OTHER = {"name": "other", "cyp3a4": "none", "pgp_inhibitor": "no"}
UNCLEAR = {"name": "unclear", "cyp3a4": ""}
ROLES = ("strong_cyp3a4_modifier", "strong_cyp3a4_inhibitor", "strong_cyp3a4_inducer", "cyp3a4_modifier")


@pytest.mark.parametrize(
    ("drugs", "expected"),
    [
        ([POSACONAZOLE], [True, True, False, True]),
        ([ISAVUCONAZOLE], [False, False, False, True]),
        ([RIFAMPICIN], [True, False, True, True]),
        ([OTHER], [False, False, False, False]),
        ([UNCLEAR], [Reason.DRUG_ROLE] * 4),
        ([UNCLEAR, POSACONAZOLE], [True, True, Reason.DRUG_ROLE, True]),
        ([], [Reason.NONE_LISTED] * 4),
    ],
)
def test_a_role_is_absent_only_when_every_drug_has_another(drugs, expected):
    assert [stated(role, condition={"comedications": drugs}) for role in ROLES] == expected


@pytest.mark.parametrize("role", [*ROLES, "pgp_inhibitor", "qt_prolonging_drug", "acid_suppressant"])
def test_no_other_drugs_have_no_role(role):
    assert stated(role, condition={"no_comedication": True}) is False


@pytest.mark.parametrize(
    ("role", "expected"),
    [("pgp_inhibitor", True), ("qt_prolonging_drug", True), ("acid_suppressant", Reason.DRUG_ROLE)],
)
def test_other_roles_are_read_one_by_one(role, expected):
    assert stated(role, condition={"comedications": [POSACONAZOLE]}) == expected


@pytest.mark.parametrize(
    ("outcome", "expected"), [("declined", False), ("screen_fail", False), ("pending", Reason.PENDING)]
)
def test_a_study_that_is_listed_is_not_yet_an_enrolment(outcome, expected):
    access = {"trials_considered": [{"trial": "APAL2020SC", "outcome": outcome}]}

    assert stated("enrolled_in", "apal2020sc", access=access) == expected
    assert stated("enrolled_in", "another", access=access) is Reason.NOT_GIVEN


def test_travel_and_wishes_are_known_when_answered():
    assert stated("willing_to_travel", access={"willing_to_travel": "EU"}) == "EU"
    assert stated("family_wishes", condition={"family_wishes": ["no_travel"]}) == {"no_travel"}
    assert stated("family_wishes", condition={"family_wishes": []}) is Reason.NOT_GIVEN
