from typing import Final

from django.core.management import call_command
from django.core.management.base import BaseCommand

from iltb.core.privileges import grant_app_privileges

# Pages of others that the portal does not show; compressing their files takes seconds.
NOT_SERVED: Final = ["rest_framework", "drf_spectacular", "admin", "guardian"]


class Command(BaseCommand):
    """Bring a database and the static files to the state that this release needs. Run it as the owner role."""

    help = "Migrate, set privileges, cache table, grants, terminologies, trial catalogue, static files. Idempotent."

    def handle(self, *_: object, **options: object) -> None:
        """Everything in one process, since each start of Django costs seconds."""
        verbosity = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        grant_app_privileges()
        call_command("load_terminology", stdout=self.stdout)
        call_command("load_catalogue", stdout=self.stdout)
        call_command("sync_grants", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SERVED)
        self.stdout.write("The database and the static files are ready.")
