"""A random id for each request; refusals into the read log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from iltb.audit.request_id import new_request_id
from iltb.audit.services import record_refusal
from iltb.core.errors import DomainError

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestIdMiddleware:
    """Names the request itself: an id sent from outside is ignored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the id for the time of the request and send it back."""
        with new_request_id() as request_id:
            request.iltb_request_id = request_id  # type: ignore[attr-defined]
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
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
        if isinstance(exception, DomainError) and exception.http_status in (403, 404, 409):
            view = request.resolver_match.view_name if request.resolver_match else ""
            record_refusal(view, actor=request.user, status=exception.http_status)
