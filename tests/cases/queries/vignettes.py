"""Frozen contents of the demo's cases, made by way of the importer."""

from pathlib import Path

import yaml

from cases.importers.vignette import import_case
from cases.services.freezing import content_of
from tests.factories.accounts import centre_of, physician

FOLDER = Path(__file__).parents[3] / "cases" / "data" / "vignettes"
NAMES = sorted(file.stem for file in FOLDER.glob("V*.yaml"))


def vignette(name):
    author = physician()
    document = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return content_of(import_case(document, actor=author, centre=centre_of(author)).case)
