"""A letter as an HTTP answer, the same for page and API."""

from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from boards.models import Letter
from boards.services.advising import open_letter
from iltb.accounts.models import User
from iltb.core.errors import Conflict
from iltb.core.models import JobState

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def pdf_response(letter: Letter, *, actor: User) -> HttpResponse:
    """The stored PDF as an attachment named by the case code alone; the download is noted.

    Raises ``Conflict`` while the letter is still being made.
    """
    if letter.state != JobState.DONE:
        raise Conflict(_("The letter is still being made. Try again in a minute."))
    advice = letter.signed.advice
    name = f"{advice.review.case.code}-letter-{advice.number}.pdf"
    response = HttpResponse(open_letter(letter=letter, actor=actor), content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
