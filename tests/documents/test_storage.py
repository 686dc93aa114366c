import resource
import signal
import subprocess
import sys
from hashlib import sha256

import pytest

from iltb.documents.storage import BrokenFile, StoredFile, read_stored, store_once

NAME = "letters/1f0c.pdf"
CONTENT = b"%PDF the whole letter"


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_was_stored_comes_back():
    stored = store_once(NAME, CONTENT)

    assert read_stored(stored) == CONTENT


def test_storing_tells_place_hash_and_size():
    assert store_once(NAME, CONTENT) == StoredFile(NAME, sha256(CONTENT).hexdigest(), len(CONTENT))


def test_the_file_lies_below_the_media_folder_and_nothing_beside_it(media):
    store_once(NAME, CONTENT)

    assert files_below(media) == [NAME]


def test_storing_the_same_again_leaves_the_file_as_it_is(media):
    first = store_once(NAME, CONTENT)
    before = (media / NAME).stat()

    again = store_once(NAME, CONTENT)

    after = (media / NAME).stat()
    assert (again, after.st_ino, after.st_mtime_ns) == (first, before.st_ino, before.st_mtime_ns)


def test_what_a_killed_attempt_stored_is_replaced(media):
    store_once(NAME, b"the letter of an attempt that was killed before its row was written")

    stored = store_once(NAME, CONTENT)

    assert (read_stored(stored), files_below(media)) == (CONTENT, [NAME])


def test_a_part_that_a_killed_attempt_left_is_cleared_away(media):
    (media / "letters").mkdir(parents=True)
    (media / "letters" / ".1f0c.pdf.abc123.part").write_bytes(b"%PDF the wh")

    store_once(NAME, CONTENT)

    assert files_below(media) == [NAME]


def test_parts_of_other_files_are_left_alone(media):
    (media / "letters").mkdir(parents=True)
    (media / "letters" / ".other.pdf.abc123.part").write_bytes(b"%PDF")

    store_once(NAME, CONTENT)

    assert files_below(media) == ["letters/.other.pdf.abc123.part", NAME]


def test_a_write_that_fails_leaves_the_old_file_and_no_part(media):
    stored = store_once(NAME, CONTENT)
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            store_once(NAME, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)

    assert (read_stored(stored), files_below(media)) == (CONTENT, [NAME])


def test_a_process_killed_in_mid_write_leaves_no_letter_and_the_next_one_succeeds(media):
    script = f"""
import resource, signal
from django.conf import settings
settings.configure(MEDIA_ROOT={str(media)!r})
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from iltb.documents.storage import store_once
store_once({NAME!r}, b"x" * 5000)
"""
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    left_over = files_below(media)

    store_once(NAME, CONTENT)

    assert (killed.returncode, NAME in left_over, files_below(media)) == (-signal.SIGXFSZ, False, [NAME])


@pytest.mark.parametrize("damage", [b"%PDF another letter!!", CONTENT[:-1], CONTENT + b"!", b""])
def test_a_damaged_file_is_refused_in_one_sentence(media, damage):
    stored = store_once(NAME, CONTENT)
    (media / NAME).write_bytes(damage)

    with pytest.raises(BrokenFile) as refusal:
        read_stored(stored)

    assert refusal.value.message.startswith("The stored file was damaged or changed.")


def test_a_missing_file_is_refused_in_one_sentence(media):
    stored = store_once(NAME, CONTENT)
    (media / NAME).unlink()

    with pytest.raises(BrokenFile, match="is missing"):
        read_stored(stored)


def test_a_broken_file_is_the_servers_fault_not_the_readers():
    assert BrokenFile.http_status == 500


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "letters/../../secret", "", "a\\b", "a\0b"])
def test_names_that_leave_the_media_folder_are_refused(name):
    with pytest.raises(ValueError, match="below the media folder"):
        store_once(name, CONTENT)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd"])
def test_nothing_outside_the_media_folder_is_read(name):
    with pytest.raises(ValueError, match="below the media folder"):
        read_stored(StoredFile(path=name, sha256="", size=0))


def test_others_on_the_machine_cannot_read_a_letter(media):
    store_once(NAME, CONTENT)

    assert (media / NAME).stat().st_mode & 0o777 == 0o640
