from hypothesis import given
from hypothesis import strategies as st

from cases.codes import ALPHABET, is_valid, new_code


def test_a_new_code_is_valid_and_looks_as_promised():
    code = new_code()

    assert is_valid(code)
    assert [len(part) for part in code.split("-")] == [4, 4, 3]


def test_codes_are_drawn_from_so_many_that_two_are_hardly_ever_alike():
    assert len({new_code() for _ in range(10_000)}) >= 9_995


@given(position=st.sampled_from([5, 6, 7, 8, 10, 11, 12]), other=st.sampled_from(ALPHABET))
def test_every_single_typing_error_is_caught(position, other):
    code = new_code()
    typed = code[:position] + other + code[position + 1 :]

    assert is_valid(typed) == (typed == code)


@given(position=st.sampled_from([5, 6, 7, 10]))
def test_every_swap_of_neighbours_is_caught(position):
    code = new_code()
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]

    assert is_valid(swapped) == (swapped == code)


def test_nonsense_is_no_code():
    assert not any(is_valid(text) for text in ("", "ILTB", "ILTB-0000-000", "XXXX-2222-222", "ILTB-2222-2222"))
