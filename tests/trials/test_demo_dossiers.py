"""The demo's own dossiers, entered through the form's services, give the clinicians' table too."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cases.importers.vignette import import_case
from cases.services.freezing import content_of
from tests.factories.accounts import centre_of, physician
from tests.trials.test_expected_matches import BEST_FIRST, CELLS, COLUMNS, TRIALS, WORDS
from trials.matching.criteria import parse
from trials.matching.evaluate import outcome_of
from trials.matching.facts import Facts, facts_of

VIGNETTES = sorted((Path(settings.BASE_DIR) / "cases" / "data" / "vignettes").glob("*.yaml"))


def facts_from(file: Path) -> Facts:
    author = physician()
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return facts_of(content_of(import_case(document, actor=author, centre=centre_of(author)).case))


def best(facts: Facts, keys: tuple[str, ...]) -> str:
    words = [WORDS[outcome_of(parse(arm.criteria), facts)] for key in keys for arm in TRIALS[key].arms]
    return min(words, key=BEST_FIRST.index)


@pytest.mark.django_db
@pytest.mark.parametrize("file", VIGNETTES, ids=lambda file: file.stem)
def test_a_dossier_of_the_demo_gives_its_row_of_the_table(file):
    facts = facts_from(file)
    row = {column: expected for case, column, expected in CELLS if case == file.stem}

    assert {column: best(facts, COLUMNS[column]) for column in row} == row


def test_the_demo_holds_all_eight_cases():
    assert {file.stem for file in VIGNETTES} == {case for case, _column, _expected in CELLS}
