"""One specimen with everything that was found, not found and not done on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.forms.base import DossierForm, field_of, not_empty
from cases.forms.fields import NamesField
from cases.forms.findings import TABLES
from cases.forms.page import PageForms
from cases.forms.rows import RowForm, Rows, how_much, row_values
from cases.models import Case, Karyotype, MolecularSignature, Specimen
from cases.services.drafting import SpecimenRows

_SHOWN_FIRST: Final = ("variants", "fusions", "antigens")
_CYTOGENETICS: Final = ("fish", "copy_numbers")
_PROFILES: Final = ("expression_outliers", "methylation", "clones")


class SpecimenForm(RowForm):
    """Material and time point of one specimen."""

    model = Specimen
    main = ("label", "tissue", "time_point", "taken_on_day", "blasts_pct_of_cells")
    more = ("blast_method", "donor_chimerism_pct", "is_current_override")
    comparators: ClassVar = {"blasts_pct_of_cells": "blasts_comparator"}

    def __init__(self, case: Case, specimen: Specimen | None, data: Any = None) -> None:
        """Propose the next free label for a new specimen; a stored one comes with the labels of the others."""
        labels = case.specimens.values_list("label", flat=True) if specimen is None else ()
        self._others = list(getattr(specimen, "other_labels", labels))
        initial = row_values(SpecimenForm, specimen) if specimen else {"label": self._next_label()}
        super().__init__(data, initial=initial)

    def clean_label(self) -> str:
        """No two specimens of a case share a label."""
        label: str = self.cleaned_data["label"]
        if label in self._others:
            raise forms.ValidationError(_("Another specimen is called “%(label)s”."), params={"label": label})
        return label

    def _next_label(self) -> str:
        return next(f"S{number}" for number in range(1, 999) if f"S{number}" not in self._others)


class OneForm(DossierForm):
    """The answers of a block that a specimen has once or not at all."""

    model: ClassVar[type[models.Model]]
    names: ClassVar[Sequence[str]] = ()

    def __init__(self, stored: models.Model | None, data: Any = None) -> None:
        """``stored`` gives the saved answers."""
        initial = {name: getattr(stored, name) for name in self.names} if stored else {}
        super().__init__(data, prefix=self.model.__name__.lower(), initial=initial)
        for name in self.names:
            self.add_column(self.model, name)

    @classmethod
    def field(cls, column: Any) -> forms.Field:
        """The form field of one column, compact."""
        return field_of(column, as_select=True) if column.choices else super().field(column)

    def news(self) -> dict[str, Any] | None:
        """The answers to be saved, None where they are as stored."""
        return self.stated() if self.has_news() else None


class KaryotypeForm(OneForm):
    """The karyotype as reported."""

    model = Karyotype
    names = ("iscn", "n_metaphases", "ploidy_class", "abnormality_count")

    def clean(self) -> dict[str, Any]:
        """Numbers on a karyotype need the karyotype."""
        answers: dict[str, Any] = super().clean() or {}
        if any(map(not_empty, answers.values())) and not answers.get("iscn") and not self.has_error("iscn"):
            self.add_error("iscn", _("Write the karyotype as reported, or empty the other fields."))
        return answers


class SignatureForm(OneForm):
    """Classes from a profile."""

    model = MolecularSignature
    names = ("ploidy_class", "ph_like_signature", "ikzf1_plus", "hrd", "tmb_mut_per_mb", "msi_or_dmmr")


class AbsencesForm(DossierForm):
    """What was looked for and not found; that is a result of its own."""

    targets = NamesField(
        label=_("Tested, not found"),
        help_text=_("Genes, fusions or classes, separated by commas or lines: KMT2A-r, FLT3-ITD, BCR::ABL1, NRAS."),
        longest=40,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True)
class Fold:
    """A part of the page that is seen on demand, and at once when something in it is wrong or was just added."""

    heading: str | Promise
    form: OneForm
    form_heading: str | Promise
    tables: Sequence[Rows]

    @property
    def is_open(self) -> bool:
        """Whether it must be seen."""
        return bool(self.form.errors) or any(table.must_be_seen for table in self.tables)

    @property
    def on_demand(self) -> str:
        """How much stands in it; empty where nothing does."""
        return how_much(sum(not_empty(field.value()) for field in self.form), self.tables)


class SpecimenForms(PageForms):
    """All forms of the page of one specimen, read and checked together."""

    def __init__(self, case: Case, specimen: Specimen | None = None, data: Any = None) -> None:
        """``specimen`` gives what is stored (None for a new one), ``data`` what was typed.

        A stored specimen carries its absences as ``targets`` and the labels of the others as ``other_labels``.
        """
        self.specimen = SpecimenForm(case, specimen, data)
        self.absences = AbsencesForm(data, initial={"targets": _stored_absences(specimen)})
        self.karyotype = KaryotypeForm(getattr(specimen, "karyotype", None), data)
        self.signature = SignatureForm(getattr(specimen, "signature", None), data)
        self._by_kind = {
            kind: rows(data, prefix=kind, stored=_stored(specimen, kind, rows)) for kind, rows in TABLES.items()
        }
        antigens: Any = self._by_kind["antigens"]
        super().__init__(
            [self.specimen, self.absences, self.karyotype, self.signature, antigens.block],
            list(self._by_kind.values()),
        )

    @property
    def label(self) -> str:
        """What the specimen is called, once everything is valid."""
        return str(self.specimen.cleaned_data["label"])

    @property
    def first_tables(self) -> list[Rows]:
        """Variants, fusions, antigens."""
        return [self._by_kind[kind] for kind in _SHOWN_FIRST]

    @property
    def assays(self) -> Rows:
        """The laboratory methods."""
        return self._by_kind["assays"]

    @property
    def folds(self) -> list[Fold]:
        """The kinds of results that most specimens do not have."""
        cytogenetics = [self._by_kind[kind] for kind in _CYTOGENETICS]
        profiles = [self._by_kind[kind] for kind in _PROFILES]
        return [
            Fold(_("Karyotype, FISH, gains and losses"), self.karyotype, _("Karyotype"), cytogenetics),
            Fold(_("Profiles: signature, expression, methylation, clones"), self.signature, _("Signature"), profiles),
        ]

    def rows(self) -> SpecimenRows:
        """What was answered, as ``save_specimen`` takes it; kinds that are as stored are left out."""
        tables: dict[str, Any] = {kind: table.news() for kind, table in self._by_kind.items()}
        absences = [{"target": target} for target in self.absences.cleaned_data["targets"]]
        return SpecimenRows(
            values=self.specimen.stated(),
            absences=absences if self.absences.has_news() else None,
            karyotype=self.karyotype.news(),
            signature=self.signature.news(),
            **tables,
        )


def _stored_absences(specimen: Specimen | None) -> list[str]:
    return list(getattr(specimen, "targets", ()))


def _stored(specimen: Specimen | None, kind: str, rows: type[Rows]) -> list[Mapping[str, Any]]:
    form: type[RowForm] = rows.form
    return [row_values(form, row) for row in getattr(specimen, kind).all()] if specimen else []
