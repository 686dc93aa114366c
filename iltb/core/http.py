"""From a service's refusal to what the browser shows."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.defaults import page_not_found
from rest_framework.response import Response
from rest_framework.views import exception_handler

from iltb.core.errors import DomainError, InvalidInput, NotFound

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_NEVER_ECHOED = ("csrfmiddlewaretoken", "password")


def is_fragment_request(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of a page and not for a page."""
    return bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]


def render_fragment(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """The fragment alone for htmx, the same fragment inside a page for a plain request."""
    if is_fragment_request(request):
        return render(request, template, dict(context), status=status)
    return render(request, "fragment_page.html", {**context, "fragment": template}, status=status)


class DomainErrorMiddleware:
    """Turns a refusal into its status and one sentence; what the user had typed is shown, never lost."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a ``DomainError``; leave everything else to Django."""
        if not isinstance(exception, DomainError):
            return None
        if isinstance(exception, NotFound):
            return page_not_found(request, exception)
        status = exception.http_status
        if is_fragment_request(request):
            response = render(request, "components/_refusal.html", {"message": exception.message}, status=status)
            response["HX-Retarget"], response["HX-Reswap"] = "#notices", "innerHTML"
            return response
        context = {"message": exception.message, "status": status, "typed": _typed(request)}
        return render(request, "refused.html", context, status=status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(_NEVER_ECHOED)
        for value in values
        if " " in value
    ]


class SecurityHeadersMiddleware:
    """Headers that Django does not set: no caching of pages with content, no browser features."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers to every answer but static files, which carry their own."""
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store")
            response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response


def api_exception_handler(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The same refusals for the API, as JSON with one sentence and the fields at fault."""
    if isinstance(exception, DomainError):
        body: dict[str, Any] = {"detail": exception.message or "Not found."}
        if isinstance(exception, InvalidInput):
            body["errors"] = exception.errors
        return Response(body, status=exception.http_status)
    return exception_handler(exception, dict(context))
