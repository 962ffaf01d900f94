"""The Plugin Federation Network step by step, and public keys."""

from __future__ import annotations

import ctypes
import os
from typing import BinaryIO, List, Optional, Tuple, Union

from ._library import Handle, String, attempt, make, optional_string, reading
from .values import Limits, limits_or_default


class PublisherKey(Handle):
    """The Ed25519 key of a publisher, which you trust already."""

    _name = "pfn_key"

    @classmethod
    def parse(cls, string: bytes, limits: Optional[Limits] = None) -> "PublisherKey":
        return cls(make("pfn_key_parse", string, limits_or_default(limits)))

    @property
    def did_key(self) -> str:
        return self._str("did_key")

    def check_archive_signature(self, sha384: str, signature: str) -> None:
        """Checks that this key signed a SHA-384 digest, in hexadecimal, as that of an archive. It says nothing about bytes until
        they are found to have that digest."""
        attempt("pfn_archive_check_signature", self, sha384, signature)


class Archive(Handle):
    """What a plugin's ZIP says of itself."""

    _name = "pfn_archive"

    @classmethod
    def from_file(cls, path: Union[str, "os.PathLike[str]"], limits: Optional[Limits] = None) -> "Archive":
        return cls(make("pfn_archive_from_file", os.fsencode(path), limits_or_default(limits)))

    @classmethod
    def from_bytes(cls, zip_bytes: bytes, limits: Optional[Limits] = None) -> "Archive":
        return cls(make("pfn_archive_from_bytes", zip_bytes, limits_or_default(limits)))

    @classmethod
    def from_reader(cls, archive: BinaryIO, limits: Optional[Limits] = None) -> "Archive":
        """Reads a ZIP from a file that is open, or anything else that has `read`."""
        chosen = limits_or_default(limits)
        return cls(reading(archive, lambda *reader: make("pfn_archive_from_reader", *reader, chosen)))


class Plugin(Handle):
    """Four strings that a publisher's key signed. Nothing else of the plugin is proven."""

    _name = "pfn_plugin"

    @classmethod
    def verify(
        cls, record: bytes, key: PublisherKey, signature: Optional[str] = None, limits: Optional[Limits] = None
    ) -> "Plugin":
        return cls(make("pfn_plugin_verify", record, key, *optional_string(signature), limits_or_default(limits)))

    def with_archive(self, archive: Archive, signature: Optional[str] = None) -> "Plugin":
        return Plugin(make("pfn_plugin_with_archive", self, archive, *optional_string(signature)))

    @property
    def id(self) -> str:
        return self._str("id")

    @property
    def name(self) -> Optional[str]:
        return self._optional_str("name")

    @property
    def version(self) -> Optional[str]:
        return self._optional_str("version")

    @property
    def description(self) -> Optional[str]:
        return self._optional_str("description")

    @property
    def warnings(self) -> List[Tuple[str, str]]:
        return self._warnings()


class Challenge(Handle):
    """A challenge that the holder of a key answered."""

    _name = "pfn_challenge"

    @classmethod
    def verify(
        cls, challenge: str, key: PublisherKey, signature: str, limits: Optional[Limits] = None
    ) -> "Challenge":
        return cls(make("pfn_challenge_verify", challenge, key, signature, limits_or_default(limits)))

    @staticmethod
    def check(challenge: str, limits: Optional[Limits] = None) -> None:
        """Checks a challenge before it is sent."""
        attempt("pfn_challenge_check", challenge, limits_or_default(limits))

    def __str__(self) -> str:
        return self._str("string")


class FederationInfo(Handle):
    """What a source says of itself."""

    _name = "pfn_federation_info"

    @classmethod
    def parse(cls, json: bytes, limits: Optional[Limits] = None) -> "FederationInfo":
        return cls(make("pfn_federation_info_parse", json, limits_or_default(limits)))

    @property
    def version(self) -> str:
        return self._str("version")

    @property
    def features(self) -> List[str]:
        return self._strs("feature")

    @property
    def domain(self) -> str:
        return self._str("domain")

    @property
    def naming_scheme(self) -> str:
        return self._str("naming_scheme")

    def asset_url(self, author: str, plugin_id: str) -> str:
        return String.take(make("pfn_federation_info_asset_url", self, author, plugin_id))


class AuthorData(Handle):
    """The plugins of an author, each with its own signature."""

    _name = "pfn_author_data"

    @classmethod
    def parse(cls, json: bytes, limits: Optional[Limits] = None) -> "AuthorData":
        return cls(make("pfn_author_data_parse", json, limits_or_default(limits)))

    @property
    def username(self) -> str:
        return self._str("username")

    @property
    def slugs(self) -> List[str]:
        return [self._str("plugin_slug", index) for index in range(self._count("plugin"))]

    def verify_plugin(self, index: int, key: PublisherKey) -> Plugin:
        return Plugin(make("pfn_author_data_verify_plugin", self, ctypes.c_size_t(index), key))


class Key(Handle):
    """A public key."""

    _name = "key"

    @classmethod
    def read(cls, string: bytes, limits: Optional[Limits] = None) -> "Key":
        return cls(make("key_read", string, limits_or_default(limits)))

    @property
    def type(self) -> str:
        return self._str("type")

    @property
    def did_key(self) -> str:
        return self._str("did_key")
