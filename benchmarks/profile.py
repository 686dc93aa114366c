"""Prints how fast the tumour profile is: ``python -m benchmarks.profile``.

Builds and renders a dossier of 60 findings and 12 lines of treatment again and again, then asks for the pages that
show it through all of Django. Times depend on the machine; nothing asserts them. The weight is that of the profile
as it is sent, compressed.
"""

import gzip
import os
import resource
import statistics
import sys
from collections.abc import Iterator
from random import Random
from time import perf_counter
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iltb.settings.test")
django.setup()

from django.core.cache import caches  # noqa: E402 -- after the settings
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.figures import milliseconds, percentile, print_table  # noqa: E402
from benchmarks.pages import figures_of_page, own_installation  # noqa: E402
from boards.models import Review  # noqa: E402
from cases.models import Case, CaseRevision  # noqa: E402
from cases.queries import dossier_from  # noqa: E402
from cases.services.freezing import sha256_of  # noqa: E402
from tests.factories.accounts import coordinator, sign_in  # noqa: E402
from tests.factories.boards import stored_letter  # noqa: E402
from tests.factories.cases import submitted_case  # noqa: E402
from tests.factories.dossier import rich_content  # noqa: E402

try:
    import brotli
except ImportError:  # the figure is then a little higher
    brotli = None

REPEATS: Final = 200
LIMIT_MS: Final = 50
LIMIT_KB: Final = 110
RICH: Final = ("specimens", "therapy_lines", "ex_vivo", "transplants", "cell_therapies", "mrd")


def main() -> int:
    """Run all measurements and print one table."""
    content = rich_content(Random(20261122), findings=60, lines=12)
    page = _page(content)
    for _ in range(5):
        _page(content)
    built = [milliseconds(lambda: dossier_from(content)) for _ in range(REPEATS)]
    both = [milliseconds(lambda: _page(content)) for _ in range(REPEATS)]
    rows = [
        ("findings, lines of treatment", "60, 12"),
        ("build, processor, median", f"{statistics.median(built):.1f} ms"),
        ("build, processor, 95th percentile", f"{percentile(built, 95):.1f} ms"),
        ("build and render, processor, median", f"{statistics.median(both):.1f} ms"),
        (f"build and render, processor, 95th percentile (limit {LIMIT_MS} ms)", f"{percentile(both, 95):.1f} ms"),
        ("page, uncompressed", f"{len(page) / 1000:.0f} kB"),
        (f"page, {_name()} (limit {LIMIT_KB} kB)", f"{len(_compressed(page)) / 1000:.1f} kB"),
        ("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"),
    ]
    with own_installation():
        print_table([*rows, *_pages(content)])
    return 0


def _pages(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The pages with that profile through all of Django: of one case before and one after the letter."""
    submitted = _restated(submitted_case(), content)
    panel, _letter = stored_letter()
    answered = _restated(panel.review.case, content)
    Review.objects.filter(pk=panel.review.pk).update(revision=answered.revisions.get(number=2))
    office = coordinator()
    for label, reader, name, key in (
        ("case, coordinator", office, "boards:case", submitted.code),
        ("case with letter, physician", answered.author, "boards:case", answered.code),
        ("case with letter, expert", panel.experts[0], "boards:case", answered.code),
        ("triage, coordinator", office, "cases:triage", submitted.code),
        ("review with votes, expert", panel.experts[0], "boards:review", panel.review.pk),
    ):
        client, url = sign_in(Client(), reader), reverse(name, args=[key])
        yield from figures_of_page(client, label, url, LIMIT_MS)
        first = [_first_reading(client, url) for _ in range(REPEATS // 4)]
        yield f"{label}, first reading in a process, median", f"{statistics.median(first):.0f} ms"


def _first_reading(client: Client, url: str) -> float:
    caches["profiles"].clear()
    return milliseconds(lambda: client.get(url), perf_counter)


def _restated(case: Case, rich: dict[str, Any]) -> Case:
    """The case with a second revision that states the findings and the treatment of ``rich``."""
    content = case.revisions.get(number=1).content | {name: rich[name] for name in RICH}
    CaseRevision.objects.create(
        case=case, number=2, content=content, sha256=sha256_of(content), author=case.author, released_at=timezone.now()
    )
    return case


def _page(content: dict[str, Any]) -> bytes:
    return render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)}).encode()


def _name() -> str:
    return "brotli" if brotli else "gzip"


def _compressed(page: bytes) -> bytes:
    return brotli.compress(page, quality=5) if brotli else gzip.compress(page, 6)


if __name__ == "__main__":
    sys.exit(main())
