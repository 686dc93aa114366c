"""Prints how fast the tumour profile is: ``python -m benchmarks.profile``.

Builds and renders a dossier of 60 findings and 12 lines of treatment again and again, then asks for the page of the
whole case through all of Django. Times depend on the machine; nothing asserts them. The weight is that of the profile
as it is sent, compressed.
"""

import gzip
import os
import resource
import statistics
import sys
from random import Random
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iltb.settings.test")
django.setup()

from django.template.loader import render_to_string  # noqa: E402 -- after the settings
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.figures import milliseconds, percentile, print_table  # noqa: E402
from benchmarks.pages import figures_of_page, own_installation  # noqa: E402
from cases.models import CaseRevision  # noqa: E402
from cases.queries import dossier_from  # noqa: E402
from cases.services.freezing import sha256_of  # noqa: E402
from tests.factories.accounts import coordinator, sign_in  # noqa: E402
from tests.factories.cases import submitted_case  # noqa: E402
from tests.factories.dossier import rich_content  # noqa: E402

try:
    import brotli
except ImportError:  # the figure is then a little higher
    brotli = None

REPEATS: Final = 200
LIMIT_MS: Final = 50
LIMIT_KB: Final = 110


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
        print_table([*rows, *_case_page(content)])
    return 0


def _case_page(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The page that the coordinator opens: profile, history, matches, what is asked and what can be done."""
    case = submitted_case()
    CaseRevision.objects.create(
        case=case, number=2, content=content, sha256=sha256_of(content), author=case.author, released_at=timezone.now()
    )
    client = sign_in(Client(), coordinator())
    return figures_of_page(
        client, "page of the case through Django", reverse("boards:case", args=[case.code]), LIMIT_MS
    )


def _page(content: dict[str, Any]) -> bytes:
    return render_to_string("cases/_dossier.html", {"dossier": dossier_from(content)}).encode()


def _name() -> str:
    return "brotli" if brotli else "gzip"


def _compressed(page: bytes) -> bytes:
    return brotli.compress(page, quality=5) if brotli else gzip.compress(page, 6)


if __name__ == "__main__":
    sys.exit(main())
