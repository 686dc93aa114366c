from django.core.management.base import BaseCommand

from iltb.accounts.services import sync_grants


class Command(BaseCommand):
    """Rebuild the grants from the rows and the role table."""

    help = "Idempotent; prints how many grants it had to change."

    def handle(self, *_: object, **__: object) -> None:
        """Run the service."""
        self.stdout.write(f"{sync_grants()} grants changed")
