"""Words are kept by language, and the language is that of the reader."""

from decimal import InvalidOperation

import pytest
from django.utils.translation import override

from cases.queries import words


def test_a_word_is_said_in_the_language_of_its_reader():
    said = []

    for language in ("en", "de", "en"):
        with override(language):
            said.append(words.gettext("and"))

    assert said == ["and", "und", "and"]


def test_the_language_is_asked_for_once_while_a_dossier_is_read():
    with override("de"), words.one_language(), override("en"):
        assert (words.language(), words.gettext("and")) == ("de", "und")


def test_the_next_reader_is_asked_anew():
    with override("de"), words.one_language():
        pass

    with override("en"):
        assert (words.language(), words.gettext("and")) == ("en", "and")


def test_a_reading_that_fails_leaves_no_language_behind():
    with pytest.raises(InvalidOperation), override("de"), words.one_language():
        words.number("a few")

    with override("en"):
        assert words.language() == "en"
