"""Prints how long a letter takes: ``python -m benchmarks.letter``. Times depend on the machine; nothing asserts them.

Needs DJANGO_SETTINGS_MODULE and its variables, but no database. Ours and bare WeasyPrint take turns on the same HTML,
stylesheet and variant, so that a busy machine is busy for both.
"""

import resource
import statistics
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Final

import django

REPEATS: Final = 15

Timing = tuple[float, float]


def main() -> int:
    """Measure and print one table: seconds on the clock and of the processor."""
    django.setup()
    from weasyprint import CSS, HTML  # noqa: PLC0415, TID251 -- the bare renderer is what we compare with

    from boards.letters.context import LetterContext  # noqa: PLC0415 -- as above
    from boards.letters.rendering import TEMPLATES, timeline  # noqa: PLC0415 -- after the set-up
    from iltb.documents import engine  # noqa: PLC0415 -- as above
    from iltb.documents.rendering import LETTER_STYLE, render_pdf  # noqa: PLC0415 -- as above
    from iltb.documents.strict import render_strictly  # noqa: PLC0415 -- as above
    from tests.boards.letters.samples import letter, pdf_of  # noqa: PLC0415 -- as above

    content = letter()
    context = {**content, "sha256": "0" * 64, "chart": timeline(LetterContext.from_json(content).synopsis)}
    template, style = TEMPLATES[content["template"]], str(engine.packaged(LETTER_STYLE))
    html = render_strictly(template, context, clean=engine.printable)

    def bare() -> bytes:
        pdf: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(filename=style)], pdf_variant=engine.VARIANT)
        return pdf

    def warm() -> bytes:
        return render_pdf(template, context)

    cold = _seconds(lambda: pdf_of(content))
    _seconds(bare)
    bare_times, warm_times = [], []
    for _ in range(REPEATS):
        bare_times.append(_seconds(bare))
        warm_times.append(_seconds(warm))
    _print("first letter of a process", [cold])
    _print("bare WeasyPrint, same HTML and variant", bare_times)
    _print("letter, warm", warm_times)
    ratios = [ours[1] / theirs[1] for ours, theirs in zip(warm_times, bare_times, strict=True)]
    sys.stdout.write(f"{'letter / bare, processor, median':<40}  {statistics.median(ratios):.2f}\n")
    sys.stdout.write(f"{'size of the letter':<40}  {len(warm()) / 1000:.0f} kB\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{'peak memory':<40}  {peak:.0f} MB\n")
    return 0


def _seconds(work: Callable[[], object]) -> Timing:
    clock, processor = perf_counter(), process_time()
    work()
    return perf_counter() - clock, process_time() - processor


def _print(name: str, timings: list[Timing]) -> None:
    for unit, index in (("clock", 0), ("processor", 1)):
        times = sorted(timing[index] for timing in timings)
        p95 = times[max(0, round(0.95 * len(times)) - 1)]
        sys.stdout.write(f"{name + ', ' + unit:<50}  median {statistics.median(times):.2f} s  p95 {p95:.2f} s\n")


if __name__ == "__main__":
    sys.exit(main())
