from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from cases.queries.data_dictionary import data_dictionary


class Command(BaseCommand):
    """Write the data dictionary of the dossier as Markdown."""

    help = "Without --file it goes to the screen."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--file", type=Path, help="where to write it, e.g. docs/data-dictionary.md")

    def handle(self, *, file: Path | None, **_: object) -> None:
        """Write it."""
        if file is None:
            self.stdout.write(data_dictionary())
        else:
            file.write_text(data_dictionary(), encoding="utf-8")
