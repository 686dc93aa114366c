"""Everything that a letter says, as values. What is signed is this; the PDF is made from this alone.

All texts are final: words instead of codes, times spelled in UTC, the fixed phrases with their versions. So a letter
reads the same in ten years, whatever has since become of vocabularies, trials, people or phrases. Codes stay beside
the words only where the page needs them to choose a sign or a colour.
"""

from dataclasses import dataclass
from typing import Any, Final, Self

from boards.letters.frozen import from_plain, to_plain

SCHEMA: Final = 1
TEMPLATE: Final = "advice-1"


@dataclass(frozen=True)
class Header:
    """What stands above everything; ``letter_id`` is the case code and the number of the advice."""

    board: str
    title: str
    letter_id: str
    case_code: str
    revision: int
    status: str
    mode: str
    discussed_on: str
    confidential: str
    is_synthetic: bool


@dataclass(frozen=True)
class Addressee:
    """Who asked. Nothing about the patient: the hospital pastes its own label after printing."""

    physician: str
    centre: str
    country: str


@dataclass(frozen=True)
class Row:
    """A label and what is stated."""

    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """The question in the physician's own words, with its frame."""

    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Summary:
    """The answer on page 1: at most five lines, who does what next, and until when it holds."""

    lines: tuple[str, ...]
    no_option: str
    first_step: str
    contact: str
    validity: str


@dataclass(frozen=True)
class TreatmentLine:
    """One line of earlier treatment; days count from the first diagnosis (day 0). ``kind`` chooses its colour."""

    number: int
    setting: str
    regimen: str
    drugs: str
    days: str
    stop_reason: str
    response: str
    kind: str
    start_on_day: int
    stop_on_day: int | None


@dataclass(frozen=True)
class Mark:
    """An event on the time line."""

    on_day: int
    label: str


@dataclass(frozen=True)
class Synopsis:
    """The case in short. ``until_day`` is the day of the question."""

    rows: tuple[Row, ...]
    lines: tuple[TreatmentLine, ...]
    no_lines: str
    marks: tuple[Mark, ...]
    until_day: int


@dataclass(frozen=True)
class Finding:
    """Something found, on which specimen, how much of it, and what to know about it."""

    name: str
    detail: str
    specimen: str
    value: str
    comment: str


@dataclass(frozen=True)
class SpecimenResult:
    """A statement about one specimen: what was not found on it, or which method stands in which state."""

    specimen: str
    text: str
    state: str


@dataclass(frozen=True)
class Findings:
    """What was found, what was looked for and not found, and what was never answered."""

    found: tuple[Finding, ...]
    not_found: tuple[SpecimenResult, ...]
    unanswered: tuple[SpecimenResult, ...]
    done: tuple[SpecimenResult, ...]


@dataclass(frozen=True)
class Criterion:
    """One sentence of a protocol held against the case. ``verdict`` is met, not_met or unknown."""

    text: str
    is_exclusion: bool
    verdict: str
    word: str
    reason: str


@dataclass(frozen=True)
class TrialCheck:
    """A trial's cohort: its numbers, where it recruits and when somebody last looked, and each criterion."""

    title: str
    cohort: str
    identifiers: str
    countries: str
    recruitment: str
    checked: str
    verification: str
    outcome: str
    counts: str
    note: str
    inclusion: tuple[Criterion, ...]
    exclusion: tuple[Criterion, ...]


@dataclass(frozen=True)
class AdvisedOption:
    """An option as it was voted on. ``number`` counts adopted alternatives from 1, None for every other option."""

    number: int | None
    type: str
    title: str
    is_against: bool
    votes: str
    targets: str
    rationale: str
    strength: str
    evidence: str
    access: str
    cautions: str
    fallback: str
    references: str
    reason: str
    interests: str
    trial: TrialCheck | None


@dataclass(frozen=True)
class Participant:
    """Somebody of the panel, with the part taken and the interest disclosed."""

    name: str
    part: str
    voted: str
    interest: str


@dataclass(frozen=True)
class Panel:
    """Who decided, whether they were enough, and who stepped back."""

    participants: tuple[Participant, ...]
    quorum: str
    recusals: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A word and what it means here."""

    term: str
    meaning: str


@dataclass(frozen=True)
class Scale:
    """A scale with its levels, highest first."""

    name: str
    note: str
    levels: tuple[Term, ...]


@dataclass(frozen=True)
class TextSource:
    """Which fixed text was used, in which version, and who has read it."""

    name: str
    version: str
    owner: str
    last_checked: str
    review: str


@dataclass(frozen=True)
class FixedTexts:
    """The phrases that every letter carries, frozen as they were at the signature."""

    cautions: tuple[str, ...]
    disclaimer: tuple[str, ...]
    follow_up: tuple[str, ...]
    scales: tuple[Scale, ...]
    glossary: tuple[Term, ...]
    sources: tuple[TextSource, ...]


@dataclass(frozen=True)
class Signature:
    """Who signed, as what, when (UTC), and what the signature means."""

    name: str
    part: str
    signed_at: str
    meaning: str


@dataclass(frozen=True)
class LetterContext:
    """One letter."""

    schema: int
    template: str
    language: str
    header: Header
    addressee: Addressee
    question: Question
    summary: Summary
    synopsis: Synopsis
    findings: Findings
    options: tuple[AdvisedOption, ...]
    not_advised: tuple[AdvisedOption, ...]
    split: tuple[AdvisedOption, ...]
    split_views: str
    cautions: str
    diagnostics: str
    panel: Panel
    limitations: tuple[str, ...]
    texts: FixedTexts
    signature: Signature

    def as_json(self) -> dict[str, Any]:
        """Plain values for storage; the same content always gives the same canonical JSON."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """Read a stored letter back; raises ``ValueError`` with the place of anything missing, unknown or misfit."""
        return from_plain(cls, content)
