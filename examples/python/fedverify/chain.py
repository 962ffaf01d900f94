"""The steps of a FAIR verification one by one. Each value is the proof of its step."""

from __future__ import annotations

import ctypes
import os
from typing import Dict, List, Optional, Sequence, Tuple, Union

from ._library import NO_HANDLE, Handle, String, attempt, call, check, make, optional_string, uint64, views
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
    def history(self) -> List[Dict[str, object]]:
        """Every operation, as far as the library tells of it; the report's `history` tells the states too."""
        return [self._operation(index) for index in range(self.operations)]

    def _operation(self, index: int) -> Dict[str, object]:
        at = ctypes.c_size_t(index)
        prev: int = self._get("operation_prev", ctypes.c_int64, at)
        return {
            "cid": self._str("operation_cid", index),
            "prev": None if prev < 0 else self._str("operation_cid", prev),
            "type": self._str("operation_type", index),
            "createdAt": self._optional_str("operation_created_at", index),
            "nullified": self._get("operation_is_nullified", ctypes.c_bool, at),
            "signer": self._get("operation_signer", ctypes.c_int64, at),
            "key": self._optional_str("operation_signer_key", index),
        }

    @property
    def nullified(self) -> List[str]:
        return self._strs("nullified")

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

    @property
    def repository(self) -> Optional[str]:
        return self._optional_str("repository")

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
        """How the DID document that a directory serves differs from the log; None where it does not."""
        place = make("identity_compare_document", self, url, served, limits_or_default(limits))
        return String.take(place) if place.value else None


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
    def repository(self) -> Optional[str]:
        return self._optional_str("repository")

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
    def artifacts(self) -> List[Dict[str, object]]:
        """What can be fetched, and how."""
        return [self._artifact(index) for index in range(self._count("artifact"))]

    def _artifact(self, index: int) -> Dict[str, object]:
        at = ctypes.c_size_t(index)
        return {
            "url": self._str("artifact_url", index),
            "content_type": self._optional_str("artifact_content_type", index),
            "is_release_asset": self._get("artifact_is_release_asset", ctypes.c_bool, at),
            "requires_auth": self._get("artifact_requires_auth", ctypes.c_bool, at),
        }

    @property
    def warnings(self) -> List[Tuple[str, str]]:
        return self._warnings()


class PackageDigests(Handle):
    """Size and digests of a package."""

    _name = "package_digests"

    @classmethod
    def from_file(cls, path: Union[str, "os.PathLike[str]"], limits: Optional[Limits] = None) -> "PackageDigests":
        return cls(make("package_digests_from_file", os.fsencode(path), limits_or_default(limits)))

    @classmethod
    def from_bytes(cls, package: bytes, limits: Optional[Limits] = None) -> "PackageDigests":
        return cls(make("package_digests_from_bytes", package, limits_or_default(limits)))

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
        until: int = self._get("key_fresh_until", ctypes.c_uint64, uint64(now))
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
    order, error = ctypes.c_int32(), ctypes.c_void_p()
    places = (ctypes.byref(order), ctypes.byref(error))
    check(call("version_compare", ctypes.c_int32, a, b, limits_or_default(limits), *places), error)
    return order.value
