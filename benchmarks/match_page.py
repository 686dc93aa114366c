"""Prints how fast the match pages are: ``python -m benchmarks.match_page``.

Makes a database of its own with the whole catalogue and one case with open facts, asks for both pages through all of
Django again and again, and takes everything away. Times depend on the machine; nothing asserts them.
"""

import os
import statistics
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iltb.settings.test")
django.setup()

from django.conf import settings  # noqa: E402 -- after the settings
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.factories.accounts import coordinator, sign_in  # noqa: E402
from tests.factories.installation import prepare_installation  # noqa: E402
from tests.trials.dossiers import case_without_values, run_of  # noqa: E402
from trials.matching.criteria import parse  # noqa: E402
from trials.matching.decide import Standing, rank, standing_of  # noqa: E402
from trials.models import Trial  # noqa: E402

REPEATS: Final = 100
LIMIT_MS: Final = 100
LIMIT_QUERIES: Final = 15


def main() -> int:
    """Run all measurements and print one table."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]  # a guard of tests
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        prepare_installation()
        rows = _measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        sys.stdout.write(f"{label:<{width}}  {value:>10}\n")
    return 0


def _measure() -> list[tuple[str, str]]:
    case = case_without_values()
    run = run_of(case)
    client = sign_in(Client(), coordinator())
    match = run.matches.filter(outcome="possible")[0]
    pages = {
        "match list": reverse("trials:matches", args=[case.code]),
        "match list, all on one page": reverse("trials:matches", args=[case.code], query={"all": "1"}),
        "one match": reverse("trials:match", args=[case.code, match.pk]),
    }
    trials: dict[str, list[Standing]] = {}
    for one in run.matches.select_related("arm__version__trial"):
        key = one.arm.version.trial.key
        trials.setdefault(key, []).append(standing_of(parse(one.arm.criteria), one.explanation))
    ranked = [_milliseconds(lambda: rank(trials)) for _ in range(REPEATS)]
    rows = [
        ("trials, cohorts", f"{Trial.objects.count()}, {run.matches.count()}"),
        ("questions that decide most, median", f"{statistics.median(ranked):.1f} ms"),
    ]
    for label, url in pages.items():
        rows += _page(client, label, url)
    return rows


def _page(client: Client, label: str, url: str) -> list[tuple[str, str]]:
    ask = partial(client.get, url)
    for _ in range(5):
        ask()
    times = [_milliseconds(ask) for _ in range(REPEATS)]
    with CaptureQueriesContext(connection) as queries:
        ask()
    count = sum("SAVEPOINT" not in query["sql"] for query in queries)
    return [
        (f"{label}, median", f"{statistics.median(times):.0f} ms"),
        (f"{label}, 95th percentile (limit {LIMIT_MS} ms)", f"{sorted(times)[REPEATS * 95 // 100]:.0f} ms"),
        (f"{label}, queries (limit {LIMIT_QUERIES})", f"{count}"),
    ]


def _milliseconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
