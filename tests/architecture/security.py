"""The tests that say who may see and do what, and what never leaves: ``make test-security`` runs these alone."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
FOLDERS = ("accounts", "audit", "mail")
FILES = (
    "architecture/test_closed_doors.py",
    "architecture/test_database_roles.py",
    "architecture/test_germline.py",
    "architecture/test_permissions.py",
    "boards/test_visibility.py",
    "boards/views/test_blindness.py",
    "boards/views/test_openings.py",
    "cases/importers/test_paste.py",
    "cases/test_api.py",
    "cases/views/test_importing.py",
    "cases/views/test_kept.py",
    "cases/views/test_typing_note.py",
    "core/test_access_log.py",
    "documents/test_strict.py",
    "pages/test_errors.py",
    "pages/test_public.py",
    "trials/services/test_contacts.py",
    "trials/services/test_preview.py",
    "trials/views/test_contacts.py",
)


def is_about_security(path: Path) -> bool:
    """Whether all tests of a file are."""
    name = path.relative_to(TESTS).as_posix()
    return name in FILES or name.split("/")[0] in FOLDERS
