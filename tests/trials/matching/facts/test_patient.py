"""Who the patient is."""

import pytest

from tests.trials.documents import stated
from trials.matching.answers import Reason

NO = Reason.NOT_GIVEN


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        ({"fertility_or_pregnancy": "pregnant", "sex": "female"}, True),
        ({"fertility_or_pregnancy": "pregnancy_excluded"}, False),
        ({"fertility_or_pregnancy": "not_applicable"}, False),
        ({"fertility_or_pregnancy": "not_tested"}, Reason.NOT_TESTED),
        ({"fertility_or_pregnancy": "", "sex": "male"}, False),
        ({"sex": "female"}, NO),
        ({}, NO),
    ],
)
def test_pregnancy_is_excluded_by_a_test_or_by_sex(patient, expected):
    assert stated("pregnancy", patient=patient) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [(["NF1"], {"NF1"}), (["none"], {"none"}), (["unknown"], NO), (["NF1", "unknown"], NO), ([], NO), (None, NO)],
)
def test_a_syndrome_is_known_when_something_was_chosen(chosen, expected):
    assert stated("syndromes", patient={"other_syndromes": chosen}) == expected
