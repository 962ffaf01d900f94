"""The steps of a FAIR verification one by one. Each value is the proof of its step."""

from __future__ import annotations

import ctypes
import os
from typing import BinaryIO, Dict, List, Optional, Sequence, Tuple, Union

from ._library import (
    NO_HANDLE,
    Handle,
    String,
    attempt,
    call,
    make,
    optional_string,
    reading,
    tell,
    uint64,
    views,
)
from .values import Limits, Pin, limits_or_default, pin_of


class Alias(Handle):
    """The domain that an identity claims."""

    _name = "alias"

    @property
    def domain(self) -> str:
        return self._str("domain")

    @property
    def record_name(self) -> str:
        return self._str("record_name")

    def confirm(self, records: Sequence[str]) -> None:
        """Compares the TXT records of `record_name` with the DID."""
        attempt("alias_confirm", self, *views(records))


class Identity(Handle):
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
            return cls(make("identity_verify", log, did, limits_or_default(limits)))
        memory = (pin or NO_HANDLE, uint64(now))
        return cls(make("identity_verify_remembering", log, did, *memory, limits_or_default(limits)))

    def release(self, metadata: "Metadata", version: Optional[str] = None) -> "Release":
        return Release(make("identity_release", self, metadata, *optional_string(version)))

    @property
    def pin(self) -> Optional[Pin]:
        return pin_of(self)

    @property
    def did(self) -> str:
        return self._str("did")

    @property
    def head(self) -> str:
        return self._str("head")

    @property
    def log_form(self) -> str:
        """`audit`, `bare` or `export`."""
        form: int = self._get("log_form", ctypes.c_int32)
        return ["audit", "bare", "export"][form - 1]

    @property
    def tombstoned(self) -> bool:
        is_tombstoned: bool = self._get("is_tombstoned", ctypes.c_bool)
        return is_tombstoned

    @property
    def operations(self) -> int:
        return self._count("operation")

    @property
    def history(self) -> List["Operation"]:
        """Every operation, in the order of the log."""
        return [Operation(pointer) for pointer in self._items("operation")]

    @property
    def state(self) -> Optional["State"]:
        """What the identity is now; None if it was deactivated."""
        return State.of(self)

    @property
    def nullified(self) -> List[str]:
        return self._strs("nullified")

    @property
    def repository(self) -> str:
        """The URL of the package repository."""
        return self._told("repository")

    @property
    def did_document(self) -> Optional[str]:
        """The DID document that follows from the log, as JSON; None for a deactivated identity."""
        return self._optional_str("did_document")

    @property
    def signature_checks(self) -> int:
        return self._uint("signature_checks")

    @property
    def warnings(self) -> List[Tuple[str, str]]:
        return self._warnings()

    def alias(self) -> Optional[Alias]:
        place = make("identity_alias", self)
        return Alias(place) if place.value else None

    def compare_document(self, url: str, served: bytes, limits: Optional[Limits] = None) -> Optional[str]:
        """How the DID document that a directory serves differs from the log; None where it does not. One with keys, services
        or aliases differs from a deactivated identity."""
        place = make("identity_compare_document", self, url, served, limits_or_default(limits))
        return String.take(place) if place.value else None


class Operation(Handle):
    """An operation of a verified log."""

    _name = "operation"

    @property
    def cid(self) -> str:
        return self._str("cid")

    @property
    def type(self) -> str:
        """`plc_operation`, `plc_tombstone` or `create`."""
        return self._str("type")

    @property
    def size(self) -> int:
        size: int = self._get("size", ctypes.c_size_t)
        return size

    @property
    def prev(self) -> Optional[int]:
        """The index of the operation that this one follows; None for the genesis."""
        return self._index("prev")

    @property
    def prev_cid(self) -> Optional[str]:
        return self._optional_str("prev_cid")

    @property
    def created_at(self) -> Optional[str]:
        """When the directory says that it accepted the operation; None in a bare log."""
        return self._optional_str("created_at")

    @property
    def first_seen(self) -> Optional[int]:
        """When this verifier first saw the operation; None without a memory."""
        return self._index("first_seen")

    @property
    def nullified_by(self) -> Optional[int]:
        """The index of the recovery that undid the operation; None for one in force."""
        return self._index("nullified_by")

    @property
    def signer(self) -> Optional[int]:
        """The index of the key that signed, among the rotation keys of the operation before."""
        return self._index("signer")

    @property
    def signer_key(self) -> str:
        return self._str("signer_key")

    @property
    def state(self) -> Optional["State"]:
        """What the identity was after the operation; None for a tombstone."""
        return State.of(self)


