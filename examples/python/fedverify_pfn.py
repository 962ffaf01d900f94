"""The rest of fedverify for Python: plugins of the Plugin Federation Network, and public keys."""

from __future__ import annotations

import ctypes
import os
from typing import List, Optional, Union

from fedverify import Limits, Report, _call, _Handle, _limits, _make, _optional_text


class PublisherKey(_Handle):
    """The Ed25519 key of a publisher, which you trust already."""

    _name = "pfn_key"

    @classmethod
    def parse(cls, text: bytes, limits: Optional[Limits] = None) -> "PublisherKey":
        return cls(_make("pfn_key_parse", text, _limits(limits)))

    @property
    def did_key(self) -> str:
        return self._sure_text("did_key")


class Archive(_Handle):
    """What a plugin's ZIP says of itself."""

    _name = "pfn_archive"

    @classmethod
    def read_file(cls, path: Union[str, "os.PathLike[str]"], limits: Optional[Limits] = None) -> "Archive":
        return cls(_make("pfn_archive_read_file", os.fsencode(path), _limits(limits)))

    @classmethod
    def read_bytes(cls, zip_bytes: bytes, limits: Optional[Limits] = None) -> "Archive":
        return cls(_make("pfn_archive_read_bytes", zip_bytes, _limits(limits)))


class Plugin(_Handle):
    """Four texts that a publisher's key signed. Nothing else of the plugin is proven."""

    _name = "pfn_plugin"

    @classmethod
    def verify(
        cls, record: bytes, key: PublisherKey, signature: Optional[str] = None, limits: Optional[Limits] = None
    ) -> "Plugin":
        return cls(_make("pfn_plugin_verify", record, key, *_optional_text(signature), _limits(limits)))

    def with_archive(self, archive: Archive, signature: Optional[str] = None) -> "Plugin":
        return Plugin(_make("pfn_plugin_with_archive", self, archive, *_optional_text(signature)))

    @property
    def id(self) -> str:
        return self._sure_text("id")

    @property
    def name(self) -> Optional[str]:
        return self._text("name")

    @property
    def version(self) -> Optional[str]:
        return self._text("version")

    @property
    def description(self) -> Optional[str]:
        return self._text("description")

    @property
    def report(self) -> Report:
        return self._report()


class Challenge(_Handle):
    """A challenge that the holder of a key answered."""

    _name = "pfn_challenge"

    @classmethod
    def verify(
        cls, text: str, key: PublisherKey, signature: str, limits: Optional[Limits] = None
    ) -> "Challenge":
        return cls(_make("pfn_challenge_verify", text, key, signature, _limits(limits)))

    @property
    def text(self) -> str:
        return self._sure_text("text")

    @property
    def report(self) -> Report:
        return self._report()


class FederationInfo(_Handle):
    """What a source says of itself."""

    _name = "pfn_federation_info"

    @classmethod
    def parse(cls, json: bytes, limits: Optional[Limits] = None) -> "FederationInfo":
        return cls(_make("pfn_federation_info_parse", json, _limits(limits)))

    def asset_url(self, author: str, plugin_id: str) -> str:
        return _Text(_make("pfn_federation_info_asset_url", self, author, plugin_id))._sure_text("view")


class AuthorData(_Handle):
    """The plugins of an author, each signed by itself."""

    _name = "pfn_author_data"

    @classmethod
    def parse(cls, json: bytes, limits: Optional[Limits] = None) -> "AuthorData":
        return cls(_make("pfn_author_data_parse", json, _limits(limits)))

    @property
    def username(self) -> str:
        return self._sure_text("username")

    @property
    def slugs(self) -> List[str]:
        count: int = _call("pfn_author_data_plugin_count", ctypes.c_size_t, self)
        return [self._sure_text("plugin_slug", index) for index in range(count)]

    def verify_plugin(self, index: int, key: PublisherKey) -> Plugin:
        return Plugin(_make("pfn_author_data_verify_plugin", self, ctypes.c_size_t(index), key))


class Key(_Handle):
    """A public key."""

    _name = "key"

    @classmethod
    def read(cls, text: bytes, limits: Optional[Limits] = None) -> "Key":
        return cls(_make("key_read", text, _limits(limits)))

    @property
    def type(self) -> str:
        return self._sure_text("type")

    @property
    def did_key(self) -> str:
        return self._sure_text("did_key")

    @property
    def report(self) -> Report:
        return self._report()


class _Text(_Handle):
    _name = "text"
