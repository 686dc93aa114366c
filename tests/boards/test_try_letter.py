import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db


def test_it(django_assert_max_num_queries):
    from boards.letters.compose import compose
    from boards.letters.rendering import render_advice_letter
    from cases.services.freezing import sha256_of
    from tests.boards.letters.vignette import SIGNED, vignette_two

    s = vignette_two()
    with django_assert_max_num_queries(25):
        c = compose(s.advice, signed_by=s.chair, signed_at=SIGNED).as_json()
    Path("/tmp/v2.json").write_text(json.dumps(c, indent=1, ensure_ascii=False))
    pdf = render_advice_letter(c, sha256=sha256_of(c))
    Path("/tmp/a.pdf").write_bytes(pdf)
