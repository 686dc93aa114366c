"""Reads CTML trials; each is read alone, so that a broken one never stops the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from trials.importers.ctml.documents import read_documents
from trials.importers.ctml.tree import CtmlError, CtmlNode, leaves, parse_match

_IDS: Final = ("protocol_no", "nct_id", "trial_internal_id")
_FROM_FILE: Final = "file"


@dataclass(frozen=True, slots=True)
class Clause:
    """The criteria of one step, arm or dose level, or of the trial as a whole.

    Each stands for itself: nothing is inherited from a step by its arms. ``suspended`` follows the flags of the file;
    a step is suspended when all its arms are.
    """

    level: str
    code: str
    title: str
    suspended: bool
    tree: CtmlNode
    path: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a trial that was kept but not understood: the place and a sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class CtmlTrial:
    """One trial with its clauses; texts are as written, empty where the file says nothing."""

    identifiers: Mapping[str, str]
    title: str
    phase: str
    status: str
    sponsors: tuple[str, ...]
    drugs: tuple[str, ...]
    clauses: tuple[Clause, ...]
    notices: tuple[Notice, ...]
    source: str = ""

    @property
    def name(self) -> str:
        """The first of protocol number, register number and internal number, else the name of the file."""
        return next(self.identifiers[key] for key in (*_IDS, _FROM_FILE) if key in self.identifiers)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or trial that was left out."""

    source: str
    path: str
    reason: str


@dataclass(slots=True)
class CtmlReport:
    """What was read and what was not."""

    trials: list[CtmlTrial] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_files(paths: Iterable[Path]) -> CtmlReport:
    """Read CTML files, each with one or several trials; never raises for what is in them.

    A trial whose number was read before, in any of the files, is refused.
    """
    report, seen = CtmlReport(), dict[str, str]()
    for path in paths:
        try:
            for index, document in enumerate(read_documents(path)):
                source = path.name if index == 0 else f"{path.name}, trial {index + 1}"
                _read_one(document, source, path.stem, report, seen)
        except CtmlError as error:
            report.refused.append(Refused(path.name, error.path, error.reason))
        except OSError as error:
            report.refused.append(Refused(path.name, "$", str(error.strerror)))
    return report


def _read_one(document: object, source: str, stem: str, report: CtmlReport, seen: dict[str, str]) -> None:
    try:
        trial = read_trial(document, source=source, otherwise_named=stem)
    except CtmlError as error:
        report.refused.append(Refused(source, error.path, error.reason))
        return
    for key, number in trial.identifiers.items():
        if number in seen:
            report.refused.append(Refused(source, f"$.{key}", f"{number!r} was read before, from {seen[number]}"))
            return
    seen.update(dict.fromkeys(trial.identifiers.values(), source))
    report.trials.append(trial)


def read_trial(document: object, *, source: str = "", otherwise_named: str = "") -> CtmlTrial:
    """Read one trial from plain data; ``otherwise_named`` stands in for a number where the trial has none.

    Raises ``CtmlError`` when it is no trial: no mapping, no name at all, steps, arms or levels that are no lists, or a
    tree that is too deep or too large. Everything else that is odd becomes a notice.
    """
    if not isinstance(document, Mapping):
        raise CtmlError("$", f"expected a trial, found {type(document).__name__}")
    identifiers = {key: str(document[key]).strip() for key in _IDS if document.get(key) not in (None, "")}
    if not identifiers and otherwise_named and "treatment_list" in document:
        identifiers = {_FROM_FILE: otherwise_named}
    if not identifiers:
        raise CtmlError("$", "has no protocol_no, nct_id or trial_internal_id")
    clauses = tuple(_Clauses(document).read())
    return CtmlTrial(
        identifiers=identifiers,
        title=_text(document.get("short_title") or document.get("long_title")),
        phase=_text(document.get("phase")),
        status=_status(document),
        sponsors=_names(document.get("sponsor_list"), "sponsor", "sponsor_name"),
        drugs=_names(document.get("drug_list"), "drug", "drug_name"),
        clauses=clauses,
        notices=tuple(_notices(document, clauses, identifiers)),
        source=source,
    )


