"""Writes trials in the portal's own format, which ``trials.importers.own`` reads back."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from trials.importers.own import TrialRecord
from trials.models import TrialVersion


def own_document(record: TrialRecord) -> dict[str, Any]:
    """Return a record as the document it could have been read from; days as dates."""
    return {
        "key": record.key,
        "title": record.title,
        "identifiers": [
            {"system": row.system.value, "value": row.value, "confirmed": row.confirmed} for row in record.identifiers
        ],
        "agents": list(record.agents),
        "sponsor": record.sponsor,
        "phase": record.phase,
        "countries": list(record.countries),
        "countries_complete": record.countries_complete,
        **_sites([(site.country, site.name) for site in record.sites]),
        "status": record.status.value,
        "status_note": record.status_note,
        "status_as_of": record.status_as_of,
        "status_source": record.status_source,
        "verification": record.verification.value,
        "sources": list(record.sources),
        "last_checked_on": record.last_checked_on,
        "remarks": record.remarks,
        "arms": [
            {"key": arm.key, "title": arm.title, "status": arm.status.value if arm.status else None}
            | {"criteria": dict(arm.criteria)}
            for arm in record.arms
        ],
    }


def version_document(version: TrialVersion) -> dict[str, Any]:
    """Return a stored version with the head of its trial as a document in the own format."""
    trial = version.trial
    return {
        "key": trial.key,
        "title": trial.title,
        "identifiers": [
            {"system": row.system, "value": row.value, "confirmed": row.is_confirmed} for row in trial.identifiers.all()
        ],
        "agents": list(version.agents),
        "sponsor": version.sponsor,
        "phase": version.phase,
        "countries": sorted({site.country_code for site in trial.sites.all()}),
        "countries_complete": version.countries_complete,
        **_sites([(site.country_code, site.name) for site in trial.sites.all() if site.name]),
        "status": trial.status,
        "status_note": trial.status_note,
        "status_as_of": trial.status_as_of,
        "status_source": trial.status_source,
        "verification": version.verification,
        "sources": list(version.sources),
        "last_checked_on": trial.last_checked_on,
        "remarks": version.remarks,
        "arms": [
            {"key": arm.key, "title": arm.title, "status": arm.status or None, "criteria": arm.criteria}
            for arm in version.arms.all()
        ],
    }


def _sites(places: list[tuple[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Return the sites as a document names them; one without sites says nothing of them."""
    return {"sites": [{"country": country, "name": name} for country, name in places]} if places else {}


def to_json(document: Mapping[str, Any]) -> str:
    """Return a document as JSON; days are written as "2026-11-22"."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=_day) + "\n"


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a trial document")


class _Plain(yaml.SafeDumper):
    """Writes repeated parts in full: the reader refuses references."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- the signature is PyYAML's
        return True


def to_yaml(document: Mapping[str, Any]) -> str:
    """Return a document as YAML, as the catalogue files are written."""
    text: str = yaml.dump(dict(document), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
    return text
