"""country.csv: ISO 3166-1 with our regions."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from iltb.terminology.curation.reference import LISTS, NotInReference, table
from iltb.terminology.files import Origin

ORIGIN: Final = Origin(
    system="country",
    source="ISO 3166-1 (codes and short names, through pycountry 26.2.16); regions and everyday names: iLTB",
    version="26.2.16",
    licence="facts",
    retrieved_on=date(2026, 11, 22),
    last_checked_on=date(2026, 11, 22),
    owner="medical coordinator",
    verified=False,
    note="Regions follow the United Nations but for Cyprus, which trials count to Europe. eu_eea as of 2026.",
)
COLUMNS: Final = ("code", "display", "synonyms[]", "alpha_3", "region", "subregion", "eu_eea")


def country_rows(references: Path, lists: Path = LISTS) -> list[Sequence[str]]:
    """Return the rows of country.csv, country_list.csv completed from ``iso3166/countries.csv``.

    Raises ``NotInReference`` when our list and the reference do not hold the same countries.
    """
    reference = {row["alpha_2"]: row for row in table(references / "iso3166" / "countries.csv")}
    ours = {row["code"]: row for row in table(lists / "country_list.csv")}
    if apart := sorted(set(ours) ^ set(reference)):
        raise NotInReference(f"These countries stand in one list only: {', '.join(apart)}.")
    return [
        (
            code,
            reference[code]["name"],
            "|".join(name for name in (ours[code]["also"], reference[code]["alpha_3"]) if name),
            reference[code]["alpha_3"],
            ours[code]["region"],
            ours[code]["subregion"],
            ours[code]["eu_eea"],
        )
        for code in sorted(ours)
    ]
