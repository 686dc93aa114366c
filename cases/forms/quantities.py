"""Numbers with their unit and their limit in the box: "<5 %", "5,7 mmol/L", "10^-4"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from iltb.core.forms import DecimalField

_SIGNS: Final = {"≤": "<=", "≥": ">=", "=<": "<=", "=>": ">="}
_LIMIT: Final = re.compile(r"^\s*(<=|>=|=<|=>|<|>|=|≤|≥)?\s*(.*)$", re.DOTALL)
_HAEMOGLOBIN: Final = re.compile(r"^(.*?)\s*(g/dl|g/l|mmol/l)?$", re.IGNORECASE)
_HIGHEST_HB: Final = Decimal(25)  # g/dL
# 1 mmol/L of haemoglobin (monomer) is 1.611 g/dL.
_TO_G_DL: Final = {"g/dl": Decimal(1), "g/l": Decimal("0.1"), "mmol/l": Decimal("1.611")}
_POWER: Final = re.compile(r"^(?:([\d.,]+)\s*[x×·*]\s*)?10\s*(?:\^|\*\*)?\s*\(?([-−⁻]\s*\d+)\)?$")
_SCIENTIFIC: Final = re.compile(r"^([\d.,]+)[eE]([-−]\d+)$")
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")

_DIGITS: Final = frozenset({"max_digits", "max_whole_digits"})
_ONCE: Final = frozenset({"digits", "max_value", "min_value"})


def one_for_each_mistake(errors: Sequence[ValidationError]) -> list[ValidationError]:
    """``errors`` of one answer without those that another one says better.

    A number beyond its bounds often has too many digits as well, and may break a second, wider bound of its column.
    """
    found: dict[str | int, ValidationError] = {}
    for number, error in enumerate(errors):
        kind: str | int = "digits" if error.code in _DIGITS else error.code or ""
        if kind not in _ONCE:
            kind = number
        found[kind] = _tighter(found[kind], error) if kind in found else error
    if "max_value" in found or "min_value" in found:
        found.pop("digits", None)
    return list(found.values())


def _tighter(one: ValidationError, other: ValidationError) -> ValidationError:
    limits = [(error.params or {}).get("limit_value", 0) for error in (one, other)]
    if one.code == "max_value":
        return other if limits[1] < limits[0] else one
    return other if one.code == "min_value" and limits[1] > limits[0] else one


@dataclass(frozen=True)
class Reported:
    """A number as a laboratory reports it: as it stands ("="), or as a limit of its method."""

    number: Any
    comparator: str = "="


class ReportedField(forms.Field):
    """A number that may stand behind "<", "≤", ">" or "≥"; the value is ``Reported`` or None."""

    def __init__(self, inner: forms.Field) -> None:
        """``inner`` reads the number itself."""
        self.inner = inner
        super().__init__(required=False, label=inner.label, help_text=inner.help_text, widget=inner.widget)

    def clean(self, value: Any) -> Reported | None:
        """Sign and number apart; raises ``ValidationError`` as ``inner`` does, or for a sign without a number."""
        found = _LIMIT.match(str(value or ""))
        sign, typed = found.groups() if found else ("", "")
        number = self.inner.clean(typed)
        if number is None and sign:
            raise ValidationError(_("Write a number after “%(sign)s”."), params={"sign": sign})
        return None if number is None else Reported(number, _SIGNS.get(sign, sign) or "=")

    def prepare_value(self, value: Any) -> Any:
        """Sign and number together, as one types them."""
        if not isinstance(value, Reported):
            return value
        shown = self.inner.prepare_value(value.number)
        return shown if value.comparator == "=" else f"{value.comparator} {shown}"


class HaemoglobinField(DecimalField):
    """Haemoglobin in g/dL; "5,7 mmol/L" and "92 g/L" are converted.

    A bare number that could be g/dL as well as mmol/L is asked about before it is stored.
    """

    def to_python(self, value: Any) -> Any:
        """g/dL with two decimals; raises ``ValidationError`` for a number whose unit is in doubt."""
        found = _HAEMOGLOBIN.match(str(value or "").strip())
        typed, unit = found.groups() if found else (str(value), None)
        number = super().to_python(typed)
        if number is None:
            return None
        if unit is None and 0 < number * _TO_G_DL["mmol/l"] <= _HIGHEST_HB:
            shown = {"typed": f"{number.normalize():f}"}
            doubt = _("%(typed)s g/dL or %(typed)s mmol/L? Write the number with its unit.")
            raise ValidationError(doubt, code="doubtful_unit", params=shown)
        return round(number * _TO_G_DL[(unit or "g/dl").lower()], 2)

    def prepare_value(self, value: Any) -> Any:
        """The stored value with its unit."""
        return f"{super().prepare_value(value)} g/dL" if isinstance(value, Decimal) else value


class ResidueField(DecimalField):
    """Residual disease typed in per cent or as a power of ten: "0,01 %", "10^-4", "3 × 10⁻⁵", "1e-4".

    The value is a fraction of cells, 0 to 1, with nine decimals. A bare number is asked about, never guessed.
    """

    def to_python(self, value: Any) -> Any:
        """The fraction; raises ``ValidationError`` for a bare, impossible or unreadable number."""
        typed = str(value or "").strip()
        if not typed:
            return None
        fraction = _power(self, typed)
        if fraction is None:
            fraction = self._per_cent(typed)
        if not 0 <= fraction <= 1:
            raise ValidationError(_("“%(typed)s” is not between 0 and 100 %%."), code="range", params={"typed": typed})
        if fraction != round(fraction, 9):
            raise ValidationError(_("Write at most 7 digits after the decimal point, in per cent."), code="places")
        return fraction

    def _per_cent(self, typed: str) -> Decimal:
        number = super().to_python(typed.removesuffix("%").replace(",", ".") or typed)
        if number is None:
            raise ValidationError(_("“%(typed)s” is not a number."), code="invalid", params={"typed": typed})
        if typed.endswith("%") or number == 0:
            return number / 100
        small = f"{number.normalize():f}"
        if number > 1:
            doubt = _("Write “%(typed)s” with its unit: %(typed)s %%, or a power such as 10^-4.")
            raise ValidationError(doubt, code="doubtful_unit", params={"typed": small})
        doubt = _("%(small)s %% or %(large)s %%? Write the number with its unit, or as a power such as 10^-4.")
        shown = {"small": small, "large": f"{(number * 100).normalize():f}"}
        raise ValidationError(doubt, code="doubtful_unit", params=shown)

    def prepare_value(self, value: Any) -> Any:
        """The stored fraction in per cent."""
        return f"{super().prepare_value(value * 100)} %" if isinstance(value, Decimal) else value


def _power(field: ResidueField, typed: str) -> Decimal | None:
    """The number where it is written as a power of ten, else None."""
    plain = typed.translate(_RAISED)
    found = _POWER.match(plain) or _SCIENTIFIC.match(plain)
    if found is None:
        return None
    factor = DecimalField.to_python(field, found[1]) if found[1] else Decimal(1)
    exponent = int(found[2].replace(" ", ""))
    return None if factor is None or exponent < -12 else factor.scaleb(exponent)
