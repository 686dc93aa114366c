from argparse import ArgumentParser
from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.importers.vignette import import_case
from iltb.accounts.enums import Role
from iltb.accounts.models import User
from iltb.core.errors import DomainError


class Command(BaseCommand):
    """Make drafts from YAML files in the form of the data dictionary."""

    help = "Each file becomes a draft of the given physician; keys without a place are listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--physician", required=True, help="e-mail address of a treating physician")

    def handle(self, *, files: list[Path], physician: str, **_: object) -> None:
        """One broken file never stops the others."""
        actor = User.objects.filter(email__iexact=physician, memberships__role=Role.REFERRING_PHYSICIAN).first()
        if actor is None:
            raise CommandError(f"{physician} is no treating physician here.")
        centre = actor.memberships.get(role=Role.REFERRING_PHYSICIAN).centre
        assert centre is not None  # noqa: S101 -- a database constraint says so
        refused = 0
        for file in files:
            try:
                with transaction.atomic():
                    document = yaml.safe_load(file.read_text(encoding="utf-8"))
                    imported = import_case(document, actor=actor, centre=centre)
            except (DomainError, yaml.YAMLError, OSError, KeyError, TypeError) as error:
                refused += 1
                self.stderr.write(f"{file}: refused: {error}")
                continue
            self.stdout.write(f"{file}: {imported.case.code}")
            if not imported.not_held:
                self.stdout.write("  Every key has its place in the dossier.")
                continue
            self.stdout.write(f"  {len(imported.not_held)} keys have no place in the dossier:")
            for path in imported.not_held:
                self.stdout.write(f"    {path}")
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were refused.")
