"""Who reads germline results, and what the others are shown instead.

Geneticists and the submitting team read them, and who runs the board; the wider panel once the chair has found them
relevant for the advice. Everybody else reads one line that is the same whether there is a finding or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cases.enums import Origin
from cases.models import Case
from iltb.accounts.models import User
from iltb.accounts.querysets import may

Content = Mapping[str, Any]


@dataclass(frozen=True)
class GermlineRight:
    """What one reader may do with the germline results of one case."""

    may_read: bool = False
    may_release: bool = False


WITHHELD: Final = GermlineRight()
READ: Final = GermlineRight(may_read=True)


def germline_right(case: Case, reader: User) -> GermlineRight:
    """The right of ``reader``, as ``with_germline_for`` rules for lists; a query unless ``case`` brought its grants."""
    if getattr(case, "grants_of", None) != reader.pk:
        visible = Case.objects.visible_to(reader).with_grants(reader).filter(pk=case.pk).first()
        return germline_right(visible, reader) if visible else WITHHELD
    is_released = case.germline_released_at is not None
    return GermlineRight(
        may_read=is_released or may(case, "read_germline"),
        may_release=not is_released and may(case, "release_germline"),
    )


def shown_content(content: Content, right: GermlineRight) -> Content:
    """The frozen ``content`` as this reader may see it; the one place where germline results are taken out.

    The germline block becomes ``{"is_withheld": true}`` and inherited variants leave the specimens, whether there were
    any or not. Everything that shows a content to people goes through here.
    """
    if right.may_read:
        return content
    return {
        **content,
        "germline": {"is_withheld": True},
        "specimens": [_somatic(specimen) for specimen in content.get("specimens") or ()],
    }


def is_withheld(content: Content) -> bool:
    """Whether the germline results were taken out of this content."""
    return bool((content.get("germline") or {}).get("is_withheld"))


def _somatic(specimen: Content) -> dict[str, Any]:
    variants = [row for row in specimen.get("variants") or () if row.get("origin") != Origin.GERMLINE]
    return {**specimen, "variants": variants}
