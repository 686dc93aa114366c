"""Freeze the dossier: canonical JSON and its SHA-256."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cases.models import Case, CaseRevision
from cases.services.contents import content_of
from iltb.accounts.models import User

__all__ = ("canonical_bytes", "content_of", "freeze", "sha256_of")


def canonical_bytes(content: Mapping[str, Any]) -> bytes:
    """The one byte string of a content: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def freeze(*, case: Case, content: Mapping[str, Any], author: User) -> CaseRevision:
    """Write ``content`` as the next revision of ``case``; the caller gathered it while holding the case's row lock."""
    last = case.revisions.order_by("-number").first()
    return CaseRevision.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=sha256_of(content),
        author=author,
    )
