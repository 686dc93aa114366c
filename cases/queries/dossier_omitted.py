"""What a frozen content holds and the tumour profile does not print, each with its reason.

A test reads every answer of the demo's cases and looks for it on the page: it is there, or its path stands here.
"""

from collections.abc import Mapping
from typing import Final

_CODE: Final = "the display says the same to people"
_CLASSES: Final = "colours the course and dates the antigens; the drug's name is shown"

OMITTED: Final[Mapping[str, str]] = {
    "schema": "the form of the record, nothing about the patient",
    "case.code": "stands above the profile on every page",
    "case.family_code": "joins the cases of one patient; the case before is named",
    "patient.country.code": _CODE,
    "diagnosis.entity.code": _CODE,
    "therapy_lines.drugs.code": _CODE,
    "therapy_lines.drugs.classes": _CLASSES,
    "ex_vivo.responses.code": _CODE,
    "ex_vivo.responses.classes": _CLASSES,
    "condition.comedications.code": _CODE,
    "condition.comedications.classes": _CLASSES,
    "condition.contraindications.code": _CODE,
    "condition.contraindications.classes": _CLASSES,
    "access.drug_access.code": _CODE,
    "access.drug_access.classes": _CLASSES,
    "condition.not_done": "its measurements read “not done” in their places",
    "board_questions.key": "the question is shown as it was asked",
    "board_questions.version": "the question is shown as it was asked",
    "board_questions.kind": "the answer shows what it is",
}

PLAIN: Final[Mapping[tuple[str, str], str]] = {
    ("specimens.variants.variant_class", "small_variant"): "its change says it; duplications are printed before it",
    ("specimens.variants.variant_class", "other"): "its change says it; printed where no change is stated",
}
"""Single answers that go without saying, while other answers of the same column are printed."""
