"""Drugs given before: what, how much, how long ago, and to what effect."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from trials.matching.answers import Reason
from trials.matching.facts.model import NOT_GIVEN, Fact, Therapy, Topics
from trials.matching.facts.specs import FactKind as K
from trials.matching.facts.specs import FactSpec
from trials.matching.facts.specs import gettext_noop as _
from trials.matching.facts.timing import NEVER, since, time_since, today
from trials.matching.facts.values import Block, day_of, number, rows, said_none, undecided, yes_or_no
from trials.matching.intervals import Interval
from trials.matching.vocabulary import (
    car_t_products,
    classes_of_drug,
    hidden_in_cell_therapy,
    hidden_in_conditioning,
    with_wider_classes,
)

SPECS: Final = (
    FactSpec(
        "prior_drug",
        K.EXPOSURE,
        _("Earlier treatment with"),
        _("Was this drug ever given?"),
        "therapy_lines.drugs, transplants, cell_therapies",
        "Given when listed; not given only when every line lists its drugs by known names and no transplant or cell "
        "therapy may have brought it.",
        about="drug",
    ),
    FactSpec(
        "prior_class",
        K.EXPOSURE,
        _("Earlier treatment with"),
        _("Was a drug of this class ever given?"),
        "therapy_lines.drugs.classes, transplants, cell_therapies",
        "As for a drug; a drug without a class leaves every class open.",
        about="drug class",
    ),
    FactSpec(
        "days_since_class",
        K.QUANTITY,
        _("Days since last dose of"),
        _("When was the last dose of this drug class?"),
        "therapy_lines.drugs.last_given_on_day, else start_on_day to stop_on_day; ages",
        "Known as a range, since today is known to two months; a class never given has no last dose.",
        "interval",
        "drug class",
    ),
    FactSpec(
        "days_since_drug",
        K.QUANTITY,
        _("Days since last dose of"),
        _("When was the last dose of this drug?"),
        "therapy_lines.drugs.last_given_on_day, else start_on_day to stop_on_day; ages",
        "As for a class.",
        "interval",
        "drug",
    ),
    FactSpec(
        "days_since_treatment",
        K.QUANTITY,
        _("Days since last treatment"),
        _("When did the last line of treatment end?"),
        "therapy_lines.stop_on_day; ages",
        "Known as a range when every line has ended on a known day.",
        "interval",
    ),
    FactSpec(
        "cycles_of_class",
        K.QUANTITY,
        _("Cycles received of"),
        _("How many cycles of this drug class were given?"),
        "therapy_lines.drugs.n_cycles",
        "Known as a range: drugs of one line may share cycles; a missing number leaves the upper end open.",
        "count",
        "drug class",
    ),
    FactSpec(
        "cumulative_dose",
        K.QUANTITY,
        _("Cumulative dose of"),
        _("What is the cumulative dose of this drug?"),
        "therapy_lines.drugs.cumulative_dose_mg_m2",
        "Known from the drug's own doses; two lines give a range, a missing dose leaves the upper end open. No "
        "equivalent is computed.",
        "dose_per_area",
        "drug",
    ),
    FactSpec(
        "cumulative_anthracycline",
        K.QUANTITY,
        _("Cumulative anthracycline, equivalents"),
        _("What is the cumulative anthracycline dose, by which table of equivalents?"),
        "therapy_lines.drugs.cumulative_dose_mg_m2, equivalence_table",
        "Known when none was given, or when all doses are stated as equivalents by one table.",
        "dose_per_area",
    ),
)
Keys: TypeAlias = Callable[[Block], frozenset[str]]
Judge: TypeAlias = Callable[[str, list[Block]], Fact]

_CONDITIONING_DRUGS: Final = frozenset({"busulfan", "treosulfan", "melphalan"})
_DONOR_LYMPHOCYTES: Final = with_wider_classes(["donor lymphocytes"]) | {
    "donor-lymphocytes",
    "donor lymphocyte infusion",
}
_ANTHRACYCLINES: Final = frozenset({"anthracycline", "anthracenedione"})


def exposures(content: Block, *, none_given: bool) -> Therapy:
    """Collect what was given; a line described in free text only may hide any drug, a drug by free name any other."""
    lines = rows(content, "therapy_lines")
    drugs: dict[str, str] = {}
    classes: dict[str, str] = {}
    unclear = None if lines or none_given else Reason.NOT_GIVEN
    class_unclear = None
    for line in lines:
        listed = rows(line, "drugs")
        if not listed:
            unclear = Reason.FREE_TEXT_REGIMEN
        for drug in listed:
            where = f"{_name(drug)}, line {line.get('line_number', '?')}"
            drugs = {**dict.fromkeys(_keys(drug), where), **drugs}
            classes = {**dict.fromkeys(with_wider_classes(drug.get("classes") or []), where), **classes}
            if not drug.get("classes"):
                class_unclear = Reason.DRUG_CLASS
            if not drug.get("code"):
                unclear = unclear or Reason.DRUG_NAME
    beside_drugs, beside_classes = _given_beside_the_lines(content)
    return Therapy(
        {**beside_drugs, **drugs},
        {**beside_classes, **classes},
        unclear,
        unclear or class_unclear,
        {} if none_given else _hidden(content),
    )


def read(content: Block, therapy: Therapy, elapsed_days: int) -> tuple[dict[str, Fact], dict[str, Topics]]:
    """Return the facts of this group, and those about a drug or a class."""
    now = today(content, elapsed_days)
    lines = rows(content, "therapy_lines")
    flat = {
        "days_since_treatment": _since_treatment(lines, now),
        "cumulative_anthracycline": _anthracycline(lines, therapy),
    }
    drugs, classes = _given_beside_the_lines(content)
    since_class = _times(lines, now, _classes, therapy, frozenset(classes))
    since_drug = _times(lines, now, _keys, therapy, frozenset(drugs))
    topics = {
        "days_since_class": _topics(since_class, Fact(NEVER, "never given"), therapy, "class"),
        "days_since_drug": _topics(since_drug, Fact(NEVER, "never given"), therapy, "drug"),
        "cycles_of_class": _topics(_cycles(lines, therapy), _none(""), therapy, "class"),
        "cumulative_dose": _topics(_doses(lines, therapy), _none(" mg/m²"), therapy, "drug"),
    }
    return flat, topics


def never(key: str, therapy: Therapy, by: str) -> Reason | None:
    """Return why it is open whether a drug or class that nobody listed was given, ``None`` when it was not."""
    unclear = therapy.drugs_unclear if by == "drug" else therapy.classes_unclear
    return unclear or therapy.hidden.get(key)


def classes_of(row: Block) -> frozenset[str]:
    """Return the classes of a drug row with all wider ones, in lower case."""
    return frozenset(with_wider_classes(row.get("classes") or []))


def _none(unit: str) -> Fact:
    return Fact(Interval.exactly(0), f"0{unit}")


def _name(drug: Block) -> str:
    return str(drug.get("display") or drug.get("code") or drug.get("name"))


def _keys(drug: Block) -> frozenset[str]:
    return frozenset(str(drug[key]).lower() for key in ("code", "display") if drug.get(key))


def _classes(drug: Block) -> frozenset[str]:
    return classes_of(drug)


def _given_beside_the_lines(content: Block) -> tuple[dict[str, str], dict[str, str]]:
    """Return drugs and classes that the rows of transplants and cell therapies name."""
    drugs: dict[str, str] = {}
    classes: dict[str, str] = {}
    for row in rows(content, "transplants"):
        name, where = str(row.get("conditioning")), f"conditioning of transplant {row.get('number', '?')}"
        if name in _CONDITIONING_DRUGS:
            drugs.setdefault(name, f"{name}, {where}")
            classes |= dict.fromkeys(with_wider_classes(classes_of_drug(name)), f"{name}, {where}")
    for row in rows(content, "cell_therapies"):
        where = f"cell therapy {row.get('number', '?')}"
        if row.get("product") == "NK" or was_never_infused(row):
            continue
        if product := car_t_products().get(str(row.get("product"))):
            drugs |= dict.fromkeys(product, f"{row.get('product')}, {where}")
        named = [f"{antigen} CAR T cells" for antigen in row.get("target_antigens") or []]
        classes |= dict.fromkeys(with_wider_classes(named), where)
    return drugs, classes


def was_never_infused(row: Block) -> bool:
    """Whether a product could not be made, and no day says that one was given all the same."""
    return row.get("manufacturing_failed") == "yes" and day_of(row, "on_day") is None


def _hidden(content: Block) -> dict[str, Reason]:
    """Return drugs and classes that may have been given beside the lines; an empty list does not say "none"."""
    cells = rows(content, "cell_therapies")
    no_cells = said_none(content, "no_cell_therapy")
    hidden: dict[str, Reason] = {}
    if rows(content, "transplants") or cells:
        hidden = dict.fromkeys(hidden_in_conditioning(), Reason.CONDITIONING)
    elif not (no_cells and said_none(content, "no_transplant")):
        hidden = dict.fromkeys(hidden_in_conditioning(), Reason.NONE_LISTED)
    donated = [row for row in rows(content, "transplants") if row.get("donor") != "autologous"]
    if any(number(row.get("dli_number")) != 0 for row in donated):
        hidden |= dict.fromkeys(_DONOR_LYMPHOCYTES, Reason.DETAIL)
    if no_cells and not cells:
        return hidden
    if not cells:
        hidden |= dict.fromkeys(hidden_in_cell_therapy(), Reason.NONE_LISTED)
    elif any(not row.get("target_antigens") for row in cells):
        hidden |= dict.fromkeys(hidden_in_cell_therapy(), Reason.DETAIL)
    return hidden


def _topics(found: dict[str, Fact], otherwise: Fact, therapy: Therapy, by: str) -> Topics:
    """Return facts by drug or class; what was never given reads ``otherwise``, where that is sure."""
    unclear = therapy.drugs_unclear if by == "drug" else therapy.classes_unclear
    given = therapy.drugs if by == "drug" else therapy.classes
    beside = {key: undecided(Reason.NOT_GIVEN, where) for key, where in given.items() if key not in found}
    if unclear is not None:
        return Topics({**beside, **found}, undecided(unclear))
    because = {reason: undecided(reason) for reason in set(therapy.hidden.values())}
    open_ones = {key: because[reason] for key, reason in therapy.hidden.items()}
    return Topics({**open_ones, **beside, **found}, otherwise)


def _each(lines: list[Block], keys_of: Keys) -> Iterator[tuple[int, str, Block, Block]]:
    for number_of_line, line in enumerate(lines):
        for drug in rows(line, "drugs"):
            for key in keys_of(drug):
                yield number_of_line, key, line, drug


def _times(
    lines: list[Block], now: Interval, keys_of: Keys, therapy: Therapy, beside: frozenset[str]
) -> dict[str, Fact]:
    """Return the days since the last dose; a line in words, a transplant or cells (``beside``) may hold a later one."""
    passed: dict[str, list[Interval]] = defaultdict(list)
    for _line, key, line, drug in _each(lines, keys_of):
        passed[key].append(since(_last_dose(line, drug, now), now))
    open_all = therapy.classes_unclear if keys_of is _classes else therapy.drugs_unclear
    return {
        key: time_since(
            Interval(
                0.0 if open_all or key in therapy.hidden or key in beside else min(one.low for one in found),
                min(one.high for one in found),
            )
        )
        for key, found in passed.items()
    }


def _last_dose(line: Block, drug: Block, now: Interval) -> Interval:
    """Return between which days the last dose lies: on its own day, else within its line."""
    last, stop = day_of(drug, "last_given_on_day"), day_of(line, "stop_on_day")
    if last is not None:
        # A line without an end goes on: the dose that was noted need not be the last one today.
        return Interval(last, now.high) if stop is None else Interval.exactly(last)
    start = day_of(line, "start_on_day")
    return Interval(start or 0, now.high if stop is None else stop)


def _since_treatment(lines: list[Block], now: Interval) -> Fact:
    stops = [day for line in lines if (day := day_of(line, "stop_on_day")) is not None]
    if not lines:
        return NOT_GIVEN
    if len(stops) < len(lines):
        return undecided(Reason.NO_DAY)
    return time_since(since(Interval.exactly(max(stops)), now))


def _cycles(lines: list[Block], therapy: Therapy) -> dict[str, Fact]:
    """Count cycles: drugs of one line may have shared them, so a line gives the largest number up to their sum."""
    counts: dict[str, dict[int, list[float | None]]] = defaultdict(lambda: defaultdict(list))
    for line, key, _row, drug in _each(lines, _classes):
        counts[key][line].append(number(drug.get("n_cycles")))
    return {
        key: _count(by_line.values(), whole=therapy.classes_unclear is None and key not in therapy.hidden)
        for key, by_line in counts.items()
    }


def _count(lines: Iterable[list[float | None]], *, whole: bool) -> Fact:
    low = high = 0.0
    for counts in lines:
        low += max(1.0 if count is None else count for count in counts)
        high += sum(math.inf if count is None else count for count in counts)
    high = high if whole else math.inf
    return _range(Interval(low, high), "")


def _doses(lines: list[Block], therapy: Therapy) -> dict[str, Fact]:
    """Add the drug's own doses; whether a later line repeats the total so far is not stated, so they make a range."""
    doses: dict[str, list[float | None]] = defaultdict(list)
    for _line, key, _row, drug in _each(lines, _keys):
        stated = number(drug.get("cumulative_dose_mg_m2"))
        doses[key].append(None if drug.get("equivalence_table") else stated)
    found = {}
    for key, stated_doses in doses.items():
        known = [dose for dose in stated_doses if dose is not None]
        if known:
            whole = len(known) == len(stated_doses) and never(key, therapy, "drug") is None
            found[key] = _range(Interval(max(known), sum(known) if whole else math.inf), " mg/m²")
        else:
            found[key] = NOT_GIVEN
    return found


