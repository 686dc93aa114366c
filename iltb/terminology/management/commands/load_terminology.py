from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iltb.terminology.files import UnreadableFile
from iltb.terminology.services import load_all


class Command(BaseCommand):
    """Load the vocabularies that the portal ships."""

    help = "Load the curated vocabularies. Idempotent: a second run changes nothing, and nothing is ever deleted."

    def handle(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Load, then say what changed in each."""
        try:
            summary = load_all()
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        for system, counts in summary.items():
            self.stdout.write(
                f"{system}: {counts.active} in use ({counts.added} added, {counts.changed} changed, "
                f"{counts.deactivated} switched off)"
            )
