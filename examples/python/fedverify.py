"""fedverify for Python, over its C library by way of ctypes. Needs nothing but the standard library.

    identity = fedverify.Identity.verify(log_bytes, "did:plc:…")
    release = identity.release(fedverify.Metadata(metadata_bytes))
    package = release.verify(fedverify.PackageDigests.of_file("plugin.zip"))
    print(package.key_id)

Whatever is not verified raises `Refused`, which carries the code. Values are proofs: there is no way to get a `Package`
but to verify one. The library is looked for by the name of its ABI; `FEDVERIFY_LIBRARY` names another file.
"""

from __future__ import annotations

import ctypes
import os
from typing import Any, List, Optional, Sequence, Tuple, Union

ABI_VERSION = 1
OK = 0

KIND_PLC_LOG = 1
KIND_FAIR_METADATA = 2
KIND_FAIR_PACKAGE = 3
KIND_PFN_PLUGIN = 4
KIND_PFN_CHALLENGE = 5
KIND_KEY = 6


class _Str(ctypes.Structure):
    """fedverify_str: a text that a handle lends."""

    _fields_ = [("data", ctypes.c_void_p), ("len", ctypes.c_size_t)]

    def copy(self) -> Optional[str]:
        return None if self.data is None else ctypes.string_at(self.data, self.len).decode("utf-8")


_library = ctypes.CDLL(os.environ.get("FEDVERIFY_LIBRARY", "libfedverify.so.0.1"))
_library.fedverify_abi_version.restype = ctypes.c_uint32
if _library.fedverify_abi_version() != ABI_VERSION:
    raise ImportError(f"expected fedverify with ABI {ABI_VERSION}, found {_library.fedverify_abi_version()}")


def _function(name: str, result: Any) -> Any:
    function = getattr(_library, "fedverify_" + name)
    function.restype = result
    return function


def _call(name: str, result: Any, *arguments: Any) -> Any:
    """Calls a function. Bytes and texts become an address and a length, values of this module their handles."""
    converted: List[Any] = []
    for argument in arguments:
        if isinstance(argument, str):
            argument = argument.encode("utf-8")
        if isinstance(argument, (bytes, bytearray, memoryview)):
            argument = bytes(argument)
            converted += [ctypes.c_char_p(argument), ctypes.c_size_t(len(argument))]
        elif isinstance(argument, _Handle):
            converted.append(argument.pointer)
        else:
            converted.append(argument)
    return _function(name, result)(*converted)


# What stands for a text that is not given, and for a handle that is not.
_NO_TEXT = (ctypes.c_char_p(None), ctypes.c_size_t(0))
_NO_HANDLE = ctypes.c_void_p(None)


def _optional_text(text: Optional[Union[str, bytes]]) -> Sequence[Any]:
    return _NO_TEXT if text is None else (text,)


class _Handle:
    """What a C function made, given back when nobody uses it any more."""

    _name = ""

    # What failed to be made has NULL, which may be given back too.
    pointer = ctypes.c_void_p(None)

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        self.pointer = pointer

    def __del__(self) -> None:
        _call(f"{self._name}_free", None, self.pointer)

    def _text(self, what: str, *index: int) -> Optional[str]:
        view: _Str = _call(f"{self._name}_{what}", _Str, self, *map(ctypes.c_size_t, index))
        return view.copy()

    def _sure_text(self, what: str, *index: int) -> str:
        return self._text(what, *index) or ""

    def _texts(self, what: str) -> List[str]:
        count: int = _call(f"{self._name}_{what}_count", ctypes.c_size_t, self)
        return [self._sure_text(what, index) for index in range(count)]

    def _report(self) -> "Report":
        return Report(_make(f"{self._name}_report", self))


def _make(name: str, *arguments: Any) -> ctypes.c_void_p:
    """Calls a function that makes a handle."""
    place, error = ctypes.c_void_p(), ctypes.c_void_p()
    _raise(_call(name, ctypes.c_int32, *arguments, ctypes.byref(place), ctypes.byref(error)), error)
    return place


def _attempt(name: str, *arguments: Any) -> None:
    """Calls a function that either succeeds or not."""
    error = ctypes.c_void_p()
    _raise(_call(name, ctypes.c_int32, *arguments, ctypes.byref(error)), error)


def _raise(status: int, error: ctypes.c_void_p) -> None:
    if status != OK:
        raise Refused(_Error(error))


class _Error(_Handle):
    _name = "error"


class Refused(Exception):
    """Something was refused, or could not be judged. Either way it is not verified."""

    def __init__(self, error: _Error) -> None:
        self._error = error
        self.status: int = _call("error_status", ctypes.c_int32, error)
        self.code: str = _call("status_code", _Str, self.status).copy() or ""
        self.remedy: str = _call("status_remedy", _Str, self.status).copy() or ""
        self.is_undetermined: bool = _call("status_is_undetermined", ctypes.c_bool, self.status)
        operation: int = _call("error_operation", ctypes.c_int64, error)
        self.operation: Optional[int] = None if operation < 0 else operation
        self.cid: Optional[str] = error._text("cid")
        self.check: Optional[str] = error._text("check")
        super().__init__(f"{error._text('message')} [{self.code}]")

    def report(
        self, kind: int, identity: Optional["Identity"] = None, release: Optional["Release"] = None
    ) -> "Report":
        """The report on the refusal, with what was proven before it."""
        proven = (identity or _NO_HANDLE, release or _NO_HANDLE)
        return Report(_make("report_refused", ctypes.c_int32(kind), self._error, *proven))


