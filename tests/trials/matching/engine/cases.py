"""Cases made of facts alone, for tests that need every border of a number and no dossier."""

from dataclasses import replace
from typing import Any

from tests.trials.documents import facts
from trials.matching.answers import Answer, FactState, Reason
from trials.matching.facts import Facts
from trials.matching.facts.model import Fact, Topics
from trials.matching.intervals import Interval
from trials.matching.kleene import Verdict

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
OPERATORS = ("<", "<=", ">", ">=", "==")
RANGES = [
    *(Interval(low, high) for low in (30, 40, 45, 50) for high in (40, 45, 50, 60) if low <= high),
    *(Interval(low, high, high_open=True) for low in (30, 40, 45) for high in (40, 45, 50, 60) if low < high),
]


def stating(name: str, value: Any) -> Facts:
    """A case of which one fact is known."""
    return replace(facts(), flat={name: Fact(value)})


def stating_about(name: str, otherwise: Any = None, **found: Any) -> Facts:
    """A case that knows one kind of fact about some names, and another value for all other names."""
    topics = Topics({about: Fact(value) for about, value in found.items()}, Fact(otherwise))
    return replace(facts(), topics={**facts().topics, name: topics})


def met(text: str, label: str = "S2", day: int | None = 700) -> Answer:
    return Answer(Verdict.MET, FactState.KNOWN, text, label, day)


def not_found(text: str, label: str = "S2", day: int | None = 700) -> Answer:
    return Answer(Verdict.NOT_MET, FactState.NOT_FOUND, text, label, day)


def open_(reason: Reason, text: str = "", label: str = "S2", day: int | None = 700) -> Answer:
    state = FactState.NOT_TESTED if reason in (Reason.NOT_TESTED, Reason.PENDING, Reason.FAILED) else FactState.UNKNOWN
    return Answer(Verdict.UNKNOWN, state, text, label if text else "", day if text else None, reason)
