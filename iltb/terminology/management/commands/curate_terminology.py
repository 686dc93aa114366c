from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iltb.terminology.curation.rebuild import rebuild
from iltb.terminology.curation.reference import NotInReference
from iltb.terminology.services import DATA


class Command(BaseCommand):
    """Write the vocabularies that are completed from reference files anew."""

    help = "Rebuild gene.csv, drug.csv and country.csv from our lists and a folder of reference files."

    def add_arguments(self, parser: CommandParser) -> None:
        """The references, and where to write."""
        parser.add_argument("--from", dest="references", type=Path, required=True, help="hgnc/, drugs/ and iso3166/")
        parser.add_argument("--to", dest="target", type=Path, default=DATA, help="default: the files that are shipped")

    def handle(self, *_: Any, **options: Any) -> None:
        """Rebuild, then say how many rows each file has."""
        try:
            counts = rebuild(options["references"], options["target"])
        except (NotInReference, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        for system, rows in counts.items():
            self.stdout.write(f"{system}.csv: {rows} rows")
