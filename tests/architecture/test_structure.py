"""Habits that keep the code readable, checked."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
FOLDERS = ("iltb", "cases", "trials", "boards", "bin")
FILES = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in file.parts]
LAZY_MODULES = ("weasyprint", "pikepdf", "openpyxl", "iltb.documents.engine")  # the last wraps the first


def functions(file):
    return [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_files_and_functions_stay_short(file):
    assert len(file.read_text().splitlines()) < 400
    assert [node.name for node in functions(file) if node.end_lineno - node.lineno + 1 >= 50] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_stand_at_the_top_but_where_an_app_gets_ready_or_a_heavy_library_is_wrapped(file):
    inside = [
        node
        for function in functions(file)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {alias.name for node in inside if isinstance(node, ast.Import) for alias in node.names}
    names |= {
        f"{node.module}.{alias.name}" for node in inside if isinstance(node, ast.ImportFrom) for alias in node.names
    }

    if file.name == "apps.py":
        assert len(inside) <= 1
    else:
        assert all(name.startswith(LAZY_MODULES) for name in names)


def test_there_are_no_model_signals():
    used = [file for file in FILES if "db.models.signals" in file.read_text()]

    assert used == []


def test_there_are_at_most_ten_domain_events():
    events = [line for file in FILES if file.name == "events.py" for line in file.read_text().splitlines()]

    assert 0 < sum("Signal()" in line for line in events) <= 10
