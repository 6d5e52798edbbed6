"""A file that is only looked at: its hash is taken while it comes in, and nothing of it is kept anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.http.response import HttpResponseBase

MOST_BYTES = 20 * 1024 * 1024


class HashedFile(UploadedFile):
    """What is left of a file: how long it was, and its SHA-256."""

    sha256: str = ""


class Hashing(FileUploadHandler):
    """Counts and hashes; stops where a file is longer than `MOST_BYTES`."""

    too_large = False

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._hash = hashlib.sha256()
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > MOST_BYTES:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> HashedFile:
        seen = HashedFile(name=self.file_name, size=file_size)
        seen.sha256 = self._hash.hexdigest()
        return seen


def hashing(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Files of this view come in as `HashedFile`. Stands outside of whatever reads the form, as its check does."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        request.upload_handlers = [Hashing(request)]
        return view(request, *args, **parts)

    return looked_at


def was_too_large(request: HttpRequest) -> bool:
    return any(isinstance(one, Hashing) and one.too_large for one in request.upload_handlers)
