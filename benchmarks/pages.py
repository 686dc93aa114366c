"""How a benchmark asks for pages through all of Django, on a database that it makes and takes away again.

Needs ``django.setup()`` before it is imported.
"""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Final

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import milliseconds, percentile
from tests.factories.installation import prepare_installation

REPEATS: Final = 100
LIMIT_QUERIES: Final = 15


@contextmanager
def own_installation() -> Iterator[None]:
    """An empty portal with vocabularies and catalogue, without the guards that only tests have."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        prepare_installation()
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def figures_of_page(client: Client, label: str, url: str, limit_ms: int) -> list[tuple[str, str]]:
    """Median and 95th percentile of a page, what of it this process computes, and how often it asks the database."""
    ask = partial(client.get, url)
    for _ in range(5):
        assert ask().status_code == 200
    times = [milliseconds(ask, perf_counter) for _ in range(REPEATS)]
    computed = [milliseconds(ask) for _ in range(REPEATS)]
    with CaptureQueriesContext(connection) as queries:
        ask()
    count = sum("SAVEPOINT" not in query["sql"] for query in queries)
    return [
        (f"{label}, median", f"{statistics.median(times):.0f} ms"),
        (f"{label}, 95th percentile (limit {limit_ms} ms)", f"{percentile(times, 95):.0f} ms"),
        (f"{label}, of that computed here, 95th percentile", f"{percentile(computed, 95):.0f} ms"),
        (f"{label}, queries (limit {LIMIT_QUERIES})", f"{count}"),
    ]
