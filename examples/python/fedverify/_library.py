"""Calls into the C library: strings, handles and errors."""

from __future__ import annotations

import ctypes
import os
from typing import Any, BinaryIO, Callable, Dict, Iterator, List, Optional, Sequence, Tuple, Union

ABI_VERSION = 4
OK = 0


class Str(ctypes.Structure):
    """fedverify_str: a string that a handle lends."""

    _fields_ = [("data", ctypes.c_void_p), ("len", ctypes.c_size_t)]

    def copy(self) -> Optional[str]:
        return None if self.data is None else ctypes.string_at(self.data, self.len).decode("utf-8")


_library = ctypes.CDLL(os.environ.get("FEDVERIFY_LIBRARY", "libfedverify.so.0.1"))
_library.fedverify_abi_version.restype = ctypes.c_uint32
if _library.fedverify_abi_version() != ABI_VERSION:
    raise ImportError(f"expected fedverify with ABI {ABI_VERSION}, found {_library.fedverify_abi_version()}")


def call(name: str, result: Any, *arguments: Any) -> Any:
    """Calls a function. Bytes and strings become an address and a length, values of this package their handles."""
    converted: List[Any] = []
    for argument in arguments:
        if isinstance(argument, str):
            argument = argument.encode("utf-8")
        if isinstance(argument, (bytes, bytearray, memoryview)):
            argument = bytes(argument)
            converted += [ctypes.c_char_p(argument), ctypes.c_size_t(len(argument))]
        elif isinstance(argument, Handle):
            converted.append(argument.pointer)
        else:
            converted.append(argument)
    function = getattr(_library, "fedverify_" + name)
    function.restype = result
    return function(*converted)


def uint64(number: int) -> ctypes.c_uint64:
    """A number as C takes it. ctypes itself would cut one that does not fit."""
    if not 0 <= number < 1 << 64:
        raise OverflowError(f"expected a number from 0 to {(1 << 64) - 1}, found {number}")
    return ctypes.c_uint64(number)


# What is passed for a string that is not given, and for a handle that is not.
NO_STRING = (ctypes.c_char_p(None), ctypes.c_size_t(0))
NO_HANDLE = ctypes.c_void_p(None)


def optional_string(string: Optional[Union[str, bytes]]) -> Sequence[Any]:
    return NO_STRING if string is None else (string,)


def views(strings: Sequence[str]) -> Tuple[Any, ctypes.c_size_t]:
    """A list of strings and its length, as C takes it."""
    buffers = [ctypes.create_string_buffer(string.encode("utf-8")) for string in strings]
    array = (Str * len(buffers))(*[Str(ctypes.addressof(buffer), len(buffer) - 1) for buffer in buffers])
    array.buffers = buffers  # type: ignore[attr-defined]  # they live as long as the array
    return array, ctypes.c_size_t(len(buffers))


# fedverify_reader.
_Reader = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


def reading(file: BinaryIO, work: Callable[..., Any]) -> Any:
    """Calls `work` with a function that reads the file, and its context, as C takes them. What the file raises is raised."""
    raised: List[BaseException] = []

    def read(_: Optional[int], buffer: int, size: int) -> int:
        try:
            piece = memoryview(file.read(size)).tobytes()  # a TypeError for what is no bytes, such as text
            if len(piece) <= size:  # C refuses more than it asked for
                ctypes.memmove(buffer, piece, len(piece))
            return len(piece)
        except BaseException as error:  # nothing may be raised into C
            raised.append(error)
            return -1

    try:
        return work(_Reader(read), NO_HANDLE)
    finally:
        if raised:
            raise raised[0]


