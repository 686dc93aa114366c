"""Addresses in logs: which kind of page was asked for, never which case, person or link."""

import logging
from typing import Final

from django.conf import settings
from django.urls import Resolver404, resolve

UNKNOWN: Final = "(unknown)"


def route_of(path: str) -> str:
    """The pattern of an address, e.g. "/cases/<str:code>/"; files by their folder, "(unknown)" for anything else."""
    if path.startswith(settings.STATIC_URL):
        return settings.STATIC_URL
    try:
        return f"/{resolve(path).route}"
    except Resolver404:
        return UNKNOWN


class RouteFilter(logging.Filter):
    """Puts the pattern in place of the address in what Django says about a request (refusals, errors)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; never drops one."""
        if hasattr(record, "request") and isinstance(record.args, tuple):
            record.args = tuple(_without_address(part) for part in record.args)
        return True


def _without_address(part: object) -> object:
    return route_of(part) if isinstance(part, str) and part.startswith("/") else part
