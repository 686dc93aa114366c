"""Prints how fast importers are: ``python -m benchmarks.importing``. Times depend on the machine; none is asserted."""

import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random
from time import process_time
from typing import Final

from django.conf import settings
from openpyxl import Workbook

from cases.importers import maf, paste, tables, vcf
from cases.importers.preview import Preview

ROWS: Final = 10_000
GENES: Final = ("NOTCH1", "NRAS", "KRAS", "FLT3", "IL7R", "JAK3", "TP53", "PTPN11", "WT1", "RUNX1")
AMINO_ACIDS: Final = "ACDEFGHIKLMNPQRSTVWY"


def main() -> int:
    """Measure each reader in a process of its own, so that memory is that of one file; print one table."""
    if len(sys.argv) == 2:
        sys.stdout.write(_measured(sys.argv[1]))
        return 0
    for name in READERS:
        sys.stdout.write(
            subprocess.run(
                [sys.executable, "-m", __spec__.name, name], check=True, capture_output=True, text=True
            ).stdout
        )
    return 0


def _measured(name: str) -> str:
    settings.configure(USE_I18N=False)
    data, read = READERS[name]
    source = data()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = process_time()
    preview = read(source)
    seconds = process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = f"{len(preview.proposals):>6} proposals {len(preview.refused):>5} refused"
    return f"{name:<28} {seconds:>6.2f} s {peak:>6.0f} MB peak ({before:.0f} MB before) {figures}\n"


def _rows() -> list[tuple[str, str, str, float]]:
    random = Random(20261122)
    return [
        (
            random.choice(GENES),
            f"c.{random.randint(1, 6000)}G>A",
            f"p.{random.choice(AMINO_ACIDS)}{random.randint(1, 2000)}{random.choice(AMINO_ACIDS)}",
            round(random.uniform(1.5, 99), 2),
        )
        for _ in range(ROWS)
    ]


def _csv() -> bytes:
    return "\n".join(["Gene;HGVSc;HGVSp;VAF %", *(f"{g};{c};{p};{v}" for g, c, p, v in _rows())]).encode()


def _wide() -> bytes:
    more = ";".join("some words" for _ in range(196))
    head = ";".join(f"column {number}" for number in range(196))
    return "\n".join(
        [f"Gene;HGVSc;HGVSp;VAF %;{head}", *(f"{g};{c};{p};{v};{more}"[:2000] for g, c, p, v in _rows())]
    ).encode()


def _text() -> bytes:
    return "\n".join(f"{g} {c} {p} {v} %" for g, c, p, v in _rows()).encode()


def _xlsx() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Gene", "HGVSc", "HGVSp", "VAF %"])
    for row in _rows():
        sheet.append(row)
    book.save(stream := BytesIO())
    return stream.getvalue()


def _maf() -> bytes:
    names = "Hugo_Symbol NCBI_Build Variant_Classification Tumor_Sample_Barcode HGVSc HGVSp_Short i_TumorVAF_WU"
    head = names.replace(" ", "\t")
    return "\n".join([head, *(f"{g}\tGRCh38\tMissense_Mutation\tX\t{c}\t{p}\t{v}" for g, c, p, v in _rows())]).encode()


def _vcf() -> bytes:
    head = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tX"]
    lines = [
        f"1\t{number}\t.\tG\tA\t.\tPASS\t"
        f"ANN=A|missense|MODERATE|{g}|G|transcript|NM_002524.5|coding|1/2|{c}|{p}\tAF\t{v / 100:.4f}"
        for number, (g, c, p, v) in enumerate(_rows(), 1)
    ]
    return "\n".join([*head, *lines]).encode()


def _symbol(name: str) -> str | None:
    return name if name in GENES else None


READERS: Final[Mapping[str, tuple[Callable[[], bytes], Callable[[bytes], Preview]]]] = {
    "CSV, 10,000 rows": (_csv, lambda data: tables.read(data, symbol=_symbol)),
    "CSV, 20 MB, 200 columns": (_wide, lambda data: tables.read(data, symbol=_symbol)),
    "XLSX, 10,000 rows": (_xlsx, lambda data: tables.read(data, symbol=_symbol)),
    "pasted text, 10,000 lines": (_text, lambda data: paste.read_text(data.decode(), symbol=_symbol)),
    "MAF, 10,000 rows": (_maf, lambda data: maf.read(data, build="GRCh38", symbol=_symbol)),
    "VCF, 10,000 records": (_vcf, lambda data: vcf.read(data, build="GRCh38", symbol=_symbol)),
}

if __name__ == "__main__":
    sys.exit(main())
