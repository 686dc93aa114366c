"""Form fields of the dossier: per cent with its unit, names that lead to a vocabulary, lists of names."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iltb.core.forms import DecimalField, Typeahead
from iltb.terminology.models import Concept, System
from iltb.terminology.search import Ambiguous, resolve, search

_SHOWN_CANDIDATES: Final = 5
_BETWEEN_NAMES: Final = re.compile(r"[,;\n]")


class PercentField(DecimalField):
    """A percentage with its unit in the box: "40 %", "0,4 %" or "40".

    A bare number between 0 and 1 is asked about before it is stored, because "0.4" is 0.4 % to one laboratory and
    40 % to another. With ``as_fraction`` the value handed on is a fraction from 0 to 1, else per cent from 0 to 100.
    """

    def __init__(self, *, as_fraction: bool = False, places: int = 2, **kwargs: Any) -> None:
        """``places`` are the decimals that the column keeps, counted in per cent."""
        self.as_fraction, self.places = as_fraction, places
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Read ``value`` as a ``Decimal``; raises ``ValidationError`` for a doubtful, impossible or unreadable one."""
        typed = str(value or "").strip()
        if not typed:
            return None
        # Below 100 a comma can only be a decimal one, so three digits after it raise no question.
        number = super().to_python(typed.removesuffix("%").replace(",", ".") or typed)
        if number is None:
            return None
        if 0 < number < 1 and not typed.endswith("%"):
            doubt = _("%(small)s %% or %(large)s %%? Write the number with its unit.")
            shown = {"small": f"{number.normalize():f}", "large": f"{(number * 100).normalize():f}"}
            raise ValidationError(doubt, code="doubtful_unit", params=shown)
        if not 0 <= number <= 100:
            raise ValidationError(_("“%(typed)s” is not between 0 and 100 %%."), code="range", params={"typed": typed})
        if number != round(number, self.places):
            message = _("Write at most %(places)s digits after the decimal point.")
            raise ValidationError(message, code="places", params={"places": self.places})
        return number / 100 if self.as_fraction else number

    def prepare_value(self, value: Any) -> Any:
        """Show the stored value with its unit, so that saving it again raises no question."""
        if not isinstance(value, Decimal):
            return value
        return f"{super().prepare_value(value * 100 if self.as_fraction else value)} %"


