"""Several directories' logs of one identity."""

from __future__ import annotations

import ctypes
from typing import List, Mapping, Tuple

from ._library import Handle, attempt, call, make
from .chain import Identity


class _Directories(Handle):
    _name = "directories"


class _Newest(Handle):
    _name = "newest"


class Newest:
    """The newest of several directories' logs."""

    def __init__(self, url: str, identity: Identity, warnings: List[Tuple[str, str]]) -> None:
        self.url = url
        """The directory that served it."""
        self.identity = identity
        """What it proves."""
        self.warnings = warnings
        """The directories that lag behind it: `plc.directory.lag`."""


def newest(identities: Mapping[str, Identity]) -> Newest:
    """Chooses the newest of several directories' logs of one identity: the one that lawfully continues every other. A directory
    can withhold operations and change times, and one alone cannot be caught at it. `identities` are what each directory's log
    proves, by the directory's URL."""
    directories = _Directories(ctypes.c_void_p(call("directories_new", ctypes.c_void_p)))
    asked = list(identities.items())
    for url, identity in asked:
        attempt("directories_add", directories, url, identity)
    found = _Newest(make("directories_newest", directories))
    index: int = found._get("index", ctypes.c_size_t)
    return Newest(found._str("url"), asked[index][1], found._warnings())
