"""A frightened parent reads these pages at night.

Flesch-Kincaid grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59
(Kincaid et al. 1975). Syllables are counted twice, by hyphenation (pyphen, which comes with
WeasyPrint) and by groups of vowels, and the larger count is taken, so that the figure errs
towards too hard. A heading or a list entry without a full stop counts as a sentence, as long as
it has three words; shorter ones are labels and are left out, since they would flatter the figure.
"""

import re
from html.parser import HTMLParser

import pyphen
import pytest
from django.urls import reverse

_HYPHENS = pyphen.Pyphen(lang="en_US")
_BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "td", "th", "figcaption", "summary", "strong"}
_SKIPPED = {"svg", "script", "nav", "footer", "header"}


class _Sentences(HTMLParser):
    """Collects the sentences of ``main``."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.skipping, self.pieces = False, 0, [""]

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or tag == "main"
        self.skipping += tag in _SKIPPED
        if tag in _BLOCKS:
            self.pieces.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "main"
        self.skipping -= tag in _SKIPPED
        if tag in _BLOCKS:
            self.pieces.append("")

    def handle_data(self, data):
        if self.inside and not self.skipping:
            self.pieces[-1] += data


def syllables(word: str) -> int:
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e$", "", plain)))
    groups += len(re.findall(r"(?<![tsc])i[aou]", plain))
    return max(1, groups, len(_HYPHENS.positions(plain)) + 1)


def grade(html: str) -> float:
    reader = _Sentences()
    reader.feed(html)
    sentences = [
        words
        for piece in reader.pieces
        for sentence in re.split(r"(?<=[.?!:])\s", piece)
        if len(words := re.findall(r"[A-Za-z][A-Za-z'’-]*", sentence)) >= 3
    ]
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cell", 1),
        ("relapse", 2),
        ("doctor", 2),
        ("leukemia", 4),
        ("lymphoma", 3),
        ("table", 2),
        ("science", 2),
        ("trial", 2),
    ],
)
def test_syllables_are_counted_as_people_speak(word, count):
    assert syllables(word) == count


def test_the_formula_agrees_with_a_sentence_worked_by_hand():
    html = "<main><p>The cat sat on the mat.</p></main>"  # 6 words, 6 syllables

    assert grade(html) == pytest.approx(0.39 * 6 + 11.8 - 15.59)


@pytest.mark.parametrize("page", ["home", "families"])
def test_pages_for_families_need_no_more_than_eight_years_of_school(client, page):
    assert grade(client.get(reverse(f"pages:{page}")).content.decode()) <= 8


@pytest.mark.parametrize("page", ["doctors", "privacy", "accessibility"])
def test_the_other_public_pages_are_plain_too(client, page):
    assert grade(client.get(reverse(f"pages:{page}")).content.decode()) <= 10
