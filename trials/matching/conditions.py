"""What a criterion asks of a fact: one frozen condition for each kind of fact, each with its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from trials.matching.answers import Answer, FactState, Reason, unknown
from trials.matching.antigens import AntigenSeen
from trials.matching.facts import Fact, Facts
from trials.matching.intervals import Interval, compare
from trials.matching.kleene import Verdict, agree
from trials.matching.lesions import Lesion
from trials.matching.molecular import find_lesion, genes_of
from trials.matching.vocabulary import diseases, positive_from_percent

_UNSPECIFIED_GROUP = "OTHER"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a limit: the operator and the number in the fact's own unit."""

    operator: str
    limit: float


@dataclass(frozen=True, slots=True)
class Limit:
    """A number against a limit; two readings when the source's wording leaves the border open."""

    fact: str
    readings: tuple[Reading, ...]

    def verdict_for(self, interval: Interval) -> Verdict:
        """Return the verdict on which all readings agree, else unknown."""
        first, *others = (compare(interval, reading.operator, reading.limit) for reading in self.readings)
        verdict = first
        for other in others:
            verdict = agree(verdict, other)
        return verdict

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case."""
        fact = facts.get(self.fact)
        if not isinstance(fact.value, Interval):
            return _missing(fact)
        return _known(fact, self.verdict_for(fact.value), Reason.BORDER)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A coded fact among ``codes``, or a list of codes with at least one of them."""

    fact: str
    codes: frozenset[str]

    def verdict_for(self, value: str | frozenset[str]) -> Verdict:
        """Return whether the value is, or holds, one of the codes."""
        hit = value in self.codes if isinstance(value, str) else bool(value & self.codes)
        return Verdict.MET if hit else Verdict.NOT_MET

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case."""
        fact = facts.get(self.fact)
        if not isinstance(fact.value, str | frozenset):
            return _missing(fact)
        return _known(fact, self.verdict_for(fact.value), Reason.NOT_GIVEN)


@dataclass(frozen=True, slots=True)
class KindOfDisease:
    """A diagnosis that is one of ``codes`` (groups and entities) or more specific; a coarser one decides nothing.

    Nor does a kind of the disease that protocols name apart (APL for AML), unless ``codes`` name it too.
    """

    fact: str
    codes: frozenset[str]

    def verdict_for(self, entity: str, group: str) -> Verdict:
        """Return met for the same or a finer diagnosis, unknown for a coarser one, else not met."""
        tree = diseases()
        if entity in self.codes or group in self.codes:
            return Verdict.MET
        if tree.named_apart.get(group) in self.codes:
            return Verdict.UNKNOWN
        vague = not entity or entity in tree.unspecified
        if vague and (group == _UNSPECIFIED_GROUP or any(tree.group_of.get(code) == group for code in self.codes)):
            return Verdict.UNKNOWN
        return Verdict.NOT_MET

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case."""
        fact = facts.get(self.fact)
        if not isinstance(fact.value, tuple):
            return _missing(fact)
        apart = fact.value[1] in diseases().named_apart
        return _known(fact, self.verdict_for(*fact.value), Reason.DEFINITION if apart else Reason.GENERAL_DIAGNOSIS)


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes or no; ``about`` tells flags of one kind apart (the drug of a sensitivity test)."""

    fact: str
    wanted: bool
    about: str = ""

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case."""
        fact = facts.get(self.fact, self.about)
        if not isinstance(fact.value, bool):
            return _missing(fact)
        return _known(fact, Verdict.MET if fact.value is self.wanted else Verdict.NOT_MET, Reason.NOT_GIVEN)


@dataclass(frozen=True, slots=True)
class LimitAbout:
    """A number about something named, such as the days since a drug class."""

    fact: str
    about: str
    reading: Reading

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case."""
        fact = facts.get(self.fact, self.about)
        if not isinstance(fact.value, Interval):
            return _missing(fact)
        return _known(fact, compare(fact.value, self.reading.operator, self.reading.limit), Reason.BORDER)


@dataclass(frozen=True, slots=True)
class Exposure:
    """An earlier drug or drug class; ``key`` is in lower case."""

    fact: str
    key: str

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case; a regimen in free text leaves the rest unknown."""
        by_drug = self.fact == "prior_drug"
        given = facts.therapy.drugs if by_drug else facts.therapy.classes
        unclear = facts.therapy.drugs_unclear if by_drug else facts.therapy.classes_unclear
        if self.key in given:
            return Answer(Verdict.MET, FactState.KNOWN, given[self.key])
        open_for = unclear or facts.therapy.hidden.get(self.key)
        if open_for is not None:
            return unknown(open_for)
        return Answer(Verdict.NOT_MET, FactState.KNOWN, "in none of the lines")


