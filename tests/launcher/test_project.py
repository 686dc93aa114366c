import stat

from launcher.project import fingerprint, read_json, write_json


def test_secrets_stay_the_same_between_two_starts(tree):
    assert tree.secrets() == tree.secrets()


def test_secrets_differ_from_each_other_and_are_long(tree):
    kept = tree.secrets()

    assert len(set(kept.values())) == len(kept)
    assert min(map(len, kept.values())) >= 50


def test_only_the_owner_can_read_the_secrets(tree):
    tree.secrets()

    assert stat.S_IMODE((tree.var / "secrets.json").stat().st_mode) == 0o600


def test_a_torn_file_counts_as_absent(tree):
    torn = tree.var / "torn.json"
    torn.write_text('{"port": 12')

    assert read_json(torn) == {}


def test_what_is_written_can_be_read(tree):
    write_json(tree.var / "state.json", {"port": 12})

    assert read_json(tree.var / "state.json") == {"port": 12}
    assert [path.name for path in tree.var.glob("state*")] == ["state.json"]


def test_a_fingerprint_changes_with_a_file_below(tree):
    folder = tree.root / "app"
    (folder / "deep").mkdir(parents=True)
    before = fingerprint([folder])

    (folder / "deep" / "data.csv").write_text("a")
    between = fingerprint([folder])
    (folder / "deep" / "data.csv").write_text("b")

    assert len({before, between, fingerprint([folder])}) == 3


def test_compiled_files_leave_the_fingerprint_alone(tree):
    folder = tree.root / "app" / "__pycache__"
    folder.mkdir(parents=True)
    before = fingerprint([tree.root / "app"])

    (folder / "module.pyc").write_bytes(b"x")

    assert fingerprint([tree.root / "app"]) == before