class State(Handle):
    """What an identity was after an operation."""

    _name = "state"

    @classmethod
    def of(cls, handle: Handle) -> Optional["State"]:
        pointer = handle._new("state")
        return None if pointer is None else cls(pointer)

    @property
    def rotation_keys(self) -> List[str]:
        return self._strs("rotation_key")

    @property
    def also_known_as(self) -> List[str]:
        return self._strs("also_known_as")

    @property
    def verification_methods(self) -> Dict[str, str]:
        return self._methods()

    @property
    def services(self) -> Dict[str, Dict[str, str]]:
        return self._services()


class WebDocument(Handle):
    """The DID document of a did:web, as its web server says."""

    _name = "web_document"

    @staticmethod
    def url(did: str) -> str:
        """The https URL that serves the document."""
        return String.take(make("web_document_url", did))

    @classmethod
    def parse(cls, json: bytes, did: str, now: int, limits: Optional[Limits] = None) -> "WebDocument":
        return cls(make("web_document_parse", json, did, uint64(now), limits_or_default(limits)))

    def release(self, metadata: "Metadata", version: Optional[str] = None) -> "Release":
        return Release(make("web_document_release", self, metadata, *optional_string(version)))

    @property
    def did(self) -> str:
        return self._str("did")

    @property
    def verification_methods(self) -> Dict[str, str]:
        return self._methods()

    @property
    def withdrawn(self) -> List[str]:
        return self._strs("withdrawn")

    @property
    def also_known_as(self) -> List[str]:
        return self._strs("also_known_as")

    @property
    def services(self) -> Dict[str, Dict[str, str]]:
        return self._services()

    @property
    def repository(self) -> str:
        """The URL of the package repository."""
        return self._told("repository")

    def alias(self) -> Optional[Alias]:
        place = make("web_document_alias", self)
        return Alias(place) if place.value else None


class Metadata(Handle):
    """A FAIR metadata document: a claim that nobody signs."""

    _name = "metadata"

    def __init__(self, json: bytes, limits: Optional[Limits] = None) -> None:
        super().__init__(make("metadata_parse", json, limits_or_default(limits)))

    @property
    def id(self) -> str:
        return self._str("id")

    @property
    def package_type(self) -> Optional[str]:
        return self._optional_str("package_type")

    @property
    def versions(self) -> List[str]:
        return self._strs("version")


class Release(Handle):
    """A release that a metadata document lists for an identity."""

    _name = "release"

    def verify(self, digests: "PackageDigests", artifact_url: Optional[str] = None) -> "Package":
        """Verifies the bytes; with a URL, as the artifact that was fetched from there and no other."""
        if artifact_url is None:
            return Package(make("release_verify", self, digests))
        return Package(make("release_verify_from", self, artifact_url, digests))

    def refuse_downgrade(self) -> None:
        attempt("release_refuse_downgrade", self)

    @property
    def version(self) -> str:
        return self._str("version")

    @property
    def package_type(self) -> str:
        return self._str("package_type")

    @property
    def repository(self) -> str:
        return self._str("repository")

    @property
    def artifacts(self) -> List["Artifact"]:
        """What can be fetched, and how."""
        return [Artifact(pointer) for pointer in self._items("artifact")]

    @property
    def warnings(self) -> List[Tuple[str, str]]:
        return self._warnings()


