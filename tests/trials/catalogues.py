"""A folder of trial files, each as small as possible."""

from pathlib import Path
from typing import Any

import yaml

from tests.trials.documents import age


def trial_document(key: str = "trial-a", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": key.title(),
        "status": "recruiting",
        "verification": "verified",
        "arms": [arm_document()],
        **more,
    }


def arm_document(key: str = "main", criteria: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"key": key, "title": "The cohort", "criteria": criteria or age("<", 18, id="I-01"), **more}


def number(value: str, system: str = "nct") -> dict[str, Any]:
    return {"system": system, "value": value, "confirmed": True}


def write(folder: Path, *documents: dict[str, Any]) -> Path:
    for document in documents:
        (folder / f"{document['key']}.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    return folder


def counted_from_zero(draft):
    """The draft with a count of saves that a test can name."""
    type(draft).objects.filter(pk=draft.pk).update(edits=0)
    draft.edits = 0
    return draft
