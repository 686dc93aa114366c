"""Files from outside: neither size nor depth nor references can stop an import."""

import json

import pytest

from trials.importers.ctml import CtmlError
from trials.importers.ctml.documents import MAX_ALIASES, MAX_BYTES, read_documents

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)
)


@pytest.fixture
def written(tmp_path):
    def write(content, name="trial.yaml"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("one.yaml", "a: 1", [{"a": 1}]),
        ("two.yaml", "a: 1\n---\na: 2\n", [{"a": 1}, {"a": 2}]),
        ("list.json", '[{"a": 1}, {"a": 2}]', [{"a": 1}, {"a": 2}]),
        ("rows.jsonl", '{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ("two.json", ' {"a": 1} {"a": 2}', [{"a": 1}, {"a": 2}]),
        ("mark.json", b'\xef\xbb\xbf{"a": 1}', [{"a": 1}]),
        ("some.yaml", "x: &x [1]\ny: *x", [{"x": [1], "y": [1]}]),
        ("empty.json", "", []),
    ],
)
def test_documents_come_one_by_one(written, name, content, expected):
    assert list(read_documents(written(content, name))) == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.yaml", "key: [", "not readable as YAML"),
        ("a.yaml", b"\xff\xfe\x00", "not UTF-8 text"),
        ("a.yaml", "[" * 10_000, "nested deeper than 200 levels"),
        ("a.yaml", "x: !!python/object/apply:os.system [ls]", "not readable as YAML"),
        ("a.yaml", f"x: &x 1\ny: [{', '.join(['*x'] * (MAX_ALIASES + 1))}]", f"more than {MAX_ALIASES} references"),
        ("a.yaml", LAUGHS, "500000 values once references are followed"),
        ("a.yaml", "&x [*x]", "nested deeper than 200 levels"),
        ("a.yaml", "and: [1]\nand: [2]", "line 2: key .and. is given twice"),
        ("a.yaml", "a: 2026-13-45", "cannot be read"),
        ("a.yaml", "? [a, b]\n: 1", "unhashable"),
        ("a.json", "[" * 10_000 + "]" * 10_000, "nested deeper than 200 levels"),
        ("a.json", '{"a": 1, "a": 2}', "key 'a' is given twice"),
        ("a.json", '{"a": "x\\u0000"}', "cannot be stored"),
        ("a.json", '{"\\ud800": 1}', "cannot be stored"),
        ("a.yaml", 'a: "x\\0"', "cannot be stored"),
        ("a.json", '{"a": NaN}', "NaN is no number"),
        ("a.json", '{"a": ', "not readable as JSON"),
    ],
)
def test_dangerous_and_broken_files_are_refused_with_a_reason(written, name, content, reason):
    with pytest.raises(CtmlError, match=reason):
        list(read_documents(written(content, name)))


def test_a_very_large_file_is_not_even_opened(tmp_path):
    file = tmp_path / "large.yaml"
    with file.open("wb") as handle:
        handle.truncate(50_000_000)

    with pytest.raises(CtmlError, match=f"50.0 MB; files over {MAX_BYTES // 1_000_000} MB are not read"):
        list(read_documents(file))


def test_documents_before_a_broken_one_are_kept(written):
    reader = read_documents(written(json.dumps({"a": 1}) + "{", "rows.jsonl"))

    assert next(reader) == {"a": 1}
    with pytest.raises(CtmlError, match="not readable as JSON"):
        next(reader)
