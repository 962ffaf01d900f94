"""Verifications of every kind: inputs by name in, a report out."""

from __future__ import annotations

import ctypes
import errno
import os
from typing import BinaryIO, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._library import Error, Handle, Refused, attempt, call, check, make, reading, uint64, views
from .chain import Alias, Identity, Release, WebDocument
from .values import Report

# An input: bytes or the path of a file, a string, a number, a flag, or a stream as path, bytes or open file.
Input = Union[bytes, str, int, bool, "os.PathLike[str]", BinaryIO]
Stream = Union[bytes, "os.PathLike[str]", BinaryIO]

# FEDVERIFY_TYPE_BYTES and those after it.
_TYPES = ("", "bytes", "string", "number", "flag", "stream")

# FEDVERIFY_IO_FILE_MISSING and those beside it.
_FILE_MISSING, _FILE_UNREADABLE, _MEMORY = 801, 802, 812

_PIECE = 1 << 16


def status_of(error: OSError) -> int:
    """The status that says why a file could not be read."""
    return {errno.ENOENT: _FILE_MISSING, errno.ENOMEM: _MEMORY}.get(error.errno or 0, _FILE_UNREADABLE)


class Request(Handle):
    """What to verify. `kind` and the names of inputs are those of `include/fedverify.h`."""

    _name = "request"

    def __init__(
        self, kind: str, inputs: Optional[Mapping[str, Input]] = None, limits: Optional[Mapping[str, int]] = None
    ) -> None:
        super().__init__(make("request_new", kind))
        self.streams: List[Tuple[str, Stream]] = []
        for name, limit in (limits or {}).items():
            attempt("request_set_limit", self, name, uint64(limit))
        for name, value in (inputs or {}).items():
            self.set(name, value)

    def input_type(self, name: str) -> str:
        """`bytes`, `string`, `number`, `flag` or `stream`; empty where the kind takes no such input."""
        return _TYPES[self._get("input_type", ctypes.c_int32, name)]

    def set(self, name: str, value: Input) -> None:
        """Sets an input by its name. The library says what is wrong with a name that there is not."""
        input_type = self.input_type(name)
        if input_type == "stream" and not isinstance(value, (str, int)):
            attempt("request_set_flag", self, name, ctypes.c_bool(True))
            self.streams.append((name, value))
        elif input_type == "bytes" and isinstance(value, os.PathLike):
            attempt("request_set_file", self, name, os.fsencode(value))
        elif isinstance(value, bool):
            attempt("request_set_flag", self, name, ctypes.c_bool(value))
        elif isinstance(value, int):
            attempt("request_set_number", self, name, uint64(value))
        elif isinstance(value, str) and input_type != "bytes":
            attempt("request_set_string", self, name, value)
        elif isinstance(value, (bytes, str)):
            attempt("request_set_bytes", self, name, value)
        else:
            raise TypeError(f"{name} cannot be {type(value).__name__}")

    def set_unreadable(self, name: str, why: int, message: str) -> None:
        """Says that an input could not be read: the verification reports it at the step that wants the input."""
        attempt("request_set_unreadable", self, name, ctypes.c_int32(why), message)

    def refuse(self, message: str) -> None:
        """Says that the request cannot be used, and why: then that is what its report tells."""
        attempt("request_refuse", self, message)


class Verification(Handle):
    """A verification between its start and its report."""

    _name = "verification"

    def __init__(self, request: Request) -> None:
        super().__init__(make("verification_start", request))

    @property
    def is_decided(self) -> bool:
        is_decided: bool = self._get("is_decided", ctypes.c_bool)
        return is_decided

    @property
    def identity(self) -> Optional[Identity]:
        pointer = self._new("identity")
        return None if pointer is None else Identity(pointer)

    @property
    def web_document(self) -> Optional[WebDocument]:
        pointer = self._new("web_document")
        return None if pointer is None else WebDocument(pointer)

    @property
    def release(self) -> Optional[Release]:
        """The release, whose artifacts say what to fetch."""
        pointer = self._new("release")
        return None if pointer is None else Release(pointer)

    @property
    def wants_metadata_from(self) -> Optional[str]:
        """The URL to fetch the metadata document from, where the request had none."""
        return self._optional_str("wants_metadata_from")

    def give_metadata(self, json: bytes) -> None:
        attempt("verification_give_metadata", self, json)

    def metadata_unreadable(self, why: int, message: str) -> None:
        attempt("verification_metadata_unreadable", self, ctypes.c_int32(why), message)

    def alias(self) -> Optional[Alias]:
        """The domain alias that the identity claims."""
        place = make("verification_alias", self)
        return Alias(place) if place.value else None

    def give_txt(self, records: Sequence[str]) -> None:
        """Compares TXT records with the claimed alias."""
        attempt("verification_give_txt", self, *views(records))

    def txt_unreadable(self, message: str) -> None:
        attempt("verification_txt_unreadable", self, message)

    def compare_document(self, url: str, served: bytes) -> None:
        """Compares the DID document that a directory serves with the log; a difference is a warning."""
        attempt("verification_compare_document", self, url, served)

    def fetch_from(self, url: str) -> None:
        """Says which URL the package is fetched from: then only that artifact counts."""
        attempt("verification_fetch_from", self, url)

    def restart(self) -> None:
        """Forgets the bytes that were taken so far, for a download that starts again."""
        attempt("verification_restart", self)

    def update(self, piece: bytes) -> None:
        """Takes the next bytes of the package or the archive."""
        attempt("verification_update", self, piece)

    def read_file(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Reads the package or the archive from a file."""
        attempt("verification_read_file", self, os.fsencode(path))

    def read_from(self, stream: BinaryIO) -> None:
        """Reads the package or the archive from a file that is open, or anything else that has `read`."""
        reading(stream, lambda *reader: attempt("verification_read", self, *reader))

    def fail(self, why: int, message: str) -> None:
        """Says that the package or the archive could not be read."""
        attempt("verification_fail", self, ctypes.c_int32(why), message)

    def read(self, stream: Stream) -> None:
        """Reads the package or the archive, whatever it is in. Nothing is read where the verdict is known already. That it comes
        before its time is in the report."""
        if self.is_decided:
            return
        try:
            self._read(stream)
        except Refused:
            if not self.is_decided:
                raise

    def _read(self, stream: Stream) -> None:
        if isinstance(stream, os.PathLike):
            self.read_file(stream)
        elif isinstance(stream, bytes):
            self.update(stream)
        else:
            self._read_pieces(stream)

    def _read_pieces(self, stream: BinaryIO) -> None:
        try:
            piece = stream.read(_PIECE)
            while piece and not self.is_decided:
                self.update(piece)
                piece = stream.read(_PIECE)
        except OSError as error:
            self.fail(status_of(error), str(error))

    def finish(self) -> Report:
        """The report, whatever the verdict."""
        place, error = ctypes.c_void_p(), ctypes.c_void_p()
        status = call("verification_finish", ctypes.c_int32, self, ctypes.byref(place), ctypes.byref(error))
        if not place.value:
            # The call was wrong. A refusal is in the report.
            check(status, error)
        Error(error)
        return Report(place)


def verify(kind: str, inputs: Mapping[str, Input], limits: Optional[Dict[str, int]] = None) -> Report:
    """Verifies anything. A wrong name or type of an input raises `Refused` with the code `api.argument`; everything else is
    in the report."""
    request = Request(kind, inputs, limits)
    verification = Verification(request)
    for _, stream in request.streams:
        verification.read(stream)
    return verification.finish()
