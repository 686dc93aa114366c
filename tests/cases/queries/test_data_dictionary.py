from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from cases.queries.data_dictionary import data_dictionary

FILE = Path(settings.BASE_DIR) / "docs" / "data-dictionary.md"


def test_the_committed_dictionary_is_that_of_the_models():
    assert FILE.read_text(encoding="utf-8") == data_dictionary()


def test_the_command_writes_the_file(tmp_path):
    call_command("data_dictionary", file=tmp_path / "dictionary.md")

    assert (tmp_path / "dictionary.md").read_text(encoding="utf-8") == data_dictionary()


def test_bounds_choices_and_levels_stand_in_the_table():
    table = data_dictionary()

    assert "| `qtcf_ms` | QTc, ms | whole number, 250 to 700 |  | R | 250 to 700 ms. |" in table
    assert "| `performance_scale` | performance scale | code | `Lansky`, `Karnofsky`, `ECOG` | auto |" in table
