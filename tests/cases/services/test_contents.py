import json

import pytest
from django.apps import apps

from cases.completeness.levels import LEVELS
from cases.models import Case, Patient
from cases.queries.data_dictionary import answers_of
from cases.services.contents import bsa_m2, columns, content_of
from tests.factories.cases import draft
from tests.factories.dossier import full_case

pytestmark = pytest.mark.django_db
# Frozen under another name, or left out on purpose: names of people never go in.
ELSEWHERE = {"gene", "gene_symbol", "concept", "target", "specimen", "question"}
NEVER = {"confirmed_by", "confirmed_at", "transcribed_by", "transcribed_at"}


def shape(value):
    """The keys of a content, whatever stands there."""
    return {key: shape(inner) for key, inner in value.items()} if isinstance(value, dict) else None


def keys(value):
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for inner in value if isinstance(value, list) else []:
        yield from keys(inner)


def test_every_block_is_there_with_all_its_keys_whether_answered_or_not():
    empty, full = shape(content_of(draft())), shape(content_of(full_case()))
    named = {"patient": "country", "diagnosis": "entity"}
    for block, name in named.items():
        empty[block].pop(name), full[block].pop(name)

    assert empty == full


def test_every_answer_of_every_table_is_frozen():
    written = set(keys(content_of(full_case())))
    lost = {
        f"{name}.{column.name}"
        for name in LEVELS
        for column in answers_of(apps.get_model("cases", name))
        if column.name not in written | ELSEWHERE | NEVER
    }

    assert lost == set()


def test_nobody_is_named_in_a_dossier():
    case = full_case()
    text = json.dumps(content_of(case))

    assert [name for name in (case.author.full_name, case.author.email, case.centre.name) if name in text] == []


def test_no_floats_are_frozen():
    text = json.dumps(content_of(full_case()), default=repr)

    assert json.loads(text, parse_float=lambda number: pytest.fail(f"{number} is a float")) is not None


def test_a_full_dossier_is_read_with_a_fixed_number_of_queries(django_assert_max_num_queries):
    case = Case.objects.get(pk=full_case().pk)

    with django_assert_max_num_queries(31):
        content_of(case)


def test_body_surface_by_hand():
    # sqrt(168 cm x 56 kg / 3600) = 1.6166
    assert bsa_m2(Patient(weight_kg=56, height_cm=168)) == "1.62"


def test_body_surface_is_unknown_without_height():
    assert bsa_m2(Patient(weight_kg=56)) is None


def test_keys_to_other_rows_and_stamps_are_left_out():
    assert {"case", "country", "id"} & set(columns(Patient())) == set()
