"""The own format goes out as it came in."""

import json
from datetime import date

import pytest
import yaml

from trials.exporters.own import own_document, to_json, to_yaml, version_document
from trials.importers.own import read_document, read_file
from trials.models import TrialVersion
from trials.services.catalogue import CATALOGUE

TODAY = date(2026, 11, 22)
FILES = sorted(CATALOGUE.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_trial_of_the_catalogue_comes_back_the_same(file):
    record = read_file(file, today=TODAY)
    document = own_document(record)

    for text, reader in ((to_json(document), json.loads), (to_yaml(document), yaml.safe_load)):
        assert own_document(read_document(reader(text), today=TODAY)) == document
    assert own_document(read_document(document, today=TODAY)) == document


@pytest.mark.django_db
def test_a_stored_version_says_what_its_file_says():
    version = TrialVersion.objects.select_related("trial").order_by("trial__key").first()
    record = read_file(CATALOGUE / f"{version.trial.key}.yaml", today=TODAY)

    stored, filed = version_document(version), own_document(record)

    assert stored["arms"] == filed["arms"]
    assert {name: stored[name] for name in ("key", "title", "agents", "phase", "sources", "countries")} == {
        name: filed[name] for name in ("key", "title", "agents", "phase", "sources", "countries")
    }
    read_document(stored, today=TODAY)


def test_what_is_no_part_of_a_trial_document_is_refused():
    with pytest.raises(TypeError, match="set has no place"):
        to_json({"key": {1}})
