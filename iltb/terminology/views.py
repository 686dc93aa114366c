"""The list under a typeahead."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from iltb.terminology.models import System
from iltb.terminology.search import LONGEST_TEXT, search


@login_required
@require_safe
def options(request: HttpRequest, system: str = "") -> HttpResponse:
    """The options for ``?q=``, best first; none for an empty text.

    The vocabulary stands in the path, or in ``?system=`` for a widget that knows a fixed address only. 404 for a
    vocabulary that does not exist.
    """
    system = system or request.GET.get("system", "")
    if system not in System.values:
        raise Http404
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    # A page may hold two lists of one vocabulary, and no two options of a page may share an id.
    context = {"options": search(system, text), "text": text, "list_id": f"options-{uuid4().hex[:8]}"}
    # Without the request, since the page's frame is not drawn at each key stroke.
    return HttpResponse(render_to_string("terminology/_options.html", context))
