"""Every register record at hand becomes a draft, with the counts that its reader can check."""

import json
import re
from collections import Counter
from datetime import date
from html import unescape

import pytest

from trials.importers.batch import read_batch
from trials.importers.lines import split_criteria
from trials.importers.registers import read_files, to_draft
from trials.management.commands.import_trials import store_drafts
from trials.matching.criteria import MAX_TEXT, leaves, parse

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def registers(conformance_data):
    if not (conformance_data / "clinicaltrials").is_dir():
        pytest.skip("no register records in the conformance data")
    return conformance_data / "clinicaltrials"


def criteria(record):
    (arm,) = to_draft(record).record(today=TODAY).arms
    return list(leaves(parse(arm.criteria)))


@pytest.mark.parametrize("folder", ["full_ctgov2", "full_ctgov", "full_ctis", "full_euctr", "full_isrctn"])
def test_every_full_record_becomes_a_draft(registers, folder):
    files = sorted((registers / folder).glob("*.json"))
    report = read_files(files)

    assert (len(report.records), report.refused) == (len(files), [])
    for record in report.records:
        assert all((record.title, record.phase, record.countries, record.lines)), record.number
        assert len(criteria(record)) >= len(record.lines)
    print(f"{folder}: {len(files)} records")


@pytest.mark.parametrize("name", ["registry_extract", "registry_extract_other", "eligibility_texts"])
def test_every_extract_becomes_a_draft(registers, name):
    file = registers / f"{name}.jsonl"
    count = sum(1 for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    report = read_files([file])

    kinds = Counter(line.kind.value for record in report.records for line in record.lines)
    found = [leaf for record in report.records for leaf in criteria(record)]

    assert (len(report.records), report.refused) == (count, [])
    assert len(found) >= sum(kinds.values())
    assert max(len(leaf.text) for leaf in found) <= MAX_TEXT
    print(f"{name}: {count} records, {kinds['inclusion']} inclusion and {kinds['exclusion']} exclusion lines")


@pytest.mark.parametrize("name", ["registry_extract", "registry_extract_other", "eligibility_texts"])
def test_nearly_every_extract_states_both_kinds(registers, name):
    records = read_files([registers / f"{name}.jsonl"]).records

    both = sum(len({line.kind for line in record.lines}) == 2 for record in records)

    assert both / len(records) >= 0.97


@pytest.mark.django_db
def test_every_full_record_can_be_stored_as_a_draft(registers):
    files = sorted(registers.glob("full_*/*.json"))
    batch = read_batch(files, today=TODAY)

    report = store_drafts(batch)

    assert (batch.left_out, report.refused, len(report.added)) == ([], [], len(files))


NUMERALS = {"iii", "vii", "viii", "xii", "xiii"}


def words(text):
    """Count words; Roman numerals are left out, since they may be bullets."""
    found = re.findall(r"[^\W\d_]{3,}", unescape(unescape(text)).lower())
    return Counter(word for word in found if word not in NUMERALS)


def is_heading(row):
    return row.rstrip().endswith(":") or re.fullmatch(r"\W*[\w/ ]{0,30}(in|ex)clusion criteria\W*", row, re.IGNORECASE)


def test_no_sentence_of_an_eligibility_text_is_lost(registers):
    file = registers / "eligibility_texts.jsonl"
    texts = [json.loads(row)["eligibility_text"] for row in file.read_text(encoding="utf-8").splitlines()]

    for text in texts:
        sentences = "\n".join(row for row in text.splitlines() if not is_heading(row))
        kept = " ".join(f"{line.group} {line.text}" for line in split_criteria(text))
        assert words(sentences) - words(kept) == Counter()
