from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iltb.terminology.files import UnreadableFile
from iltb.terminology.services import DATA, load_all


class Command(BaseCommand):
    """Load the vocabularies that the portal ships, or those of another folder in the same format."""

    help = "Load the curated vocabularies. Idempotent: a second run changes nothing, and nothing is ever deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the files are."""
        parser.add_argument("--from", dest="folder", type=Path, default=DATA, help="default: the shipped files")

    def handle(self, *_: Any, **options: Any) -> None:
        """Load, then say what changed in each."""
        try:
            summary = load_all(options["folder"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        for system, counts in summary.items():
            self.stdout.write(
                f"{system}: {counts.active} in use ({counts.added} added, {counts.changed} changed, "
                f"{counts.deactivated} switched off)"
            )