class Handle:
    """What a C function made, freed when it is no longer used."""

    _name = ""

    # What failed to be made has NULL, which may be freed too.
    pointer = ctypes.c_void_p(None)

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        self.pointer = pointer

    def __del__(self) -> None:
        call(f"{self._name}_free", None, self.pointer)

    def _get(self, what: str, result: Any, *arguments: Any) -> Any:
        return call(f"{self._name}_{what}", result, self, *arguments)

    def _optional_str(self, what: str, *index: int) -> Optional[str]:
        view: Str = self._get(what, Str, *map(ctypes.c_size_t, index))
        return view.copy()

    def _str(self, what: str, *index: int) -> str:
        return self._optional_str(what, *index) or ""

    def _count(self, what: str) -> int:
        count: int = self._get(f"{what}_count", ctypes.c_size_t)
        return count

    def _strs(self, what: str) -> List[str]:
        return [self._str(what, index) for index in range(self._count(what))]

    def _uint(self, what: str) -> int:
        number: int = self._get(what, ctypes.c_uint64)
        return number

    def _methods(self) -> Dict[str, str]:
        """Verification methods: the key of each id."""
        indexes = range(self._count("verification_method"))
        return {self._str("verification_method_id", i): self._str("verification_method_key", i) for i in indexes}

    def _services(self) -> Dict[str, Dict[str, str]]:
        indexes = range(self._count("service"))
        return {
            self._str("service_id", i): {"type": self._str("service_type", i), "endpoint": self._str("service_endpoint", i)}
            for i in indexes
        }

    def _warnings(self) -> List[Tuple[str, str]]:
        indexes = range(self._count("warning"))
        return [(self._str("warning_code", i), self._str("warning_message", i)) for i in indexes]

    def _new(self, what: str) -> Optional[ctypes.c_void_p]:
        """A new handle that this one gives, or None."""
        place = make(f"{self._name}_{what}", self)
        return place if place.value else None

    def _items(self, what: str) -> Iterator[ctypes.c_void_p]:
        """The new handles of the items of a list."""
        for index in range(self._count(what)):
            yield make(f"{self._name}_{what}", self, ctypes.c_size_t(index))

    def _index(self, what: str) -> Optional[int]:
        """A number that is -1 for none."""
        index: int = self._get(what, ctypes.c_int64)
        return None if index < 0 else index

    def _told(self, what: str) -> str:
        """A string that is refused where there is none."""
        return tell(f"{self._name}_{what}", Str(), self).copy() or ""

    def _bool(self, what: str) -> bool:
        flag: bool = self._get(what, ctypes.c_bool)
        return flag


def make(name: str, *arguments: Any) -> ctypes.c_void_p:
    """Calls a function that makes a handle."""
    place, error = ctypes.c_void_p(), ctypes.c_void_p()
    check(call(name, ctypes.c_int32, *arguments, ctypes.byref(place), ctypes.byref(error)), error)
    return place


def attempt(name: str, *arguments: Any) -> None:
    """Calls a function that either succeeds or not."""
    error = ctypes.c_void_p()
    check(call(name, ctypes.c_int32, *arguments, ctypes.byref(error)), error)


def tell(name: str, value: Any, *arguments: Any) -> Any:
    """Calls a function that puts a value into a place, and returns the place."""
    error = ctypes.c_void_p()
    check(call(name, ctypes.c_int32, *arguments, ctypes.byref(value), ctypes.byref(error)), error)
    return value


def check(status: int, error: ctypes.c_void_p) -> None:
    if status != OK:
        raise Refused(Error(error))


class Error(Handle):
    _name = "error"


class Refused(Exception):
    """Something was refused, or could not be judged. Either way it is not verified."""

    def __init__(self, error: Error) -> None:
        self.status: int = error._get("status", ctypes.c_int32)
        self.code: str = call("status_code", Str, self.status).copy() or ""
        self.remedy: str = call("status_remedy", Str, self.status).copy() or ""
        self.is_undetermined: bool = call("status_is_undetermined", ctypes.c_bool, self.status)
        operation: int = error._get("operation", ctypes.c_int64)
        self.operation: Optional[int] = None if operation < 0 else operation
        self.cid: Optional[str] = error._optional_str("cid")
        self.check: Optional[str] = error._optional_str("check")
        self.limit: Optional[str] = error._optional_str("limit")
        super().__init__(f"{error._str('message')} [{self.code}]")


class String(Handle):
    """A string that was made for the caller."""

    _name = "string"

    @classmethod
    def take(cls, pointer: ctypes.c_void_p) -> str:
        return cls(pointer)._str("view")