class ConceptField(forms.CharField):
    """The name of one thing of a vocabulary, chosen from a list or typed; the value is the ``Concept``."""

    def __init__(self, *, system: str, **kwargs: Any) -> None:
        """``system`` is the vocabulary, e.g. ``country``."""
        self.system = system
        kwargs.setdefault("widget", typeahead(system))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The concept that the text names; raises ``ValidationError`` with candidates when it names none or several."""
        typed = super().clean(value)
        if not typed:
            return None
        found = resolve(self.system, typed)
        if isinstance(found, Concept):
            return found
        raise _not_found(self.system, typed, found)

    def prepare_value(self, value: Any) -> Any:
        """The display of a stored concept, or what was typed."""
        return value.display if isinstance(value, Concept) else value


class EntityChoiceField(forms.Field):
    """A disease entity from a list that is grouped by disease group; the value is the ``Concept``."""

    widget = forms.Select

    def __init__(self, *, groups: Sequence[tuple[str, str | Promise]], **kwargs: Any) -> None:
        """``groups`` are code and label of the disease groups in the order of the list."""
        super().__init__(**kwargs)
        self.widget.choices = CallableChoiceIterator(lambda: [("", _("Choose")), *_entities_by_group(groups)])

    def clean(self, value: Any) -> Concept | None:
        """The chosen entity; raises ``ValidationError`` for one that is not on the list."""
        value = super().clean(value)
        if not value:
            return None
        found = Concept.objects.current(System.ENTITY).filter(code=value).first()
        if found is None:
            raise ValidationError(_("Choose an entity from the list."), code="unknown")
        return found

    def prepare_value(self, value: Any) -> Any:
        """The code of a stored entity."""
        return value.code if isinstance(value, Concept) else value


def _entities_by_group(groups: Sequence[tuple[str, str | Promise]]) -> Iterator[tuple[str | Promise, list[Any]]]:
    """The groups that have entities, each entity in its first group."""
    listed: dict[str, list[tuple[str, str]]] = {}
    for entity in Concept.objects.current(System.ENTITY).order_by("display"):
        home = (entity.attributes.get("disease_groups") or ["OTHER"])[0]
        listed.setdefault(home, []).append((entity.code, entity.display))
    return ((label, listed[group]) for group, label in groups if group in listed)


class NamesField(forms.CharField):
    """Several names in one box, separated by commas, semicolons or lines; the value is a list without doubles."""

    def __init__(self, *, longest: int, most: int = 100, required: bool = False, **kwargs: Any) -> None:
        """``longest`` is the length of one name, ``most`` how many there may be."""
        self.longest, self.most = longest, most
        super().__init__(required=required, **kwargs)

    def clean(self, value: Any) -> Any:
        """The names in the order typed; raises ``ValidationError`` for too long or too many."""
        typed = super().clean(value)
        names = list(dict.fromkeys(" ".join(name.split()) for name in _BETWEEN_NAMES.split(typed) if name.strip()))
        too_long = next((name for name in names if len(name) > self.longest), None)
        if too_long:
            message = _("“%(name)s …” is longer than %(longest)s characters. Separate the names by commas or lines.")
            raise ValidationError(message, params={"name": too_long[:20], "longest": self.longest})
        if len(names) > self.most:
            message = _("At most %(most)s names, please; there are %(count)s.")
            raise ValidationError(message, params={"most": self.most, "count": len(names)})
        return names

    def prepare_value(self, value: Any) -> Any:
        """Stored names, separated by commas."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


def typeahead(system: str) -> Typeahead:
    """A text box that offers names of one vocabulary."""
    return Typeahead("terminology:search", query=f"system={system}")


def yes_or_no(**kwargs: Any) -> forms.TypedChoiceField:
    """Two cards, yes and no, with nothing chosen beforehand; the value is True, False or None."""
    return forms.TypedChoiceField(
        choices=(("yes", _("Yes")), ("no", _("No"))),
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=YesOrNo,
        **kwargs,
    )


class YesOrNo(forms.RadioSelect):
    """Radio buttons that understand a stored True or False."""

    def format_value(self, value: Any) -> Any:
        """The answer for a stored truth value; what was typed stays."""
        return super().format_value({True: "yes", False: "no"}.get(value, value))


def approved(system: str, typed: str) -> str:
    """The approved name of what was typed, or what was typed where no list knows it.

    Raises ``ValidationError`` with the candidates when the name means several things; nobody guesses.
    """
    found = resolve(system, typed)
    if isinstance(found, Ambiguous):
        raise _not_found(system, typed, found)
    return found.code if found else typed


def _not_found(system: str, typed: str, found: Ambiguous | None) -> ValidationError:
    candidates = [concept.display for concept in found.candidates] if found else _similar(system, typed)
    names = "; ".join([*candidates, *(found.elsewhere if found else ())][:_SHOWN_CANDIDATES])
    if found:
        message = _("“%(typed)s” can mean several things. Write one of these: %(names)s.")
    elif names:
        message = _("Nothing on the list is called “%(typed)s”. Did you mean one of these: %(names)s?")
    else:
        message = _("Nothing on the list is called “%(typed)s”. Check the spelling.")
    return ValidationError(message, code="unknown", params={"typed": typed, "names": names})


def _similar(system: str, typed: str) -> list[str]:
    """Names that contain what was typed, else those that begin like it."""
    found = search(system, typed, _SHOWN_CANDIDATES) or search(system, typed[:4], _SHOWN_CANDIDATES)
    return [concept.display for concept in found]
