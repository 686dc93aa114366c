"""Read a file of any kind that is understood, by what stands in it rather than by its name."""

from collections.abc import Mapping

from cases.importers import maf, tables, vcf
from cases.importers.preview import Preview, Symbol, content_type, require_size

_HEAD = 4000


def read_file(
    data: bytes,
    *,
    symbol: Symbol,
    build: str = "",
    sample: int | None = None,
    columns: Mapping[str, str] | None = None,
) -> Preview:
    """Read VCF, MAF, or else a table; ``columns`` is the choice of a person for the columns of a table.

    Raises ``UnreadableFile`` with one sentence, ``WhichSample`` where a file holds several.
    """
    require_size(data)
    head = data[:_HEAD]
    if head.startswith(b"##fileformat=VCF"):
        return vcf.read(data, build=build, symbol=symbol, sample=sample)
    if content_type(data) == "text" and b"Hugo_Symbol" in head and b"Variant_Classification" in head:
        return maf.read(data, build=build, symbol=symbol, sample=sample)
    return tables.read(data, symbol=symbol, columns=columns, sample=sample)
