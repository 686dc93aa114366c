"""How long a physician waits after the signature. Prints figures; asserts only that every letter came."""

import statistics

import pytest
from django.db import transaction

from boards.models import Letter
from iltb.core.models import JobState
from tests.factories.boards import signed_letter
from tests.live.stack import until

SIGNATURES = 20


@pytest.mark.bench
def test_time_from_signature_to_stored_letter(stack, capsys):
    stack.start_worker()
    for _ in range(SIGNATURES):
        with transaction.atomic():
            _panel, letter = signed_letter()
        assert until(lambda key=letter.pk: Letter.objects.filter(pk=key, state=JobState.DONE).exists())

    seconds = sorted(
        (letter.finished_at - letter.signed.signed_at).total_seconds()
        for letter in Letter.objects.select_related("signed")
    )
    with capsys.disabled():
        print(
            f"\nsignature to stored letter, {SIGNATURES} signatures through the real broker: "
            f"median {statistics.median(seconds):.2f} s, p95 {seconds[int(0.95 * SIGNATURES) - 1]:.2f} s, "
            f"slowest (cold worker) {seconds[-1]:.2f} s"
        )
