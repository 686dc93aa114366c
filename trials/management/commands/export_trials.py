"""Writes trials of the catalogue as files for other systems."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trials.exporters.ctml import summary
from trials.exporters.versions import LAYOUTS, NotWritable
from trials.models import TrialVersion


class Command(BaseCommand):
    """Write the newest published version of trials, one file each, and say what the files lack."""

    help = "Write published trials as JSON files, in our own format or as CTML, and say what each file cannot say."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, in which format, which trials."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--layout", choices=sorted(LAYOUTS), default="own")
        parser.add_argument("--key", action="append", default=[], help="a trial's key; may be given more than once")
        parser.add_argument("--details", action="store_true", help="print each loss, not the reasons with their number")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write what can be written; fails for an unknown key and when nothing was written."""
        versions = TrialVersion.objects.current().select_related("trial")
        versions = versions.prefetch_related("arms", "trial__sites", "trial__identifiers")
        if keys := set(options["key"]):
            versions = versions.filter(trial__key__in=keys)
            if unknown := keys - set(versions.values_list("trial__key", flat=True)):
                raise CommandError(f"No published trial is called {', '.join(sorted(unknown))}.")
        options["folder"].mkdir(parents=True, exist_ok=True)
        rows = versions.order_by("trial__key")
        written = sum(self._write(version, options) for version in rows)
        if not written:
            raise CommandError("Nothing was written.")
        self.stdout.write(f"{written} of {len(rows)} trials written to {options['folder']}")

    def _write(self, version: TrialVersion, options: dict[str, Any]) -> bool:
        try:
            found = LAYOUTS[options["layout"]](version)
        except NotWritable as error:
            self.stderr.write(f"left out: {version.trial.key}: {error}")
            return False
        path: Path = options["folder"] / Path(found.name).name
        if path.is_symlink():
            self.stderr.write(f"left out: {version.trial.key}: {path} is a link to somewhere else")
            return False
        path.write_text(found.text, encoding="utf-8")
        self.stdout.write(f"{found.name}: {len(found.lost)} not in the file")
        if options["details"]:
            lines = [": ".join(filter(None, (f"{row.arm} {row.criterion}".strip(), row.reason))) for row in found.lost]
        else:
            lines = [f"{count} x {reason}" for reason, count in summary(found.lost).items()]
        for line in lines:
            self.stdout.write(f"  {line}")
        return True
