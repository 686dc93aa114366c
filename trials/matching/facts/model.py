"""The facts of one case as conditions ask for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from trials.matching.answers import Reason
from trials.matching.antigens import AntigenSeen
from trials.matching.intervals import Interval
from trials.matching.molecular import MolecularProfile

Value: TypeAlias = Interval | str | bool | frozenset[str] | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: a value with its text, or the reason why there is none.

    ``moves`` marks a number of days that grows by one with every day that passes, ``tested`` a "no" that a test gave.
    """

    value: Value | None = None
    text: str = ""
    reason: Reason | None = None
    moves: bool = False
    tested: bool = False


NOT_GIVEN = Fact(reason=Reason.NOT_GIVEN)


@dataclass(frozen=True, slots=True)
class Topics:
    """A fact about something named: one for each drug, class, antigen or study, and one that holds for all others."""

    found: Mapping[str, Fact] = field(default_factory=dict)
    otherwise: Fact = NOT_GIVEN

    def get(self, key: str) -> Fact:
        """Return the fact about ``key``."""
        return self.found.get(key, self.otherwise)


@dataclass(frozen=True, slots=True)
class Therapy:
    """Earlier drugs and classes in lower case, each with where it was given.

    ``drugs_unclear`` is set when some line may hide a drug, ``classes_unclear`` when some drug has no class. ``hidden``
    holds drugs and classes that a transplant or a cell therapy may have brought beside the lines.
    """

    drugs: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    drugs_unclear: Reason | None = Reason.NOT_GIVEN
    classes_unclear: Reason | None = Reason.NOT_GIVEN
    hidden: Mapping[str, Reason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that criteria may ask about one case on one day."""

    flat: Mapping[str, Fact]
    topics: Mapping[str, Topics]
    molecular: MolecularProfile
    antigens: Mapping[str, AntigenSeen]
    no_antigens: Reason
    therapy: Therapy
    stated_age_months: float | None = None
    elapsed_days: int = 0

    def get(self, name: str, about: str = "") -> Fact:
        """Return a fact, for a fact about something named the one about ``about``."""
        if about:
            return self.topics[name].get(about)
        return self.flat.get(name, NOT_GIVEN)