class Limits(_Handle):
    """How much input may cost: `Limits(packageBytes=1 << 30)`. What is not named has its default."""

    _name = "limits"

    def __init__(self, **limits: int) -> None:
        super().__init__(ctypes.c_void_p(_call("limits_new", ctypes.c_void_p)))
        for name, value in limits.items():
            _attempt("limits_set", self, name, ctypes.c_uint64(value))

    def __getitem__(self, name: str) -> int:
        value: int = _call("limits_get", ctypes.c_uint64, self, name)
        return value


def _limits(limits: Optional[Limits]) -> Any:
    return limits or _NO_HANDLE


class Report(_Handle):
    """The account of a verification, as `schema/report.v1.json` describes it."""

    _name = "report"

    @property
    def json(self) -> str:
        return self._sure_text("json")

    @property
    def warnings(self) -> List[Tuple[str, str]]:
        """Code and message of every warning."""
        count: int = _call("report_warning_count", ctypes.c_size_t, self)
        return [
            (self._sure_text("warning_code", index), self._sure_text("warning_message", index))
            for index in range(count)
        ]


class Pin(_Handle):
    """What to remember of an identity: keep `json`, and hand it to the next `Identity.verify`."""

    _name = "pin"

    @classmethod
    def parse(cls, json: bytes, limits: Optional[Limits] = None) -> "Pin":
        return cls(_make("pin_parse", json, _limits(limits)))

    @property
    def json(self) -> str:
        return self._sure_text("json")

    @property
    def did(self) -> str:
        return self._sure_text("did")

    @property
    def head(self) -> str:
        return self._sure_text("head")


def _pin_of(handle: _Handle) -> Optional[Pin]:
    pointer = _call(f"{handle._name}_pin", ctypes.c_void_p, handle)
    return None if pointer is None else Pin(ctypes.c_void_p(pointer))


class Identity(_Handle):
    """An identity whose whole log was verified."""

    _name = "identity"

    @classmethod
    def verify(
        cls,
        log: bytes,
        did: str,
        *,
        now: Optional[int] = None,
        pin: Optional[Pin] = None,
        limits: Optional[Limits] = None,
    ) -> "Identity":
        """Verifies a log. With `now`, this machine's clock in seconds since 1970, it also remembers: `pin` is what was kept
        before, and `identity.pin` what to keep next."""
        if now is None and pin is not None:
            raise ValueError("expected a time with the pin")
        if now is None:
            return cls(_make("identity_verify", log, did, _limits(limits)))
        memory = (pin or _NO_HANDLE, ctypes.c_uint64(now))
        return cls(_make("identity_verify_remembering", log, did, *memory, _limits(limits)))

    def release(self, metadata: "Metadata", version: Optional[str] = None) -> "Release":
        return Release(_make("identity_release", self, metadata, *_optional_text(version)))

    @property
    def pin(self) -> Optional[Pin]:
        return _pin_of(self)

    @property
    def report(self) -> Report:
        return self._report()

    @property
    def did(self) -> str:
        return self._sure_text("did")

    @property
    def head(self) -> str:
        return self._sure_text("head")

    @property
    def tombstoned(self) -> bool:
        is_tombstoned: bool = _call("identity_is_tombstoned", ctypes.c_bool, self)
        return is_tombstoned

    @property
    def operations(self) -> int:
        count: int = _call("identity_operation_count", ctypes.c_size_t, self)
        return count

    @property
    def nullified(self) -> List[str]:
        return self._texts("nullified")

    @property
    def rotation_keys(self) -> List[str]:
        return self._texts("rotation_key")

    @property
    def also_known_as(self) -> List[str]:
        return self._texts("also_known_as")

    @property
    def verification_methods(self) -> "dict[str, str]":
        count: int = _call("identity_verification_method_count", ctypes.c_size_t, self)
        return {
            self._sure_text("verification_method_id", index): self._sure_text("verification_method_key", index)
            for index in range(count)
        }

    @property
    def services(self) -> "dict[str, dict[str, str]]":
        count: int = _call("identity_service_count", ctypes.c_size_t, self)
        return {
            self._sure_text("service_id", index): {
                "type": self._sure_text("service_type", index),
                "endpoint": self._sure_text("service_endpoint", index),
            }
            for index in range(count)
        }

    @property
    def repository(self) -> Optional[str]:
        return self._text("repository")

    @property
    def did_document(self) -> Optional[str]:
        """The DID document that follows from the log, as JSON; None for a deactivated identity."""
        return self._text("did_document")

    @property
    def signature_checks(self) -> int:
        count: int = _call("identity_signature_checks", ctypes.c_uint64, self)
        return count

    def alias(self) -> Optional["Alias"]:
        place = _make("identity_alias", self)
        return Alias(place) if place.value else None


