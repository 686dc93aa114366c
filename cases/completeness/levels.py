"""How much each column matters: the table in ``levels.toml``, by model and column."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).with_suffix(".toml")

# M mandatory, C when its condition holds, R recommended, auto by the system; what is not named is optional.
LEVELS: Final[Mapping[str, Mapping[str, str]]] = {
    model: {column: level for level, columns in levels.items() for column in columns.split()}
    for model, levels in tomllib.loads(_TABLE.read_text(encoding="utf-8")).items()
}