@dataclass(frozen=True, slots=True)
class HasLesion:
    """A variant, fusion or rearrangement in the current disease."""

    fact: str
    lesion: Lesion

    def genes(self) -> frozenset[str]:
        """Return the genes on which the answer depends."""
        return genes_of(self.lesion)

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case."""
        return find_lesion(self.lesion, facts.molecular)


@dataclass(frozen=True, slots=True)
class HasPathway:
    """A lesion in a pathway: one member suffices, and "not found" needs every member."""

    fact: str
    name: str
    members: tuple[Lesion, ...]

    def genes(self) -> frozenset[str]:
        """Return the genes on which the answer depends."""
        return frozenset(gene for lesion in self.members for gene in genes_of(lesion))

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against a case."""
        answers = [find_lesion(lesion, facts.molecular) for lesion in self.members]
        doubtful = (answer for answer in answers if _is_doubtful_finding(answer))
        undecided = _first(doubtful, Verdict.UNKNOWN) or _first(answers, Verdict.UNKNOWN)
        decided = _first(answers, Verdict.MET) or undecided
        if decided is not None:
            return decided
        return Answer(Verdict.NOT_MET, FactState.NOT_FOUND, "all genes of the pathway looked for, none altered")


@dataclass(frozen=True, slots=True)
class Expressed:
    """An antigen called positive without a cut-off in the protocol."""

    fact: str
    antigen: str

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against the newest specimen of the current disease."""
        seen = facts.antigens.get(self.antigen)
        if seen is None:
            return unknown(facts.no_antigens)
        return _antigen_answer(seen, *_expression(seen))


@dataclass(frozen=True, slots=True)
class ExpressedPercent:
    """An antigen on a share of the blasts, against a limit in per cent."""

    fact: str
    antigen: str
    reading: Reading

    def answer(self, facts: Facts) -> Answer:
        """Hold the condition against the newest specimen of the current disease."""
        seen = facts.antigens.get(self.antigen)
        if seen is None:
            return unknown(facts.no_antigens)
        if seen.percent is None:
            return _antigen_answer(seen, Verdict.UNKNOWN, seen.doubt or Reason.NOT_GIVEN)
        verdict = compare(seen.percent, self.reading.operator, self.reading.limit)
        return _antigen_answer(seen, verdict, seen.doubt or Reason.DETAIL)


@dataclass(frozen=True, slots=True)
class Unread:
    """Stands for criteria that nobody has read; always unknown."""

    fact: str

    def answer(self, facts: Facts) -> Answer:  # noqa: ARG002 - same call as every condition
        """Return unknown."""
        return unknown(Reason.UNREAD)


Condition: TypeAlias = (
    Limit
    | LimitAbout
    | OneOf
    | KindOfDisease
    | Flag
    | Exposure
    | HasLesion
    | HasPathway
    | Expressed
    | ExpressedPercent
    | Unread
)


def _missing(fact: Fact) -> Answer:
    return unknown(fact.reason or Reason.NOT_GIVEN, fact.text)


def _known(fact: Fact, verdict: Verdict, reason: Reason) -> Answer:
    if verdict is Verdict.UNKNOWN:
        return Answer(verdict, FactState.KNOWN, fact.text, reason=fact.reason or reason)
    return Answer(verdict, FactState.NOT_FOUND if fact.tested else FactState.KNOWN, fact.text)


def _first(answers: Iterable[Answer], verdict: Verdict) -> Answer | None:
    return next((answer for answer in answers if answer.verdict is verdict), None)


def _is_doubtful_finding(answer: Answer) -> bool:
    return bool(answer.found) and answer.reason is not Reason.ABSENT_BEFORE_REMISSION


def _expression(seen: AntigenSeen) -> tuple[Verdict, Reason | None]:
    """Read "positive" from intensity and share; where the two disagree it stays unknown."""
    share = seen.percent
    reaches = Verdict.UNKNOWN if share is None else compare(share, ">=", positive_from_percent())
    if seen.intensity == "negative":
        if reaches is Verdict.MET:
            return Verdict.UNKNOWN, Reason.CONTRADICTORY
        return Verdict.NOT_MET, None
    if share is None:
        named = seen.intensity != "unknown"
        return (Verdict.MET, None) if named else (Verdict.UNKNOWN, seen.doubt or Reason.NOT_GIVEN)
    if reaches is Verdict.MET:
        return Verdict.MET, None
    if share.high == 0 and seen.intensity == "unknown":
        return Verdict.NOT_MET, None
    return Verdict.UNKNOWN, seen.doubt or Reason.WEAK


def _antigen_answer(seen: AntigenSeen, verdict: Verdict, reason: Reason | None) -> Answer:
    where = (seen.text, seen.seen.specimen, seen.seen.day)
    if seen.stale is not None:
        return unknown(seen.stale, *where)
    if verdict is Verdict.UNKNOWN:
        return unknown(reason or Reason.NOT_GIVEN, *where)
    return Answer(verdict, FactState.KNOWN if verdict is Verdict.MET else FactState.NOT_FOUND, *where)
