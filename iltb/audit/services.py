"""Write the two trails and prove the chain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models

from iltb.audit.models import AuditEvent, ReadEvent
from iltb.audit.request_id import current_request_id

SYSTEM: Final = "system"

# The sealing trigger computes the same expression; here it stands on its own, so that a changed trigger shows.
PAYLOAD_SQL: Final = """
    jsonb_build_array(e.id, e.verb, e.subject_kind, e.subject_key, e.subject_label, e.actor_key, e.actor_name,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), e.request_id, e.state_before, e.state_after,
        e.reason, e.data, e.sequence, e.previous_hash)::text
"""


def record(  # noqa: PLR0913 -- one keyword for each column of the entry
    verb: str,
    *,
    subject: models.Model,
    actor: Any = None,
    state_before: str = "",
    state_after: str = "",
    reason: str = "",
    **data: str | int | bool | None,
) -> AuditEvent:
    """Append one entry for a deed; call it inside the deed's transaction.

    ``data`` takes small coded facts (numbers, keys, codes), never clinical or free text.
    """
    if not connection.in_atomic_block:
        message = "an audit entry belongs in the transaction of its deed"
        raise RuntimeError(message)
    return AuditEvent.objects.create(
        verb=verb,
        **_who_and_what(subject, actor),
        request_id=current_request_id(),
        state_before=state_before,
        state_after=state_after,
        reason=reason,
        data=data,
    )


def record_opening(verb: str, *, subject: models.Model, actor: Any) -> None:
    """Note that somebody opened a dossier or downloaded a file."""
    ReadEvent.objects.create(verb=verb, **_who_and_what(subject, actor), request_id=current_request_id())


def record_openings(verb: str, *, subjects: Iterable[models.Model], actor: Any) -> None:
    """Note that somebody was shown something of many dossiers at once, one entry for each."""
    request_id = current_request_id()
    rows = [ReadEvent(verb=verb, **_who_and_what(row, actor), request_id=request_id) for row in subjects]
    ReadEvent.objects.bulk_create(rows)


def record_refusal(view: str, *, actor: Any, status: int) -> None:
    """Note a refused deed by the name of its page; what was asked for is not stored."""
    ReadEvent.objects.create(
        verb=view[:60],
        subject_kind="view",
        subject_key="",
        actor_key=str(actor.pk or ""),
        actor_name=_name(actor),
        outcome=f"refused {status}",
        request_id=current_request_id(),
    )


def _who_and_what(subject: models.Model, actor: Any) -> Mapping[str, str]:
    return {
        "subject_kind": subject._meta.label,
        "subject_key": str(subject.pk),
        "subject_label": str(subject)[:120],
        "actor_key": "" if actor is None else str(actor.pk),
        "actor_name": SYSTEM if actor is None else _name(actor),
    }


def _name(actor: Any) -> str:
    return str(getattr(actor, "full_name", "") or "anonymous")[:200]


@dataclass(frozen=True)
class ChainReport:
    """Outcome of a verification: how many entries, the head, and what is wrong ("" when nothing is)."""

    entries: int
    head: str
    fault: str


def verify_chain(*, anchor: Mapping[str, Any] | None = None) -> ChainReport:
    """Recompute every hash and link; with an ``anchor`` (sequence and hash kept outside) also the past.

    An anchor proves that the chain up to it was not rewritten as a whole.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE sequence IS NULL) FROM audit_auditevent")
        entries, unsealed = cursor.fetchone()
        if unsealed:
            return ChainReport(entries, "", f"{unsealed} entries are not sealed")
        cursor.execute(
            f"""
            SELECT e.sequence, e.id FROM (
                SELECT *, lag(hash, 1, '') OVER w AS want_previous, row_number() OVER w AS want_sequence
                FROM audit_auditevent WINDOW w AS (ORDER BY sequence)
            ) e
            WHERE e.sequence <> e.want_sequence OR e.previous_hash <> e.want_previous
               OR e.hash <> encode(sha256(convert_to({PAYLOAD_SQL}, 'UTF8')), 'hex')
            ORDER BY e.sequence LIMIT 1
            """,  # noqa: S608 -- a constant of this module, no input
        )
        broken = cursor.fetchone()
        cursor.execute("SELECT sequence, hash FROM audit_auditevent ORDER BY sequence DESC LIMIT 1")
        head = cursor.fetchone() or (0, "")
        if broken:
            return ChainReport(entries, head[1], f"the chain breaks at sequence {broken[0]} (entry {broken[1]})")
        if anchor and not _holds_anchor(cursor, anchor):
            return ChainReport(entries, head[1], f"the entry at sequence {anchor['sequence']} is not the anchored one")
    return ChainReport(entries, head[1], "")


def _holds_anchor(cursor: Any, anchor: Mapping[str, Any]) -> bool:
    if not anchor["sequence"]:
        return True
    cursor.execute("SELECT hash FROM audit_auditevent WHERE sequence = %s", [anchor["sequence"]])
    row = cursor.fetchone()
    return bool(row and row[0] == anchor["hash"])
