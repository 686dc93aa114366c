"""A frozen profile is written once for each who reads alike."""

from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.utils.translation import override

from cases.models import Case, VariantFinding
from cases.queries import profile_of
from cases.queries.germline import READ, WITHHELD, GermlineRight
from cases.services.freezing import sha256_of
from tests.factories.dossier import bare_content, row, specimen

CODE = "ILTB-2026-0001"


def revision(**blocks):
    content = bare_content(**blocks)
    return SimpleNamespace(content=content, sha256=sha256_of(content), case=SimpleNamespace(code=CODE))


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    caches["profiles"].clear()


def inherited():
    found = row(VariantFinding, gene="TP53", hgvs_p="p.(Arg248Gln)") | {"origin": "germline"}
    return revision(specimens=[specimen(variants=[found])])


def test_it_is_written_once():
    stated = revision(case=row(Case, question_text="Which trial?", parent_code=None))
    first = profile_of(stated, READ)
    stated.content = None

    assert profile_of(stated, READ) == first
    assert "Which trial?" in first.markup


@pytest.mark.parametrize("rights", [(READ, WITHHELD), (WITHHELD, READ)])
def test_who_may_not_read_germline_results_is_never_shown_what_was_written_for_another(rights):
    stated = inherited()

    shown = {right: "TP53" in profile_of(stated, right).markup for right in rights}

    assert shown == {READ: True, WITHHELD: False}


def test_each_content_and_each_language_has_its_own():
    one, other = (
        revision(case=row(Case, question_text="Which trial?", parent_code=None)),
        revision(case=row(Case, question_text="Which drug?", parent_code=None)),
    )

    with override("de"):
        profile_of(one, READ)

    assert "Which trial?" in profile_of(one, READ).markup
    assert "Which drug?" in profile_of(other, READ).markup
    assert len(caches["profiles"]._cache) == 3


def test_only_who_may_show_the_germline_results_gets_the_address_to_do_so():
    stated = inherited()

    assert CODE in profile_of(stated, GermlineRight(may_read=True, may_release=True)).release_url
    assert profile_of(stated, READ).release_url == ""