class _Clauses:
    """Walks the steps, arms and dose levels of one trial."""

    def __init__(self, document: Mapping[Any, Any]) -> None:
        self.document = document
        self.found: list[Clause] = []

    def read(self) -> list[Clause]:
        self._clause(self.document, "trial", "", "$", suspended=False)
        treatment = self.document.get("treatment_list")
        steps = _rows(treatment.get("step") if isinstance(treatment, Mapping) else treatment, "$.treatment_list.step")
        for number, step in enumerate(steps):
            self._step(step, f"$.treatment_list.step[{number}]")
        return self.found

    def _step(self, step: Mapping[Any, Any], path: str) -> None:
        arms = _rows(step.get("arm"), f"{path}.arm")
        suspended = bool(arms) and all(_is_yes(arm.get("arm_suspended")) for arm in arms)
        self._clause(step, "step", "step_code", path, suspended=suspended)
        for number, arm in enumerate(arms):
            here, stopped = f"{path}.arm[{number}]", _is_yes(arm.get("arm_suspended"))
            self._clause(arm, "arm", "arm_code", here, suspended=stopped)
            for rank, level in enumerate(_rows(arm.get("dose_level"), f"{here}.dose_level")):
                shut = stopped or _is_yes(level.get("level_suspended"))
                self._clause(level, "dose_level", "level_code", f"{here}.dose_level[{rank}]", suspended=shut)

    def _clause(self, holder: Mapping[Any, Any], level: str, code: str, path: str, *, suspended: bool) -> None:
        match = holder.get("match")
        if match is None or match in ([], {}):
            return
        title = _text(holder.get("arm_description") or holder.get("level_description") or holder.get("step_type"))
        tree = parse_match(match, f"{path}.match")
        self.found.append(Clause(level, _text(holder.get(code)), title, suspended, tree, f"{path}.match"))


def _rows(value: object, path: str) -> list[Mapping[Any, Any]]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise CtmlError(path, f"expected a list, found {type(value).__name__}")
    for index, row in enumerate(value):
        if not isinstance(row, Mapping):
            raise CtmlError(f"{path}[{index}]", f"expected keys and values, found {type(row).__name__}")
    return value


def _is_yes(value: object) -> bool:
    """Read a flag: "Y", and YAML's own truth value for it."""
    return value is True or (isinstance(value, str) and value.strip().upper() in ("Y", "YES", "TRUE"))


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _status(document: Mapping[Any, Any]) -> str:
    """Return the recruitment status, from the summary where there is one."""
    summary = document.get("_summary")
    rows = summary.get("status") if isinstance(summary, Mapping) else None
    if isinstance(rows, Sequence) and rows and isinstance(rows[0], Mapping) and rows[0].get("value"):
        return _text(rows[0]["value"])
    return _text(document.get("status"))


def _names(value: object, inner: str, key: str) -> tuple[str, ...]:
    rows = value.get(inner) if isinstance(value, Mapping) else value
    if not isinstance(rows, list):
        return ()
    found = (_text(row.get(key)) if isinstance(row, Mapping) else _text(row) for row in rows)
    return tuple(name for name in found if name)


def _notices(
    document: Mapping[Any, Any], clauses: Sequence[Clause], identifiers: Mapping[str, str]
) -> Iterable[Notice]:
    if _FROM_FILE in identifiers:
        yield Notice("$", "has no protocol_no, nct_id or trial_internal_id; it is named after its file")
    if not isinstance(document.get("treatment_list"), Mapping | list):
        yield Notice("$.treatment_list", "is missing")
    if not clauses:
        yield Notice("$", "states no criteria")
    if len({clause.level for clause in clauses}) > 1:
        yield Notice("$", "has criteria at several levels; each stands for itself, see whether they belong together")
    for clause in clauses:
        for leaf in leaves(clause.tree):
            if leaf.problem:
                yield Notice(leaf.path, leaf.problem)
