"""What a coordinator can type from a report, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.completeness import Section
from cases.models import Case
from cases.queries.hub import TITLES, Task, section_url


@dataclass(frozen=True)
class TranscribePage:
    """The sections that can be typed from a report."""

    code: str
    tasks: Sequence[Task]
    back_url: str


def transcribe_page(case: Case, sections: Sequence[Section], *, back_url: str) -> TranscribePage:
    """The sections with what waits for the physician. One query."""
    typed = list(case.transcriptions.values_list("section", "confirmed_at"))
    return TranscribePage(
        code=case.code,
        tasks=[_task(case, section, [at for name, at in typed if name == section]) for section in sections],
        back_url=back_url,
    )


def _task(case: Case, section: Section, confirmed: Sequence[object]) -> Task:
    waiting = sum(at is None for at in confirmed)
    status, tone = _("Typed and confirmed") if confirmed else _("Nothing typed"), ""
    if waiting:
        tone = "warn"
        status = ngettext("%(count)s part waits for the physician", "%(count)s parts wait for the physician", waiting)
        status %= {"count": waiting}
    return Task(
        title=str(TITLES[section]),
        url=section_url(case.code, section),
        hint="",
        status=status,
        tone=tone,
        is_done=bool(confirmed) and not waiting,
    )
