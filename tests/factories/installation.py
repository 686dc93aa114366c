"""What ``manage.py prepare`` loads, once for each test database."""

from django.core.management import call_command


def prepare_installation() -> None:
    call_command("createcachetable", verbosity=0)
    for command in ("load_terminology", "load_catalogue"):
        call_command(command, verbosity=0)
