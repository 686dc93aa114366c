"""Files that are written once, whole or not at all, and served ever after. All lie below ``settings.MEDIA_ROOT``."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from iltb.core.errors import DomainError

_LEFT_OVER: Final = ".part"
_MODE: Final = 0o640


@dataclass(frozen=True)
class StoredFile:
    """A stored file: ``path`` relative to the media folder, SHA-256 of its bytes in hex, ``size`` in bytes."""

    path: str
    sha256: str
    size: int


class BrokenFile(DomainError):
    """A stored file is missing, or is no longer what was stored."""

    http_status = 500


def store_once(name: str, content: bytes) -> StoredFile:
    """Store ``content`` under ``name``, a relative path such as ``letters/1f0c.pdf``.

    Written beside its place, flushed to the disk, then renamed: a killed process leaves the old file or the new one,
    never a part. A second call with the same content changes nothing; what an earlier, killed attempt left behind
    under the same name is replaced. Raises ``ValueError`` for a name that leaves the media folder, ``OSError`` when
    the disk is full or read-only.
    """
    place = _place(name)
    stored = StoredFile(path=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    _make_folder(place.parent)
    for left_over in place.parent.glob(f".{place.name}.*{_LEFT_OVER}"):
        left_over.unlink(missing_ok=True)
    if not (place.is_file() and place.read_bytes() == content):
        _write_whole(place, content)
    _flush_folder(place.parent)
    return stored


def read_stored(stored: StoredFile) -> bytes:
    """The bytes as they were stored; raises ``BrokenFile`` when they are gone or differ."""
    try:
        content = _place(stored.path).read_bytes()
    except FileNotFoundError as error:
        raise BrokenFile(_("The stored file is missing. Nothing is shown; the operator has to restore it.")) from error
    if len(content) != stored.size or hashlib.sha256(content).hexdigest() != stored.sha256:
        raise BrokenFile(_("The stored file was damaged or changed. Nothing is shown; the operator has to restore it."))
    return content


def _place(name: str) -> Path:
    parts = PurePosixPath(name)
    if not parts.parts or parts.is_absolute() or ".." in parts.parts or "\\" in name or "\0" in name:
        message = f"{name!r} is not a path below the media folder"
        raise ValueError(message)
    return Path(settings.MEDIA_ROOT, *parts.parts)


def _make_folder(folder: Path) -> None:
    """Create ``folder``; every new entry is flushed too, or a crash could lose the file with its folder."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        _flush_folder(path.parent)


def _write_whole(place: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=f".{place.name}.", suffix=_LEFT_OVER, dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _MODE)
            os.fsync(file.fileno())
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
