"""Small criteria and cases, written as short as the sentence under test."""

from itertools import count
from typing import Any

from trials.matching.answers import Answer
from trials.matching.criteria import Leaf, parse
from trials.matching.facts import Facts, facts_of

_numbers = count(1)


def leaf(fact: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """A valid leaf document; its id is new each time."""
    document = {"id": f"I-{next(_numbers)}", "fact": fact, "op": op, "text": f"About {fact}.", "kind": "inclusion"}
    return {**document, **({} if value is None else {"value": value}), **more}


def age(op: str, value: float, unit: str = "years", **more: Any) -> dict[str, Any]:
    return leaf("age_at_submission", op, value, unit=unit, **more)


def specimen(label: str = "S2", day: int | None = 700, *, current: bool = True, **blocks: Any) -> dict[str, Any]:
    return {"label": label, "taken_on_day": day, "is_current_disease": current, **blocks}


def variant(gene: str, **more: Any) -> dict[str, Any]:
    return {"gene": gene, "variant_class": "small_variant", "hgvs_p": "", "oncogenicity": "oncogenic", **more}


def fusion(five: str, three: str) -> dict[str, Any]:
    return {"five_prime_gene": five, "three_prime_gene": three}


def antigen(name: str, percent: str | None, intensity: str = "moderate", **more: Any) -> dict[str, Any]:
    row = {"antigen": name, "percent_positive": percent, "percent_of": "blasts", "intensity": intensity}
    return {**row, "method": "flow", **more}


def facts(*specimens: dict[str, Any], elapsed_days: int = 0, **blocks: Any) -> Facts:
    return facts_of({"specimens": list(specimens), **blocks}, elapsed_days=elapsed_days)


def aged(months: int, *, elapsed_days: int = 0) -> Facts:
    return facts(patient={"age_months_at_submission": months}, elapsed_days=elapsed_days)


def answer(document: dict[str, Any], of: Facts) -> Answer:
    """Hold one leaf against a case."""
    tree = parse(document)
    assert isinstance(tree, Leaf)
    return tree.condition.answer(of)


def stated(name: str, about: str = "", *, elapsed_days: int = 0, **blocks: Any) -> Any:
    """Read one fact of a dossier: its value, or the reason why there is none."""
    fact = facts_of(blocks, elapsed_days=elapsed_days).get(name, about)
    return fact.reason if fact.value is None else fact.value


def verdict(document: dict[str, Any], of: Facts) -> str:
    return answer(document, of).verdict.name.lower()
