"""Trees of frozen dataclasses to plain JSON values and back, exactly."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """Mappings, lists, texts, whole numbers, truth values and null. Nothing else is allowed."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    message = f"{type(value).__name__} has no place in a frozen tree"
    raise TypeError(message)


def from_plain(kind: type[T], value: object, at: str = "$") -> T:
    """Build ``kind`` from plain values; raises ``ValueError`` naming the place of whatever does not fit exactly."""
    built: T = _build(kind, value, at)
    return built


def _build(kind: Any, value: object, at: str) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        return _build_dataclass(kind, value, at)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{at} is not a list")
        return tuple(_build(get_args(kind)[0], item, f"{at}[{index}]") for index, item in enumerate(value))
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (option for option in get_args(kind) if option is not NoneType)
        return None if value is None else _build(inner, value, at)
    if type(value) is not kind:
        raise ValueError(f"{at} is not of type {kind.__name__}")
    return value


def _build_dataclass(kind: type[Any], value: object, at: str) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"{at} is not a mapping")  # noqa: TRY004 -- one kind of error for every misfit
    hints = _hints(cast("Hashable", kind))
    for name in sorted(set(hints) ^ set(value)):
        raise ValueError(f"{at}.{name} is {'missing' if name in hints else 'unknown'}")
    return kind(**{name: _build(hint, value[name], f"{at}.{name}") for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
