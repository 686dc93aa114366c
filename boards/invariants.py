"""Promises that the data must keep, each checked against the rows as they are."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from django.db.models import Count, F, Q
from django.utils import timezone

from boards.enums import AdviceState, BallotState
from boards.models import Advice, Ballot, Letter, SignedAdvice, Vote
from boards.services.voting import recounted
from cases.models import Case, CaseRevision
from cases.services.freezing import sha256_of
from iltb.audit.models import AuditEvent
from iltb.audit.services import verify_chain
from iltb.core.errors import DomainError
from iltb.core.jobs import registered
from iltb.core.models import JobState
from iltb.documents.storage import StoredFile, read_stored

OLDEST_PENDING: Final = timedelta(minutes=10)
Check = Callable[[], list[str]]


def stored_results_equal_the_votes() -> list[str]:
    """I2: nothing was stored after closing, and the stored result is the tally of the stored votes."""
    faults = []
    for ballot in Ballot.objects.filter(state=BallotState.CLOSED).select_related("review__board"):
        if ballot.result != recounted(ballot):
            faults.append(f"result of {ballot.pk} differs from its votes")
        if ballot.votes.filter(cast_at__gt=ballot.closed_at).exists():
            faults.append(f"late vote in {ballot.pk}")
    return faults


def one_vote_for_each_person_and_option() -> list[str]:
    """I3: one vote for each person, option and round; on an option of the ballot's own review."""
    doubled = Vote.objects.values("ballot", "option", "seat__user").annotate(n=Count("pk")).filter(n__gt=1)
    strayed = Vote.objects.exclude(option__review=F("ballot__review")) | Vote.objects.exclude(
        seat__review=F("ballot__review"),
    )
    return [f"doubled vote {row}" for row in doubled] + [f"strayed vote {vote.pk}" for vote in strayed]


def voters_were_allowed_to_vote() -> list[str]:
    """I5: no voter is of the submitting hospital or stepped off the option."""
    own = Vote.objects.filter(seat__user__memberships__centre=F("ballot__review__case__centre"))
    stepped_off = Vote.objects.filter(option__recusals__seat=F("seat"))
    undeclared = Vote.objects.filter(seat__declared_at=None)
    return [f"vote {vote.pk} was not allowed" for vote in (own | stepped_off | undeclared).distinct()]


def frozen_content_equals_its_hash() -> list[str]:
    """I6: revisions and signed advice are what their hashes say."""
    rows: list[CaseRevision | SignedAdvice] = [*CaseRevision.objects.all(), *SignedAdvice.objects.all()]
    return [f"{row} differs from its hash" for row in rows if sha256_of(row.content) != row.sha256]


def one_letter_for_each_signature() -> list[str]:
    """I7: exactly one letter for each signed advice; the file's hash is the stored one; no letter unsigned."""
    faults = [f"{signed} has no letter" for signed in SignedAdvice.objects.filter(letter=None)]
    for letter in Letter.objects.done().select_related("signed__advice__review__case"):
        try:
            read_stored(StoredFile(path=letter.path, sha256=letter.sha256, size=letter.size))
        except (DomainError, OSError) as error:
            faults.append(f"{letter}: {type(error).__name__}")
    sent = Advice.objects.filter(state__in=[AdviceState.SENT, AdviceState.SIGNED])
    return faults + [f"{advice} is {advice.state} unsigned" for advice in sent.filter(signed=None)]


def audit_chain_holds() -> list[str]:
    """I8: the chain verifies, and no state stands without an entry that says how it came about."""
    report = verify_chain()
    faults = [report.fault] if report.fault else []
    for case in Case.objects.all():
        entries = AuditEvent.objects.filter(subject_kind="cases.Case", subject_key=str(case.pk))
        moves = entries.exclude(state_after="").order_by("pk")
        last = moves.last()
        if last is None or last.state_after != case.state:
            faults.append(f"{case} is {case.state} without an entry")
    return faults


def every_job_ends() -> list[str]:
    """I11: no pending row is older than 10 minutes, and what failed is known by its state."""
    limit = timezone.now() - OLDEST_PENDING
    return [
        f"{kind.task} {job.pk} is pending since {job.created_at:%H:%M}"
        for kind in registered()
        for job in kind.model.objects.filter(Q(state=JobState.PENDING) & Q(created_at__lt=limit))
    ]


INVARIANTS: Final[Mapping[str, Check]] = {
    "I2 stored results equal the votes": stored_results_equal_the_votes,
    "I3 one vote for each person, option and round": one_vote_for_each_person_and_option,
    "I5 voters were allowed to vote": voters_were_allowed_to_vote,
    "I6 frozen content equals its hash": frozen_content_equals_its_hash,
    "I7 one letter for each signature": one_letter_for_each_signature,
    "I8 the audit chain holds": audit_chain_holds,
    "I11 every job ends": every_job_ends,
}
