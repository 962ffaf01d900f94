"""fedverify for Python, over its C library by way of ctypes. Needs nothing but the standard library.

    report = fedverify.verify("fair-package", {
        "did": "did:plc:…", "log": log_bytes, "metadata": metadata_bytes, "package": Path("plugin.zip"),
    })
    if not report.verified:
        raise report.error

`verify` takes every kind of verification, and the inputs of that kind by their names: `include/fedverify.h` lists both.
Programs that want the steps one by one use `Identity`, `Metadata`, `Release` and `PackageDigests`, whose values are proofs:
there is no way to get a `Package` but to verify one. The library is looked for by the name of its ABI; `FEDVERIFY_LIBRARY`
names another file.
"""

from ._library import ABI_VERSION, Refused
from .chain import (
    Alias,
    Artifact,
    Identity,
    Metadata,
    Operation,
    Package,
    PackageDigests,
    PackageHasher,
    Release,
    State,
    WebDocument,
    compare_versions,
    version_number,
)
from .directories import Newest, newest
from .values import Limits, Pin, Report
from .verification import Request, Verification, verify

__all__ = [
    "ABI_VERSION",
    "Alias",
    "Artifact",
    "Identity",
    "Limits",
    "Metadata",
    "Newest",
    "Operation",
    "Package",
    "PackageDigests",
    "PackageHasher",
    "Pin",
    "Refused",
    "Release",
    "Report",
    "Request",
    "State",
    "Verification",
    "WebDocument",
    "compare_versions",
    "newest",
    "verify",
    "version_number",
]