def _range(interval: Interval, unit: str) -> Fact:
    if interval.high == math.inf:
        return Fact(interval, f"at least {interval.low:g}{unit}", Reason.NOT_GIVEN)
    high = "" if interval.low == interval.high else f" to {interval.high:g}"
    return Fact(interval, f"{interval.low:g}{high}{unit}")


def _anthracycline(lines: list[Block], therapy: Therapy) -> Fact:
    given = [drug for line in lines for drug in rows(line, "drugs") if classes_of(drug) & _ANTHRACYCLINES]
    if not given:
        reason = never("anthracycline", therapy, "class")
        return undecided(reason) if reason else _none(" mg/m²")
    doses = [number(drug.get("cumulative_dose_mg_m2")) for drug in given]
    tables = {str(drug.get("equivalence_table") or "") for drug in given}
    known = [dose for dose in doses if dose is not None]
    if len(known) < len(given) or len(tables) > 1 or "" in tables:
        return undecided(Reason.EQUIVALENT, ", ".join(sorted({_name(drug) for drug in given})))
    whole = therapy.classes_unclear is None
    return _range(Interval(max(known), sum(known) if whole else math.inf), f" mg/m² ({tables.pop()})")


def with_effect(lines: list[Block], therapy: Therapy, judge: Judge) -> Topics:
    """Return for each class what ``judge`` reads from its lines; for a class never given, "no"."""
    by_class: dict[str, list[Block]] = defaultdict(list)
    for _line, key, line, _drug in _each(lines, _classes):
        by_class[key].append(line)
    found = {key: judge(key, its_lines) for key, its_lines in by_class.items()}
    return _topics(found, yes_or_no(value=False, text="never given"), therapy, "class")
