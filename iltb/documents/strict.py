"""Templates in which every variable must exist: a gap in a signed document is an error, never an empty place."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString

from iltb.documents.errors import UndefinedVariable

if TYPE_CHECKING:
    from pathlib import Path


def render_strictly(template: str, context: Mapping[str, Any], *, clean: Callable[[str], str] = str) -> str:
    """Fill ``template`` from ``context`` alone: mappings, sequences, numbers and texts.

    Every text passes ``clean`` and is escaped, but for SVG of our own that comes as ``SafeString``. Raises
    ``UndefinedVariable`` with all names that were asked for in vain, also inside ``{% if %}`` and ``{% for %}``, where
    Django itself would say nothing.
    """
    missed: list[str] = []
    values = _strict({str(name): value for name, value in context.items()}, clean, missed)
    text = ""
    try:
        text = (
            _engine(tuple(map(str, cast("list[Path]", settings.TEMPLATES[0]["DIRS"]))))
            .get_template(template)
            .render(_StrictContext(values, missed))
        )
    except UndefinedVariable as error:
        missed.append(str(error))
    if missed:
        message = f"{template} asks for what is not there: {', '.join(sorted(set(missed)))}"
        raise UndefinedVariable(message)
    return text


@cache
def _engine(folders: tuple[str, ...]) -> Engine:
    return Engine(dirs=list(folders), string_if_invalid=_Invalid())


class _Invalid(str):
    """Django puts this where a lookup failed; asking it for its text is the failure."""

    __slots__ = ()

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise UndefinedVariable(str(name))

    def __bool__(self) -> bool:
        return True


class _Strict(dict[str, Any]):
    """A mapping that remembers what it was asked for in vain."""

    def __init__(self, values: Mapping[str, Any], missed: list[str]) -> None:
        super().__init__(values)
        self._missed = missed

    def __missing__(self, name: str) -> object:
        self._missed.append(name)
        raise UndefinedVariable(name)


class _StrictContext(Context):
    """The outermost names, as strict as the inner ones."""

    def __init__(self, values: Mapping[str, Any], missed: list[str]) -> None:
        super().__init__(dict(values))
        self._missed = missed

    def __getitem__(self, name: Any) -> Any:
        try:
            return super().__getitem__(name)
        except KeyError:
            self._missed.append(str(name))
            raise UndefinedVariable(str(name)) from None


def _strict(value: object, clean: Callable[[str], str], missed: list[str]) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, SafeString):
        return SafeString(clean(value))
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return _Strict({str(name): _strict(item, clean, missed) for name, item in value.items()}, missed)
    if isinstance(value, list | tuple):
        return [_strict(item, clean, missed) for item in value]
    message = f"a document is filled from texts, numbers, lists and mappings, not from {type(value).__name__}"
    raise TypeError(message)
