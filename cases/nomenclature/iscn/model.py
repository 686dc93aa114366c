"""What a karyotype says, once read."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["parsed", "partly", "unparsed", "not_done"]

SUSPECTED = "suspected:"


@dataclass(frozen=True)
class Abnormality:
    """One abnormality of a clone.

    ``kind`` is the ISCN abbreviation (``t``, ``del``, ``mar`` ...), ``+`` or ``-`` for a whole chromosome, ``variant``
    for a heteromorphism and ``incomplete`` for ``inc``. ``bands`` holds one group for each chromosome. ``parts`` are
    the rearrangements of a derivative chromosome. ``copies`` is a range (lowest, highest).
    ``is_uncertain`` means a question mark before the abnormality or one of its chromosomes, not before a band.
    """

    text: str
    kind: str
    sign: str = ""
    chromosomes: tuple[str, ...] = ()
    bands: tuple[tuple[str, ...], ...] = ()
    parts: tuple["Abnormality", ...] = ()
    copies: tuple[int, int] = (1, 1)
    is_uncertain: bool = False
    is_constitutional: bool = False

    @property
    def is_acquired(self) -> bool:
        """Counts as an abnormality of the tumour."""
        return not self.is_constitutional and self.kind not in {"variant", "incomplete"}

    @property
    def is_structural(self) -> bool:
        """More than the gain or loss of a whole chromosome."""
        return self.is_acquired and self.kind not in {"+", "-"}

    def places(self) -> set[tuple[str, str]]:
        """Every breakpoint as (chromosome, band), those of the parts included."""
        own = {(name, band) for name, bands in zip(self.chromosomes, self.bands, strict=False) for band in bands}
        return own.union(*(part.places() for part in self.parts))


@dataclass(frozen=True)
class Clone:
    """A clone with everything it inherits from the clone its ``idem``, ``sl`` or ``sdl`` points to.

    ``count_low`` and ``count_high`` are the modal range, ``None`` when the text gives none; ``cells`` is ``None`` when
    the text gives no size, which is not the same as 0.
    """

    text: str
    count_low: int | None
    count_high: int | None
    sex: str
    abnormalities: tuple[Abnormality, ...]
    cells: int | None
    is_composite: bool
    ploidy: int | None = None
    is_whole: bool = True

    @property
    def acquired(self) -> tuple[Abnormality, ...]:
        """The abnormalities of the tumour, without constitutional ones and heteromorphisms."""
        return tuple(item for item in self.abnormalities if item.is_acquired)

    @property
    def is_normal(self) -> bool:
        """46,XX or 46,XY, understood to the last sign, with nothing acquired."""
        is_diploid = self.sex in {"XX", "XY"} and self.count_low == self.count_high == 46
        return self.is_whole and is_diploid and not self.acquired

    @property
    def abnormality_count(self) -> int:
        """Acquired abnormalities; a range counts with its lower end."""
        return sum(item.copies[0] if item.kind in {"+", "-", "mar"} else 1 for item in self.acquired)


@dataclass(frozen=True)
class Karyotype:
    """A karyotype as read; ``problems`` are sentences that say what was not understood and where."""

    original: str
    normalised: str
    clones: tuple[Clone, ...]
    facts: frozenset[str]
    problems: tuple[str, ...]
    status: Status
    in_situ: str = ""

    @property
    def cells(self) -> int | None:
        """All cells analysed, or ``None`` when a clone has no size."""
        sizes = [clone.cells for clone in self.clones]
        return sum(size for size in sizes if size is not None) if sizes and None not in sizes else None

    @property
    def suspected_fusions(self) -> tuple[str, ...]:
        """Fusions that a translocation suggests; a molecular test has to confirm them."""
        return tuple(sorted(code.removeprefix(SUSPECTED) for code in self.facts if code.startswith(SUSPECTED)))
