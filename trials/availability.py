"""Whether a cohort can be entered: a statement about recruitment, apart from every criterion."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from trials.enums import Availability, TrialStatus

_CLOSED: Final = frozenset(
    {
        TrialStatus.ACTIVE_NOT_RECRUITING,
        TrialStatus.NOT_RECRUITING,
        TrialStatus.SUSPENDED,
        TrialStatus.COMPLETED,
        TrialStatus.TERMINATED,
    }
)
_DEFAULT_DAYS: Final = 30


def status_valid_days() -> int:
    """Return for how many days a checked status is shown as current (setting ``ILTB_TRIAL_STATUS_DAYS``)."""
    return int(getattr(settings, "ILTB_TRIAL_STATUS_DAYS", _DEFAULT_DAYS))


@dataclass(frozen=True)
class Recruitment:
    """What is known of a cohort's recruitment.

    ``checked_on`` is ``None`` when nobody looked at the register. ``is_full`` says that no place was free when somebody
    last told; not knowing about places is not full.
    """

    status: TrialStatus
    note: str
    as_of: date | None
    checked_on: date | None
    is_confirmed: bool
    is_full: bool = False

    @classmethod
    def of(cls, status: str, *, note: str, as_of: date | None, checked_on: date | None, today: date) -> "Recruitment":
        """Judge how old the knowledge is on ``today``."""
        fresh = checked_on is not None and today - checked_on <= timedelta(days=status_valid_days())
        return cls(TrialStatus(status), note, as_of, checked_on, fresh)

    @property
    def is_closed(self) -> bool:
        """Whether nobody can enter now, by what was last read."""
        return self.status in _CLOSED or self.is_full


def is_closed(status: str) -> bool:
    """Whether a trial, cohort or place takes nobody; an unknown status closes nothing."""
    return status in _CLOSED


def open_countries(places: Iterable[tuple[str, str]]) -> set[str]:
    """Return the countries with a place that is not closed, from country and status of each place."""
    return {country for country, status in places if not is_closed(status)}


def availability_of(
    recruitment: Recruitment, *, country: str, countries: Collection[str], countries_complete: bool
) -> Availability:
    """Return the availability for a patient in ``country``; an incomplete list of countries excludes none.

    ``countries`` are those with a place that is not closed.
    """
    if recruitment.is_closed:
        return Availability.CLOSED if recruitment.status in _CLOSED else Availability.FULL
    if recruitment.status is TrialStatus.NOT_YET_RECRUITING:
        return Availability.NOT_YET_RECRUITING
    if recruitment.status is TrialStatus.UNKNOWN:
        return Availability.UNKNOWN
    if country and countries_complete and country not in countries:
        return Availability.RECRUITING_ELSEWHERE
    return Availability.RECRUITING if recruitment.is_confirmed else Availability.RECRUITING_UNCONFIRMED
