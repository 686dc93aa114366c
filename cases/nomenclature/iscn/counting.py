"""Whether the chromosome count of a clone fits the abnormalities listed after it."""

from cases.nomenclature.iscn.model import Abnormality, Clone

_SET = 23
_JOINING = frozenset({"der", "dic", "psudic", "rob", "tas", "trc"})


def count_problem(clone: Clone) -> str:
    """A clause when no reading of the clone gives its count, else "".

    Cells of a composite clone differ, an incomplete one leaves changes out, and above 57 chromosomes laboratories
    count from different levels: those are not checked.
    """
    if clone.count_low is None or clone.count_high is None or clone.ploidy is not None:
        return ""
    if clone.is_composite or clone.count_high > 57 or any(item.kind == "incomplete" for item in clone.abnormalities):
        return ""
    low, high = _change(clone)
    bases = [2 * _SET - 2 + _sex_chromosomes(clone)]
    if clone.count_high < 35:
        bases += [_SET - 1 + len(clone.sex)] if len(clone.sex) == 1 else []
    if any(base + low <= clone.count_high and clone.count_low <= base + high for base in bases):
        return ""
    return f"the count does not fit the changes listed, which give {_range(bases[0] + low, bases[0] + high)}"


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _sex_chromosomes(clone: Clone) -> int:
    """Sex chromosomes before gains and losses: those written, and those the list of abnormalities tells of."""
    rearranged = sum(_rearranged_sex(item) for item in clone.abnormalities)
    if len(clone.sex) >= 2 and any(item.kind == "-" and item.chromosomes[0] in "XY" for item in clone.abnormalities):
        return len(clone.sex)
    return max(len(clone.sex), min(2, len(clone.sex) + rearranged))


def _rearranged_sex(item: Abnormality) -> int:
    if item.kind == "+" or item.sign == "+":
        return 0
    return sum(name in {"X", "Y"} for name in item.chromosomes)


def _change(clone: Clone) -> tuple[int, int]:
    low = high = 0
    for item in clone.abnormalities:
        fewest, most = _effect(item)
        low, high = low + fewest, high + most
    return low, high


def _effect(item: Abnormality) -> tuple[int, int]:
    """By how many chromosomes one abnormality changes the count (lowest, highest)."""
    if item.kind in {"dmin", "ace", "min", "variant"}:
        return 0, 0
    if item.sign == "+":
        return item.copies
    if item.sign == "-":
        return -item.copies[1], -item.copies[0]
    known = len([name for name in item.chromosomes if name != "?"])
    lost = max(0, known - 1) if item.kind in _JOINING else 0
    return -lost * item.copies[0], -lost * item.copies[0]
