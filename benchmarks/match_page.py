"""Prints how fast the match pages and the criteria editor are: ``python -m benchmarks.match_page``.

Makes a database of its own with the whole catalogue and one case with open facts, asks for the pages through all of
Django again and again, and takes everything away. Times depend on the machine; nothing asserts them. What is *computed
here* is processor time of this process, which a busy machine hardly changes; the database's own time stands outside it.
"""

import json
import os
import statistics
import sys
from time import perf_counter
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iltb.settings.test")
django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.figures import milliseconds, print_table  # noqa: E402
from benchmarks.pages import REPEATS, figures_of_page, own_installation  # noqa: E402
from tests.factories.accounts import coordinator, sign_in  # noqa: E402
from tests.trials.dossiers import case_without_values, run_of  # noqa: E402
from trials.matching.criteria import parse  # noqa: E402
from trials.matching.decide import Standing, rank, standing_of  # noqa: E402
from trials.models import Arm, Trial  # noqa: E402
from trials.services.editing import begin_draft  # noqa: E402

LIMIT_MS: Final = 100


def main() -> int:
    """Run all measurements and print one table."""
    with own_installation():
        print_table(_measure())
    return 0


def _measure() -> list[tuple[str, str]]:
    case = case_without_values()
    run = run_of(case)
    board = coordinator()
    client = sign_in(Client(), board)
    match = run.matches.filter(outcome="possible")[0]
    pages = {
        "match list": reverse("trials:matches", args=[case.code]),
        "match list, all on one page": reverse("trials:matches", args=[case.code], query={"all": "1"}),
        "one match": reverse("trials:match", args=[case.code, match.pk]),
    }
    arm = max(Arm.objects.current(), key=lambda one: len(json.dumps(one.criteria)))
    draft = begin_draft(trial=arm.version.trial, actor=board)
    pages["criteria of the largest cohort"] = reverse("trials:criteria", args=[draft.trial.key, arm.key])
    trials: dict[str, list[Standing]] = {}
    for one in run.matches.select_related("arm__version__trial"):
        key = one.arm.version.trial.key
        trials.setdefault(key, []).append(standing_of(parse(one.arm.criteria), one.explanation))
    ranked = [milliseconds(lambda: rank(trials)) for _ in range(REPEATS)]
    rows = [
        ("trials, cohorts", f"{Trial.objects.count()}, {run.matches.count()}"),
        (
            "match list, first request of the process",
            f"{milliseconds(lambda: client.get(pages['match list']), perf_counter):.0f} ms",
        ),
        ("questions that decide most, median", f"{statistics.median(ranked):.1f} ms"),
    ]
    for label, url in pages.items():
        rows += figures_of_page(client, label, url, LIMIT_MS)
    return rows


if __name__ == "__main__":
    sys.exit(main())
