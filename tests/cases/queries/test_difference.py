from copy import deepcopy

import pytest

from cases.queries.difference import content_differences
from cases.services.contents import content_of
from tests.factories.dossier import full_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    return content_of(full_case())


def lines(before, after):
    return [(line.label, line.mine, line.theirs) for line in content_differences(before, after)]


def test_the_same_dossier_differs_in_nothing(content):
    assert lines(content, deepcopy(content)) == []


def test_a_changed_answer_reads_as_the_form_asks_it(content):
    after = deepcopy(content)
    after["condition"]["qtcf_ms"] = 480
    after["status"]["sites"] = ["bone_marrow"]

    assert lines(content, after) == [
        ("status: sites of disease", "bone marrow, mediastinum", "bone marrow"),
        ("condition: QTc, ms", "441", "480"),
    ]


def test_a_new_row_changes_no_other(content):
    after = deepcopy(content)
    after["transplants"].insert(0, {"number": 2, "donor": "MSD"})

    assert ("transplants: 2: donor", "not stated", "matched sibling") in lines(content, after)
    assert all(label.startswith("transplants: 2") for label, _before, _after in lines(content, after))


def test_an_answer_taken_back_reads_as_not_stated(content):
    after = deepcopy(content)
    after["specimens"][0]["variants"][0]["vaf"] = None

    [line] = lines(content, after)
    assert (line[1], line[2]) == ("0.39", "not stated")
