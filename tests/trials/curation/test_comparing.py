"""Two lists of criteria: what came, what went, what reads otherwise."""

from trials.curation.comparing import Change, Entry, changes


def entry(name: str, text: str = "Age.", check: str = "Age now < 18 years") -> Entry:
    return Entry(name, text, check, is_exclusion=False, recoverable=False)


def test_the_same_criteria_have_not_changed():
    assert changes([entry("I-01")], [entry("I-01")]) == ()


def test_another_number_alone_is_no_change():
    first, second = entry("I-01"), entry("I-02", "Sex.", "Sex: female")

    assert changes([first, second], [entry("I-01", "Sex.", "Sex: female"), entry("I-02")]) == ()


def test_another_limit_is_a_change():
    before, after = entry("I-01"), entry("I-01", check="Age now < 21 years")

    assert changes([before], [after]) == (Change(before, after),)


def test_the_sentence_pairs_what_was_renumbered_and_changed():
    before, after = entry("I-01"), entry("I-07", check="Age now < 21 years")

    assert changes([before], [after]) == (Change(before, after),)


def test_what_came_and_what_went_are_told_apart():
    gone, came = entry("I-01"), entry("I-02", "Sex.", "Sex: female")

    assert changes([gone], [came]) == (Change(None, came), Change(gone, None))
