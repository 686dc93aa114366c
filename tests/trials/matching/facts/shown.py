"""Facts with the words that the page shows for them, written short."""

import math

from trials.matching.answers import Reason
from trials.matching.facts import facts_of
from trials.matching.facts.model import Fact
from trials.matching.intervals import Interval

YES, NO = Fact(value=True, text="yes"), Fact(value=False, text="no")
NO_TEST = Fact(value=False, text="no", tested=True)


def yes(text: str) -> Fact:
    return Fact(value=True, text=text)


def no(text: str) -> Fact:
    return Fact(value=False, text=text)


def exactly(number: float, text: str) -> Fact:
    return Fact(Interval(number, number), text)


def at_least(number: float, text: str, reason: Reason = Reason.NOT_GIVEN) -> Fact:
    return Fact(Interval(number, math.inf), text, reason)


def between(low: float, high: float, text: str, reason: Reason | None = None) -> Fact:
    return Fact(Interval(low, high), text, reason)


def because(reason: Reason, text: str = "") -> Fact:
    return Fact(text=text, reason=reason)


def fact(name: str, about: str = "", **blocks) -> Fact:
    return facts_of(blocks).get(name, about)


def drug(code: str, *classes: str, **more):
    return {"code": code, "display": code.title() if code else "Something", "classes": list(classes), **more}


def line(number: int, *drugs, **more):
    return {"line_number": number, "drugs": list(drugs), "start_on_day": number * 100, **more}


IMATINIB = drug("imatinib", "ABL inhibitor", n_cycles=2, cumulative_dose_mg_m2="300")
NO_OTHERS = {"exposure": {"no_transplant": True, "no_cell_therapy": True}}
