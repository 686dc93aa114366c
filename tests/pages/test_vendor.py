"""Files of other projects are what their list says."""

import hashlib
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"


def listed() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def test_every_file_has_the_sum_that_is_listed():
    found = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in listed()}

    assert found == listed()


def test_no_file_is_unlisted():
    files = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}

    assert files - set(listed()) == {"README.md", "SHA256SUMS"}


def test_every_folder_carries_its_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]

    assert [folder.name for folder in folders if not (folder / "LICENSE").read_text(encoding="utf-8").strip()] == []
