"""The list of specimens while the dossier is filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case, Specimen
from cases.queries import words


@dataclass(frozen=True)
class SpecimenRow:
    """One specimen in a line or two."""

    label: str
    title: str
    when: str
    found: str
    url: str
    remove_url: str


@dataclass(frozen=True)
class SpecimensPage:
    """The list, the way to a new one and onwards."""

    code: str
    rows: Sequence[SpecimenRow]
    new_url: str
    next_url: str
    back_url: str
    is_typed: bool
    is_new: bool
    saved_at: datetime


def specimens_page(
    case: Case,
    specimens: Iterable[Specimen],
    *,
    next_url: str,
    back_url: str,
    is_typed: bool,
) -> SpecimensPage:
    """``specimens`` come with their results already read; ``is_typed``: the reader only adds what a report says."""
    return SpecimensPage(
        code=case.code,
        rows=[_row(case.code, specimen) for specimen in specimens],
        new_url=reverse("cases:specimen_new", args=[case.code]),
        next_url=next_url,
        back_url=back_url,
        is_typed=is_typed,
        is_new=case.version == 1,
        saved_at=case.edited_at,
    )


def _row(code: str, specimen: Specimen) -> SpecimenRow:
    material, point = specimen.get_tissue_display(), specimen.get_time_point_display()
    return SpecimenRow(
        label=specimen.label,
        title=f"{str(point).capitalize()}, {material}",
        when=words.day(specimen.taken_on_day),
        found=_found(specimen),
        url=reverse("cases:specimen", args=[code, specimen.pk]),
        remove_url=reverse("cases:specimen_remove", args=[code, specimen.pk]),
    )


def _found(specimen: Specimen) -> str:
    names = [f"{v.gene_symbol} {v.hgvs_p or v.hgvs_c}".strip() for v in specimen.variants.all()]
    names += [str(fusion) for fusion in specimen.fusions.all()]
    antigens, absences = len(specimen.antigens.all()), len(specimen.absences.all())
    if antigens:
        names.append(ngettext("%(count)s antigen", "%(count)s antigens", antigens) % {"count": antigens})
    if absences:
        names.append(ngettext("%(count)s not found", "%(count)s not found", absences) % {"count": absences})
    return ", ".join(names) or _("no result stated yet")
