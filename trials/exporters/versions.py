"""What a stored trial becomes in each format that we write, with a list of what that format cannot say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from trials.enums import IdentifierSystem
from trials.exporters.ctml import Lost, to_ctml
from trials.exporters.own import to_json, version_document
from trials.importers.own import CatalogueError, TrialRecord, read_document
from trials.models import TrialVersion


class NotWritable(Exception):
    """A trial that cannot be written, with the sentence that says why."""


@dataclass(frozen=True)
class Export:
    """A file with what of the trial is not in it."""

    name: str
    text: str
    lost: tuple[Lost, ...]


def export_own(version: TrialVersion) -> Export:
    """Write a version as JSON that ``import_trials`` and ``load_catalogue`` read back."""
    return Export(f"{version.trial.key}.json", to_json(version_document(version)), tuple(_not_in_own(version)))


def export_ctml(version: TrialVersion) -> Export:
    """Write a version as CTML in JSON. Raises ``NotWritable`` for criteria that cannot be read.

    What is lost widens the trial and never excludes anybody.
    """
    found = to_ctml(_record_of(version))
    return Export(f"{version.trial.key}.ctml.json", to_json(found.document), (*found.lost, *_not_in_ctml(version)))


LAYOUTS: Final[Mapping[str, Callable[[TrialVersion], Export]]] = {"own": export_own, "ctml": export_ctml}


def _record_of(version: TrialVersion) -> TrialRecord:
    try:
        return read_document(version_document(version), today=timezone.localdate())
    except CatalogueError as error:
        raise NotWritable(_("The criteria cannot be written: %(reason)s") % {"reason": error}) from error


def _not_in_ctml(version: TrialVersion) -> list[Lost]:
    lost = [Lost("", "", _("countries and places, sources, remarks, and when recruitment was last checked"))]
    if any(row.system != IdentifierSystem.NCT for row in version.trial.identifiers.all()):
        lost.append(Lost("", "", _("register numbers but those of ClinicalTrials.gov")))
    return lost


def _not_in_own(version: TrialVersion) -> list[Lost]:
    """Our own format describes a trial for a catalogue: who is asked where, and what is free now, is not part of it."""
    arms, sites = version.arms.all(), version.trial.sites.all()
    lost = [Lost(arm.key, "", _("the number of free places")) for arm in arms if arm.slots is not None]
    lost += [Lost(arm.key, "", _("the day and source of its own recruitment")) for arm in arms if arm.status]
    if version.age_limits:
        lost.append(Lost("", "", _("the age limits in the words of the source")))
    if any(site.contact or site.last_checked_on for site in sites):
        lost.append(Lost("", "", _("contacts and recruitment of places; countries and names are kept")))
    return lost
