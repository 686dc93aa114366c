"""The random id of the request being served, on every audit entry and log line."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request being served, or "" outside of one."""
    return _request_id.get()


class RequestIdFilter(logging.Filter):
    """Gives each log line the id of its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add ``request_id``; never drops a line."""
        answered = getattr(getattr(record, "request", None), "iltb_request_id", "")  # Django speaks of it afterwards
        record.request_id = current_request_id() or answered or "-"
        return True


@contextmanager
def new_request_id() -> Iterator[str]:
    """Name the work being done; an id sent from outside is never taken over."""
    token = _request_id.set(uuid.uuid4().hex)
    try:
        yield current_request_id()
    finally:
        _request_id.reset(token)
