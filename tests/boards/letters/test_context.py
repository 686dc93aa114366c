import json

import pytest

from boards.letters.context import LetterContext
from boards.letters.frozen import to_plain
from cases.services.freezing import canonical_bytes
from tests.boards.letters.samples import letter


def changed(path, value):
    """The sample with one place changed; ``...`` takes the key away."""
    content = letter()
    *way, last = path
    place = content
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return content


def test_a_letter_survives_storage_unchanged():
    content = letter()

    assert LetterContext.from_json(content).as_json() == content


def test_values_and_their_json_are_the_same_in_both_directions():
    context = LetterContext.from_json(letter())

    assert LetterContext.from_json(json.loads(json.dumps(context.as_json()))) == context


def test_the_bytes_that_are_signed_do_not_depend_on_storage():
    content = LetterContext.from_json(letter()).as_json()

    assert canonical_bytes(json.loads(json.dumps(content))) == canonical_bytes(content)


def test_lists_become_tuples_so_that_nobody_appends_to_a_signed_letter():
    context = LetterContext.from_json(letter())

    assert isinstance(context.options, tuple)
    assert isinstance(context.options[0].title, str)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("summary", "first_step"), ..., r"\$\.summary\.first_step is missing"),
        (("summary", "dose"), "5 mg", r"\$\.summary\.dose is unknown"),
        (("options", 0, "rationale"), ..., r"\$\.options\[0\]\.rationale is missing"),
        (("options", 0, "rationale"), 5, r"\$\.options\[0\]\.rationale is not of type str"),
        (("options", 0, "is_against"), 1, r"\$\.options\[0\]\.is_against is not of type bool"),
        (("header", "revision"), True, r"\$\.header\.revision is not of type int"),
        (("header", "revision"), None, r"\$\.header\.revision is not of type int"),
        (("options",), {}, r"\$\.options is not a list"),
        (("findings",), [], r"\$\.findings is not a mapping"),
        (("options", 0, "number"), "1", r"\$\.options\[0\]\.number is not of type int"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_its_place(path, value, complaint):
    with pytest.raises(ValueError, match=complaint):
        LetterContext.from_json(changed(path, value))


def test_what_may_be_absent_reads_back_as_absent():
    context = LetterContext.from_json(changed(("options", 0, "trial"), None))

    assert context.options[0].trial is None


@pytest.mark.parametrize("value", [0.5, ["a"], {"a": 1}, b"x", object()])
def test_values_that_json_would_change_have_no_place_in_a_letter(value):
    with pytest.raises(TypeError, match="has no place"):
        to_plain(value)
