"""Reads trials from other formats into drafts of the catalogue."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from trials.exporters.own import to_yaml
from trials.importers.batch import Batch, ReadTrial, read_batch
from trials.matching.criteria import leaves, parse
from trials.services.catalogue import CatalogueReport, load_catalogue

_NOTICES_SHOWN = 5


class Command(BaseCommand):
    """Read trial files in the own format, in CTML or from a register; writes drafts only, and only when asked."""

    help = (
        "Read trials from YAML or JSON: our own format, CTML, ClinicalTrials.gov, CTIS, EU Clinical Trials Register, "
        "ISRCTN. Prints what would be imported; --write stores drafts, which a coordinator publishes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which files, and whether to write."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--write", action="store_true", help="store the trials as drafts")
        parser.add_argument("--all-notices", action="store_true", help="print every notice, not the first five")

    def handle(self, *_: Any, **options: Any) -> None:
        """Read, report, and store when asked; fails when not one trial could be read."""
        batch = read_batch(options["files"], today=timezone.localdate())
        for trial in batch.trials:
            self._describe(trial, len(trial.notices) if options["all_notices"] else _NOTICES_SHOWN)
        for row in batch.left_out:
            self.stderr.write(f"left out: {row.source}: {row.path}: {row.reason}")
        self.stdout.write(f"{len(batch.trials)} trials read, {len(batch.left_out)} left out")
        if not batch.trials:
            raise CommandError("Nothing to import.")
        if options["write"]:
            self._tell(store_drafts(batch))
        else:
            self.stdout.write("Nothing was written: this was a dry run. Add --write to store drafts.")

    def _describe(self, trial: ReadTrial, shown: int) -> None:
        criteria = [leaf for arm in trial.record.arms for leaf in leaves(parse(arm.criteria))]
        still_open = sum(leaf.fact == "unread_criteria" for leaf in criteria)
        self.stdout.write(
            f"{trial.record.key} ({trial.form}, {trial.source}): {trial.record.title}\n"
            f"  {len(trial.record.arms)} arms, {len(criteria)} criteria, {still_open} of them open; "
            f"{trial.record.status.label}"
        )
        for path, reason in trial.notices[:shown]:
            self.stdout.write(f"  note: {path}: {reason}")
        if len(trial.notices) > shown:
            self.stdout.write(f"  and {len(trial.notices) - shown} more notes")

    def _tell(self, report: CatalogueReport) -> None:
        self.stdout.write(
            f"drafts: {len(report.added)} added, {len(report.changed)} changed, {len(report.unchanged)} unchanged, "
            f"{len(report.refused)} refused"
        )
        for refusal in report.refused:
            self.stderr.write(f"refused: {refusal.file}: {refusal.path}: {refusal.reason}")


def store_drafts(batch: Batch) -> CatalogueReport:
    """Hand the trials to the catalogue as files in the own format, never to be published by it."""
    with tempfile.TemporaryDirectory() as folder:
        for trial in batch.trials:
            Path(folder, f"{trial.record.key}.yaml").write_text(to_yaml(trial.document), encoding="utf-8")
        return load_catalogue(Path(folder), publish=False)
