import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from iltb.audit.models import AuditEvent
from iltb.audit.services import verify_chain


class Command(BaseCommand):
    """Prove the audit chain; exit code 0 only when it holds."""

    help = "Recompute the audit chain. --anchor FILE compares with the last known head and then renews it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--anchor", type=Path, help="JSON file kept outside the database")

    def handle(self, *, anchor: Path | None, **_: object) -> None:
        """Verify, then move the anchor forward."""
        known = json.loads(anchor.read_text()) if anchor and anchor.exists() else None
        report = verify_chain(anchor=known)
        if report.fault:
            raise CommandError(report.fault)
        if anchor:
            sequence = AuditEvent.objects.count()
            anchor.write_text(json.dumps({"sequence": sequence, "hash": report.head}))
        self.stdout.write(f"{report.entries} audit entries, chain holds, head {report.head[:16] or '-'}")
