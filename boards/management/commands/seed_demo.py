from django.core.management.base import BaseCommand

from boards.demo import PASSWORD, seed


class Command(BaseCommand):
    """Fill the demonstration."""

    help = "People and eight invented cases in different states; does nothing when they are there."

    def handle(self, *_: object, **__: object) -> None:
        """Run the service and name every key of a vignette that found no place in the dossier."""
        imported = seed()
        for path in (path for item in imported for path in item.not_held):
            self.stdout.write(f"no place in the dossier: {path}")
        self.stdout.write(f"{len(imported)} cases created; everybody's password is {PASSWORD}")
