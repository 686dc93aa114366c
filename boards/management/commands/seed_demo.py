from django.core.management.base import BaseCommand

from boards.demo import PASSWORD, seed


class Command(BaseCommand):
    """Fill the demonstration."""

    help = "People and eight invented cases in different states; does nothing when they are there."

    def handle(self, *_: object, **__: object) -> None:
        """Run the service and say which keys of the vignettes have no place in the form yet."""
        imported = seed()
        for item in imported:
            self.stdout.write(f"{item.case.code}: {len(item.not_held)} keys have no place in the form yet")
            for path in item.not_held:
                self.stdout.write(f"    {path}")
        self.stdout.write(f"{len(imported)} cases created; everybody's password is {PASSWORD}")
