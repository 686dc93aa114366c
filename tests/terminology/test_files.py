"""The format of the curated files, and what is refused."""

from datetime import date

import pytest

from iltb.terminology.files import Origin, Row, UnreadableFile, read_vocabulary, write_vocabulary

HEAD = """\
# system: regimen
# source: own list
# version: 1
# licence: own work
# retrieved_on: 2026-11-22
# owner: editor
# verified: no
"""


@pytest.fixture
def read(tmp_path):
    def read(table, head=HEAD):
        (tmp_path / "regimen.csv").write_text(head + table, encoding="utf-8")
        return read_vocabulary(tmp_path / "regimen.csv")

    return read


def test_the_head_says_where_the_rows_come_from(read):
    assert read("code,display\n").origin == Origin(
        system="regimen",
        source="own list",
        version="1",
        licence="own work",
        retrieved_on=date(2026, 11, 22),
        owner="editor",
        verified=False,
    )


def test_lists_and_yes_no_columns_become_what_they_mean(read):
    table = "code,display,parent,synonyms[],drugs[],open?,closed?\nA,Block A,,a|alpha,,yes,\n"

    assert read(table).rows == (Row("A", "Block A", "", ("a", "alpha"), {"drugs": [], "open": True, "closed": None}),)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("code,display\nA,Block A\nA,Block B\n", "the code A stands there twice"),
        ("code,display,parent\nA,Block A,B\n", "a parent is no code of this file: B"),
        ("code,display\n,Block A\n", "the code '' is empty"),
        (f"code,display\n{'x' * 61},Block A\n", "longer than 60 characters"),
        ("code,display\nA,—\n", "the name '—' is empty"),
        ("code,display,open?\nA,Block A,maybe\n", "open is 'maybe', it must be yes, no or empty"),
        ("code,display\nA,Block A,extra\n", "more or fewer cells than columns"),
        ("code,display\nA\n", "more or fewer cells than columns"),
        ("display\nBlock A\n", "the column 'code' is missing"),
        ("code,display\nA,Block A\n# late: remark\n", "comment lines stand at the top only"),
    ],
)
def test_a_wrong_table_is_refused_with_its_reason(read, table, reason):
    with pytest.raises(UnreadableFile, match=f"^regimen.csv.*{reason}"):
        read(table)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("# owner: editor\n", "", "the head does not say owner"),
        ("2026-11-22", "yesterday", "the head is wrong"),
        ("# verified: no", "# verified: perhaps", "the head is wrong"),
    ],
)
def test_a_wrong_head_is_refused_with_its_reason(read, right, wrong, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read("code,display\n", head=HEAD.replace(right, wrong))


def test_what_is_written_is_read_back(tmp_path):
    origin = Origin("drug", "list", "2", "CC0 1.0", date(2026, 1, 2), "editor", verified=True, note="a: b")
    path = tmp_path / "drug.csv"

    write_vocabulary(path, origin, ["code", "display", "synonyms[]"], [("a", 'A, "the" drug', "x|y")])

    assert read_vocabulary(path).origin == origin
    assert read_vocabulary(path).rows == (Row("a", 'A, "the" drug', "", ("x", "y"), {}),)
