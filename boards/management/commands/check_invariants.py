import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from boards.invariants import INVARIANTS


class Command(BaseCommand):
    """Prove the promises that the portal makes; exit code 0 only when all hold."""

    help = "One line for each invariant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="for machines")

    def handle(self, *, as_json: bool, **_: object) -> None:
        """Run every check."""
        results = {name: check() for name, check in INVARIANTS.items()}
        if as_json:
            self.stdout.write(json.dumps(results))
        else:
            for name, faults in results.items():
                self.stdout.write(f"{name}: {'holds' if not faults else '; '.join(faults[:5])}")
        broken = [name for name, faults in results.items() if faults]
        if broken:
            raise CommandError(f"violated: {', '.join(broken)}")
