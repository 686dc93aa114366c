"""Files that people send: what is too large is read off the wire and thrown away, never kept."""

from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_BYTES: Final = 20 * 1024 * 1024
_ROOM_FOR_THE_FORM: Final = 1024 * 1024


class RefuseLargeFiles(FileUploadHandler):
    """Stands first: skips every file of a request that is larger than ``MOST_BYTES`` in all."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Skip it, or let the next handler take it."""
        super().new_file(*args, **kwargs)
        if self.request is not None and was_too_large(self.request):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 -- Django's signature
        """Hand the data on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handlers make the file."""


def was_too_large(request: HttpRequest) -> bool:
    """Whether the files of this request were, or will be, skipped for its size."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + _ROOM_FOR_THE_FORM
