"""A random id for each request, on every audit entry and log line; refusals into the read log."""

import logging
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from iltb.core.errors import DomainError

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request being served, or "" outside of one."""
    return _request_id.get()


class RequestIdFilter(logging.Filter):
    """Gives each log line the id of its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add ``request_id``; never drops a line."""
        record.request_id = current_request_id() or "-"
        return True


class RequestIdMiddleware:
    """Names the request itself: an id sent from outside is ignored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the id for the time of the request and send it back."""
        token = _request_id.set(uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = current_request_id()
        finally:
            _request_id.reset(token)
        return response


class RefusalMiddleware:
    """Notes a refused deed after it has rolled back; must stand inside ``DomainErrorMiddleware``."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Write the refusal, let the next middleware answer it."""
        from iltb.audit.services import record_refusal  # noqa: PLC0415 -- models are not ready when settings load

        if isinstance(exception, DomainError) and exception.http_status in (403, 404, 409):
            view = request.resolver_match.view_name if request.resolver_match else ""
            record_refusal(view, actor=request.user, status=exception.http_status)
