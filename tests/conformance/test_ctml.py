"""CTML against the sets of patients that the reference engine found, and every file that it could read."""

import json
from collections import defaultdict
from datetime import date
from itertools import product
from random import Random

import pytest

from trials.importers.ctml import CtmlAll, CtmlLeaf, leaves, parse_match, read_files
from trials.importers.ctml.closed_world import CtmlCatalogue
from trials.importers.ctml.native import to_draft
from trials.importers.ctml.patients import CtmlPatient
from trials.matching.kleene import Verdict

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def ctml(conformance_data):
    if not (conformance_data / "ctml").is_dir():
        pytest.skip("no CTML in the conformance data")
    return conformance_data / "ctml"


def loaded(path):
    return json.loads(path.read_text(encoding="utf-8"))


def key(value):
    return value["$oid"] if isinstance(value, dict) else value


def patients(clinical, genomic, as_of, names):
    events = defaultdict(list)
    for event in genomic:
        events[key(event["CLINICAL_ID"])].append(event)
    accepted = {name: frozenset(meant) for name, meant in names.items()}
    return {row["SAMPLE_ID"]: CtmlPatient(row, events[key(row["_id"])], as_of, accepted) for row in clinical}


def matched(trials, people):
    """Return for each trial the patients that meet one of its clauses in the closed world."""
    clauses = [(trial.name, clause.tree) for trial in trials for clause in trial.clauses]
    catalogue = CtmlCatalogue([tree for _, tree in clauses])
    found = {trial.name: set() for trial in trials}
    for sample, person in people.items():
        for (name, _), verdict in zip(clauses, catalogue.verdicts(person, closed_world=True), strict=True):
            if verdict is Verdict.MET:
                found[name].add(sample)
    return found


@pytest.fixture(scope="module")
def adults(ctml):
    folder = ctml / "integration"
    rows = [loaded(folder / f"patients_{kind}.json") for kind in ("clinical", "genomic")]
    return patients(*rows, date(2000, 7, 12), loaded(folder / "oncotree_names_2017.json"))


@pytest.fixture(scope="module")
def leukaemias(ctml):
    data = loaded(ctml / "leukaemia_random" / "patients.json")
    names = loaded(ctml / "leukaemia_random" / "oncotree_names_2025.json")
    return patients(data["clinical"], data["genomic"], date.fromisoformat(data["as_of"]), names)


def test_integration_trials_find_the_same_patients(ctml, adults):
    expected = loaded(ctml / "integration" / "expected.json")

    for name, wanted in expected.items():
        report = read_files([ctml / "integration" / "trials" / f"{name}.json"])
        assert (name, matched(report.trials, adults)) == (name, {wanted["protocol_no"]: set(wanted["matches"])})
    print(f"integration: {len(expected)} trials x {len(adults)} patients")


@pytest.mark.parametrize("folder", ["leukaemia_random", "real_heme"])
def test_leukaemia_trials_find_the_same_patients(ctml, leukaemias, folder):
    expected = loaded(ctml / folder / "expected.json")
    report = read_files([*sorted((ctml / folder).glob("*.yaml")), *(ctml / folder).glob("*.jsonl")])

    assert report.refused == []
    assert matched(report.trials, leukaemias) == {name: set(found) for name, found in expected.items()}
    print(f"{folder}: {len(expected)} trials x {len(leukaemias)} patients")


def test_every_real_trial_becomes_a_draft(ctml):
    files = sorted((ctml / "real_heme").glob("*.yaml"))
    report = read_files(files)

    keys = {to_draft(trial).record(today=TODAY).key for trial in report.trials}

    assert (len(keys), report.refused) == (len(files), [])


def test_every_file_of_the_loader_tests_is_read_in_all_its_layouts(ctml):
    files = sorted(path for path in (ctml / "load").rglob("*") if path.is_file())
    reports = [read_files([file]) for file in files]

    assert [refused for report in reports for refused in report.refused] == []
    assert all(report.trials for report in reports)
    for report in reports:
        for trial in report.trials:
            to_draft(trial).record(today=TODAY)


def test_yaml_and_json_of_one_trial_say_the_same(ctml):
    trees = []
    for file in ("trials/11-111.json", "yaml/11-111.yaml"):
        (trial,) = read_files([ctml / "load" / file]).trials
        trees.append([[leaf.key for leaf in leaves(clause.tree)] for clause in trial.clauses])

    assert trees[0] == trees[1]


def paths(document):
    """Write out every way through a tree of *and* and *or*, as the reference engine does."""
    ways = []
    for name, value in document.items():
        parts = [paths(item) for item in value] if isinstance(value, list) else [[frozenset({name})]]
        if name.startswith("or"):
            ways.append([way for part in parts for way in part])
        else:
            ways.append([frozenset().union(*chosen) for chosen in product(*parts)])
    return [frozenset().union(*chosen) for chosen in product(*ways)]


def holds(node, true):
    if isinstance(node, CtmlLeaf):
        return node.category in true
    parts = [holds(part, true) for part in node.parts]
    return all(parts) if isinstance(node, CtmlAll) else any(parts)


def test_boolean_trees_hold_exactly_where_one_path_does(ctml):
    files = sorted((ctml / "boolean_cases").glob("*.json"))
    random = Random(1)

    assert files
    for file in files:
        document = loaded(file)
        tree, ways = parse_match(document), paths(document)
        names = sorted({leaf.category for leaf in leaves(tree)})
        for _ in range(500):
            true = frozenset(name for name in names if random.random() < 0.5)
            assert (file.name, holds(tree, true)) == (file.name, any(way <= true for way in ways))
    print(f"boolean_cases: {len(files)} trees x 500 assignments")
