"""Prints how long saving by itself takes: ``python -m benchmarks.autosave`` on a database with the demo's cases.

100 saves of each page, p95 of the server's time in milliseconds; the limit is 100. All of it is rolled back.
"""

import os
import re
from time import perf_counter
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iltb.settings.demo")
django.setup()

from django.db import transaction  # noqa: E402 -- after the settings
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from cases.models import Case  # noqa: E402
from tests.cases.views.page import form_of  # noqa: E402
from tests.factories.accounts import sign_in  # noqa: E402

RUNS, LIMIT_MS = 100, 100
VERSION = re.compile(r'name="version" value="(\d+)"')


def times_of(client: Client, url: str, field: str, answers: tuple[str, str]) -> list[float]:
    """Milliseconds of each save; the answer changes each time, or nothing would be stored."""
    form, times = form_of(client.get(url)), []
    for run in range(RUNS):
        typed = {**form, field: answers[run % 2], "autosave": "yes"}
        begun = perf_counter()
        body = urlencode(typed, doseq=True)  # as htmx sends it
        response = client.post(url, body, "application/x-www-form-urlencoded", headers={"HX-Request": "true"})
        times.append(1000 * (perf_counter() - begun))
        assert response.status_code == 200, response.content.decode()
        form["version"] = [VERSION.search(response.content.decode())[1]]
    return sorted(times)


def main() -> int:
    case = max(
        Case.objects.filter(state__in=["draft", "submitted", "queried", "accepted"]),
        key=lambda one: sum(specimen.variants.count() for specimen in one.specimens.all()),
    )
    specimen = max(case.specimens.all(), key=lambda one: one.variants.count() + one.antigens.count())
    client = Client(headers={"host": "127.0.0.1"})
    sign_in(client, case.author)
    sections = {
        "question": ("question_text", ("Which drug could be given now?", "Which trial could be open now?")),
        "patient": ("height_cm", ("131", "132")),
        "disease": ("platelets", ("61", "62")),
        "condition": ("albumin_g_l", ("31", "32")),
        "therapy": ("cranial_radiotherapy_gy", ("11", "12")),
        "functional": ("note", ("one", "two")),
        "access": ("family_language", ("de", "fr")),
        "consent": ("form_version", ("one", "two")),
    }
    of_specimen = reverse("cases:specimen", args=[case.code, specimen.pk])
    pages = {
        **{name: (reverse("cases:section", args=[case.code, name]), *typed) for name, typed in sections.items()},
        "specimen": (of_specimen, "blasts_pct_of_cells", ("31", "32")),
        "variants": (of_specimen, "variants-0-depth", ("310", "320")),
    }
    worst = 0.0
    with transaction.atomic():
        for name, (url, field, answers) in pages.items():
            times = times_of(client, url, field, answers)
            p95 = times[int(0.95 * len(times))]
            worst = max(worst, p95)
            print(f"{name:12} median {times[len(times) // 2]:6.1f} ms   p95 {p95:6.1f} ms")
        transaction.set_rollback(True)
    print(f"worst p95 {worst:.1f} ms, limit {LIMIT_MS} ms")
    return int(worst > LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main())
