"""All forms of one page, read, checked and saved together."""

from collections.abc import Iterator, Sequence

from cases.forms.base import DossierForm, FormGroup
from cases.forms.rows import RowForm, Rows
from iltb.core.errors import InvalidInput


class PageForms:
    """The single forms and the tables of a page, in its order."""

    def __init__(self, plain: Sequence[DossierForm], tables: Sequence[Rows]) -> None:
        """``plain`` are the single forms; what a service refuses without a field stands at the first of them."""
        self.plain, self.tables = list(plain), list(tables)

    @property
    def parts(self) -> list[DossierForm | Rows]:
        """Forms and tables together."""
        return [*self.plain, *self.tables]

    def is_valid(self) -> bool:
        """Check every form, so that all errors show at once."""
        return all([part.is_valid() for part in self.parts])  # noqa: C419 -- no short cut

    def table(self, prefix: str) -> Rows | None:
        """The rows of a prefix such as ``lines`` or ``lines-0-drugs``, None for one that does not exist."""
        return next((rows for rows in self._tables() if rows.prefix == prefix), None)

    def _tables(self) -> Iterator[Rows]:
        for rows in self.tables:
            yield rows
            for form in rows.forms:
                yield from form.tables.values()

    def as_typed(self) -> None:
        """Show what was typed without judging it."""
        for part in self.parts:
            part.as_typed()

    def fall_back(self) -> list[str]:
        """Keep what is stored wherever something cannot be saved; what was wrong, as sentences."""
        return [fault for part in self.parts for fault in part.fall_back()]

    @property
    def is_savable(self) -> bool:
        """Whether everything is there without which nothing can be stored."""
        return all(form.is_savable for form in self.plain)

    def has_news(self) -> bool:
        """Whether anything differs from what is stored; to be asked after ``is_valid``."""
        return any(part.has_news() for part in self.parts)

    def show_refusal(self, refusal: InvalidInput) -> None:
        """Show what a service refused, at its field where the page has one of that name."""
        for name, sentences in refusal.errors.items():
            form, field = self._place(name)
            for sentence in sentences:
                form.add_error(field, sentence)

    def _place(self, name: str) -> tuple[DossierForm, str | None]:
        """The form and field of a name such as ``weight_kg``, ``karyotype-iscn`` or ``lines-0-toxicities-1-grade``."""
        for form in self.plain:
            inner = name.removeprefix(f"{form.prefix}-") if form.prefix else name
            if inner in form.fields:
                return form, inner
        found = self._row(self.tables, name.split("-"))
        return found or (self.plain[0], None)

    def _row(self, tables: Sequence[Rows], path: list[str]) -> tuple[DossierForm, str | None] | None:
        if len(path) < 3 or not path[1].isdecimal():
            return None
        rows = next((rows for rows in tables if str(rows.prefix).rpartition("-")[2] == path[0]), None)
        forms: list[RowForm] = rows.filled_forms if rows else []
        if int(path[1]) >= len(forms):
            return None
        form, rest = forms[int(path[1])], path[2:]
        inner = self._row(list(form.tables.values()), rest)
        return inner or (form, rest[0] if rest[0] in form.fields else None)

    @property
    def group(self) -> FormGroup:
        """Everything that is wrong, for the error summary and the title."""
        rows = [pair for table in self.tables for pair in table.titled()]
        whole = [problem for table in self.tables for problem in table.problems()]
        return FormGroup([*(("", form) for form in self.plain), *rows], whole)