class Alias(_Handle):
    """The domain that an identity claims."""

    _name = "alias"

    @property
    def domain(self) -> str:
        return self._sure_text("domain")

    @property
    def record_name(self) -> str:
        return self._sure_text("record_name")

    def confirm(self, records: Sequence[str]) -> None:
        """Compares the TXT records of `record_name` with the DID."""
        texts = [ctypes.create_string_buffer(record.encode("utf-8")) for record in records]
        views = (_Str * len(texts))(*[_Str(ctypes.addressof(text), len(text) - 1) for text in texts])
        _attempt("alias_confirm", self, views, ctypes.c_size_t(len(texts)))


class WebIdentity(_Handle):
    """An identity as the web server of its did:web describes it."""

    _name = "web_identity"

    @classmethod
    def parse(cls, document: bytes, did: str, limits: Optional[Limits] = None) -> "WebIdentity":
        return cls(_make("web_identity_parse", document, did, _limits(limits)))

    def release(self, metadata: "Metadata", version: Optional[str] = None) -> "Release":
        return Release(_make("web_identity_release", self, metadata, *_optional_text(version)))


class Metadata(_Handle):
    """A FAIR metadata document: a claim that nobody signs."""

    _name = "metadata"

    def __init__(self, json: bytes, limits: Optional[Limits] = None) -> None:
        super().__init__(_make("metadata_parse", json, _limits(limits)))

    @property
    def id(self) -> str:
        return self._sure_text("id")

    @property
    def versions(self) -> List[str]:
        return self._texts("version")


class Release(_Handle):
    """A release that belongs to a verified identity."""

    _name = "release"

    def verify(self, digests: "PackageDigests", artifact_url: Optional[str] = None) -> "Package":
        """Verifies the bytes; with an address, as the artifact that was fetched from there and no other."""
        if artifact_url is None:
            return Package(_make("release_verify", self, digests))
        return Package(_make("release_verify_from", self, artifact_url, digests))

    def refuse_downgrade(self) -> None:
        _attempt("release_refuse_downgrade", self)

    @property
    def version(self) -> str:
        return self._sure_text("version")

    @property
    def package_type(self) -> str:
        return self._sure_text("package_type")

    @property
    def artifact_urls(self) -> List[str]:
        count: int = _call("release_artifact_count", ctypes.c_size_t, self)
        return [self._sure_text("artifact_url", index) for index in range(count)]

    @property
    def report(self) -> Report:
        return self._report()


class PackageDigests(_Handle):
    """Size and digests of a package."""

    _name = "package_digests"

    @classmethod
    def of_file(cls, path: Union[str, "os.PathLike[str]"], limits: Optional[Limits] = None) -> "PackageDigests":
        return cls(_make("package_digests_of_file", os.fsencode(path), _limits(limits)))

    @classmethod
    def of_bytes(cls, package: bytes, limits: Optional[Limits] = None) -> "PackageDigests":
        return cls(_make("package_digests_of_bytes", package, _limits(limits)))

    @property
    def size(self) -> int:
        size: int = _call("package_digests_size", ctypes.c_uint64, self)
        return size

    @property
    def sha256(self) -> str:
        return self._sure_text("sha256")

    @property
    def sha384(self) -> str:
        return self._sure_text("sha384")


class PackageHasher(_Handle):
    """Takes a package's bytes in pieces."""

    _name = "package_hasher"

    def __init__(self, limits: Optional[Limits] = None) -> None:
        super().__init__(ctypes.c_void_p(_call("package_hasher_new", ctypes.c_void_p, _limits(limits))))

    def update(self, piece: bytes) -> None:
        _attempt("package_hasher_update", self, piece)

    def finish(self) -> PackageDigests:
        return PackageDigests(_make("package_hasher_finish", self))


class Package(_Handle):
    """A package whose bytes its publisher signed."""

    _name = "package"

    @property
    def version(self) -> str:
        return self._sure_text("version")

    @property
    def artifact(self) -> str:
        return self._sure_text("artifact")

    @property
    def repository(self) -> str:
        return self._sure_text("repository")

    @property
    def key_id(self) -> str:
        return self._sure_text("key_id")

    @property
    def key(self) -> str:
        return self._sure_text("key")

    @property
    def algorithm(self) -> str:
        return self._sure_text("algorithm")

    @property
    def size(self) -> int:
        size: int = _call("package_size", ctypes.c_uint64, self)
        return size

    @property
    def sha256(self) -> str:
        return self._sure_text("sha256")

    @property
    def sha384(self) -> str:
        return self._sure_text("sha384")

    @property
    def pin(self) -> Optional[Pin]:
        return _pin_of(self)

    @property
    def report(self) -> Report:
        return self._report()