class Artifact(Handle):
    """An installable file of a release, as the metadata document describes it."""

    _name = "artifact"

    @property
    def url(self) -> str:
        return self._str("url")

    @property
    def content_type(self) -> Optional[str]:
        return self._optional_str("content_type")

    @property
    def checksum(self) -> Optional[str]:
        return self._optional_str("checksum")

    @property
    def is_release_asset(self) -> bool:
        return self._bool("is_release_asset")

    @property
    def requires_auth(self) -> bool:
        return self._bool("requires_auth")


class PackageDigests(Handle):
    """Size and digests of a package."""

    _name = "package_digests"

    @classmethod
    def from_file(cls, path: Union[str, "os.PathLike[str]"], limits: Optional[Limits] = None) -> "PackageDigests":
        return cls(make("package_digests_from_file", os.fsencode(path), limits_or_default(limits)))

    @classmethod
    def from_bytes(cls, package: bytes, limits: Optional[Limits] = None) -> "PackageDigests":
        return cls(make("package_digests_from_bytes", package, limits_or_default(limits)))

    @classmethod
    def from_reader(cls, package: BinaryIO, limits: Optional[Limits] = None) -> "PackageDigests":
        """Takes a package from a file that is open, or anything else that has `read`."""
        chosen = limits_or_default(limits)
        return cls(reading(package, lambda *reader: make("package_digests_from_reader", *reader, chosen)))

    @property
    def size(self) -> int:
        return self._uint("size")

    @property
    def sha256(self) -> str:
        return self._str("sha256")

    @property
    def sha384(self) -> str:
        return self._str("sha384")


class PackageHasher(Handle):
    """Takes a package's bytes in pieces."""

    _name = "package_hasher"

    def __init__(self, limits: Optional[Limits] = None) -> None:
        super().__init__(ctypes.c_void_p(call("package_hasher_new", ctypes.c_void_p, limits_or_default(limits))))

    def copy(self) -> "PackageHasher":
        """A second hasher that has taken the same bytes."""
        copy = PackageHasher.__new__(PackageHasher)
        copy.pointer = make("package_hasher_copy", self)
        return copy

    def update(self, piece: bytes) -> None:
        attempt("package_hasher_update", self, piece)

    def finish(self) -> PackageDigests:
        return PackageDigests(make("package_hasher_finish", self))


class Package(Handle):
    """A package whose bytes its publisher signed."""

    _name = "package"

    @property
    def version(self) -> str:
        return self._str("version")

    @property
    def package_type(self) -> str:
        return self._str("type")

    @property
    def artifact(self) -> str:
        return self._str("artifact")

    @property
    def repository(self) -> str:
        return self._str("repository")

    @property
    def key_id(self) -> str:
        return self._str("key_id")

    @property
    def key(self) -> str:
        return self._str("key")

    def key_fresh_until(self, now: int) -> Optional[int]:
        """Until when the key that signed can still be undone; None if it cannot at `now`."""
        until: int = tell("package_key_fresh_until", ctypes.c_uint64(), self, uint64(now)).value
        return until or None

    @property
    def algorithm(self) -> str:
        return self._str("algorithm")

    @property
    def size(self) -> int:
        return self._uint("size")

    @property
    def sha256(self) -> str:
        return self._str("sha256")

    @property
    def sha384(self) -> str:
        return self._str("sha384")

    @property
    def pin(self) -> Optional[Pin]:
        return pin_of(self)

    @property
    def warnings(self) -> List[Tuple[str, str]]:
        return self._warnings()


def compare_versions(a: str, b: str, limits: Optional[Limits] = None) -> int:
    """-1, 0 or 1 for `a` below, equal to or above `b` by precedence."""
    order: int = tell("version_compare", ctypes.c_int32(), a, b, limits_or_default(limits)).value
    return order


def version_number(version: str, limits: Optional[Limits] = None) -> str:
    """A version by its number and not by its spelling, as pins name it: `1`, `v1.0` and `1.0.0+build` are all `1.0.0`."""
    return String.take(make("version_number", version, limits_or_default(limits)))
