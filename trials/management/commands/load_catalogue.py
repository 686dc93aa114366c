from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from trials.services.catalogue import CATALOGUE, load_catalogue


class Command(BaseCommand):
    """Load the trial catalogue that the portal ships, or another folder in the same format."""

    help = (
        "Load trial files. Idempotent; drafts outside the demo; a broken file is reported and never stops the others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the files are."""
        parser.add_argument("--from", dest="folder", type=Path, default=CATALOGUE, help="default: the shipped files")

    def handle(self, *_: Any, **options: Any) -> None:
        """Load, then say what changed and what was left out."""
        report = load_catalogue(options["folder"])
        self.stdout.write(
            f"trials: {len(report.added)} added, {len(report.changed)} changed, {len(report.unchanged)} unchanged, "
            f"{len(report.refused)} refused"
        )
        for refusal in report.refused:
            self.stderr.write(f"{refusal.file}: {refusal.path}: {refusal.reason}")
