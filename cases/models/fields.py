"""Columns that recur in the dossier, with their bounds in form and database."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.enums import Comparator, YesNoUnknown
from iltb.terminology.models import Concept

LAST_DAY = 9125  # 25 years
LONGEST_CODE = 40

Choices = type[models.TextChoices]


def percent_field(label: Any, help_text: Any = "") -> Any:
    """A percentage from 0 to 100 with two decimals, empty when not stated."""
    return decimal_field(label, help_text or _("0 to 100 %."), 0, 100, places=2)


def decimal_field(label: Any, help_text: Any, low: float, high: float, *, places: int) -> Any:
    """A number from ``low`` to ``high`` with at most ``places`` decimals, empty when not stated."""
    return models.DecimalField(
        label,
        max_digits=len(str(int(max(abs(low), abs(high))))) + places,
        decimal_places=places,
        null=True,
        blank=True,
        validators=[MinValueValidator(low), MaxValueValidator(high)],
        help_text=help_text,
    )


def whole_field(label: Any, help_text: Any, low: int, high: int) -> Any:
    """A whole number from ``low`` to ``high``, empty when not stated."""
    return models.PositiveIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(low), MaxValueValidator(high)],
        help_text=help_text,
    )


def day_field(label: Any, help_text: Any = "") -> Any:
    """A day counted from the first diagnosis (day 0), 0 to 9,125, empty when not stated."""
    return whole_field(label, help_text or _("Days since the first diagnosis."), 0, LAST_DAY)


def choice_field(label: Any, choices: Choices, help_text: Any, *, default: str | None = None) -> Any:
    """One code of a vocabulary; empty is "not answered" unless there is a ``default``."""
    chosen: dict[str, Any] = {"blank": True} if default is None else {"default": default}
    return models.CharField(label, max_length=LONGEST_CODE, choices=choices, help_text=help_text, **chosen)


def required_choice(label: Any, choices: Choices, help_text: Any) -> Any:
    """One code of a vocabulary, without which the row says nothing."""
    return models.CharField(label, max_length=LONGEST_CODE, choices=choices, help_text=help_text)


def choices_field(label: Any, choices: Choices, help_text: Any) -> Any:
    """Several codes of a vocabulary; an empty list is "not answered"."""
    return ArrayField(
        models.CharField(max_length=LONGEST_CODE, choices=choices),
        verbose_name=label,
        default=list,
        blank=True,
        help_text=help_text,
    )


def tri_field(label: Any, help_text: Any) -> Any:
    """Yes, no, unknown, or not answered."""
    return choice_field(label, YesNoUnknown, help_text)


def text_field(label: Any, help_text: Any, longest: int) -> Any:
    """Free text of at most ``longest`` characters."""
    return models.CharField(label, max_length=longest, blank=True, help_text=help_text)


def comparator_field(label: Any) -> Any:
    """How the number beside it is meant; "=" where nothing else is said."""
    return choice_field(
        label,
        Comparator,
        _("“<” where the report gives a limit, as in “below 0.01 %”."),
        default=Comparator.EQUAL,
    )


def gene_field() -> Any:
    """The gene that ``gene_symbol`` leads to; empty where it is none or could be several."""
    return _concept_field(_("gene in the vocabulary"), _("Set where the name leads to one gene."))


def drug_field() -> Any:
    """The drug that a name leads to; empty where the vocabulary does not have it."""
    return _concept_field(_("drug in the vocabulary"), _("Set where the name is known."))


def _concept_field(label: Any, help_text: Any) -> Any:
    return models.ForeignKey(
        Concept,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=help_text,
    )


def gene_symbol_field(example: str) -> Any:
    """The approved HGNC symbol where the gene could be resolved, else the name as written."""
    return models.CharField(
        _("gene"),
        max_length=40,
        help_text=format_lazy(_("HGNC symbol, e.g. {example}."), example=example),
    )


def transcript_field(example: str) -> Any:
    """A transcript of RefSeq or Ensembl with its version."""
    sentence = format_lazy(_("A transcript looks like {example}."), example=example)
    return models.CharField(
        _("transcript"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^(NM_|NR_|ENST)\d+\.\d+$", sentence)],
        help_text=format_lazy(_("With its version, e.g. {example}."), example=example),
    )


def coding_change_field(example: str) -> Any:
    """A change of the coding sequence in HGVS."""
    sentence = format_lazy(_("A coding change begins with “c.”, e.g. {example}."), example=example)
    return _hgvs_field(_("coding change"), r"^c\.", sentence, example)


def protein_change_field(example: str) -> Any:
    """A change of the protein in HGVS."""
    sentence = format_lazy(_("A protein change begins with “p.”, e.g. {example}."), example=example)
    return _hgvs_field(_("protein change"), r"^p\.", sentence, example)


def _hgvs_field(label: Any, pattern: str, sentence: Any, example: str) -> Any:
    return models.CharField(
        label,
        max_length=120,
        blank=True,
        validators=[RegexValidator(pattern, sentence)],
        help_text=format_lazy(_("e.g. {example}"), example=example),
    )


def in_range(name: str, column: str, low: object, high: object) -> models.CheckConstraint:
    """A constraint that ``column`` is empty or lies within ``low`` and ``high``, both included."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__range": (low, high)}),
    )


def ranges(prefix: str, /, **bounds: tuple[object, object]) -> list[models.CheckConstraint]:
    """``in_range`` for several columns; each value is a pair of lowest and highest."""
    return [in_range(f"{prefix}_{column}_range", column, *pair) for column, pair in bounds.items()]


def known(prefix: str, /, **columns: Choices) -> list[models.CheckConstraint]:
    """Constraints that each column holds a code of its vocabulary, and is never empty."""
    return [
        models.CheckConstraint(name=f"{prefix}_{column}_known", condition=Q(**{f"{column}__in": choices.values}))
        for column, choices in columns.items()
    ]


def known_or_empty(prefix: str, /, **columns: Choices) -> list[models.CheckConstraint]:
    """Constraints that each column is empty or holds a code of its vocabulary."""
    return [
        models.CheckConstraint(name=f"{prefix}_{column}_known", condition=Q(**{f"{column}__in": ["", *choices.values]}))
        for column, choices in columns.items()
    ]


def all_known(prefix: str, /, **columns: Choices) -> list[models.CheckConstraint]:
    """Constraints that each list holds codes of its vocabulary only."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_{column}_known",
            condition=Q(**{f"{column}__contained_by": choices.values}),
        )
        for column, choices in columns.items()
    ]


def rule(name: str, condition: Q, field: str, message: Any) -> models.CheckConstraint:
    """A constraint over several columns; who breaks it reads ``message`` beside ``field``."""
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_code=field,
        violation_error_message=message,
    )


def once(name: str, parent: str, field: str, message: Any) -> models.UniqueConstraint:
    """A constraint that no two rows of ``parent`` say the same in ``field``; who breaks it reads ``message`` there."""
    return models.UniqueConstraint(
        name=name,
        fields=[parent, field],
        violation_error_code=field,
        violation_error_message=message,
    )


def states_something(name: str, *columns: str) -> models.CheckConstraint:
    """A constraint that at least one of the text columns is filled."""
    condition = Q()
    for column in columns:
        condition |= ~Q(**{column: ""})
    return rule(name, condition, columns[0], _("Something must be stated here."))
