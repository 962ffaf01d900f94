"""Values of the Python package that need no verification: limits by name, pins compared, versions' numbers, and an archive's
signature by its digest.

    python_values.py

Prints what went wrong; exit status 1 if anything did.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Callable, Iterator, Tuple

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
FAIR = ROOT / "examples" / "fair"
HEADER = ROOT / "include" / "fedverify.h"
sys.path.insert(0, str(ROOT / "examples" / "python"))

import fedverify
from fedverify import pfn

NOW = 1767225600

# What was expected, and what was found.
Outcomes = Iterator[Tuple[object, object]]


def code_of(work: Callable[[], object]) -> str:
    try:
        return f"no error, but {work()!r}"
    except fedverify.Refused as refused:
        return refused.code


def limits() -> Outcomes:
    defaults = fedverify.Limits.defaults()
    # In the order of the header.
    yield fedverify.Limits.names(), re.findall(r'^#define FEDVERIFY_LIMIT_\w+ "(\w+)"$', HEADER.read_text(), re.MULTILINE)
    yield fedverify.Limits.names(), list(defaults)
    yield 8 << 20, defaults["logBytes"]
    yield defaults, {name: fedverify.Limits()[name] for name in defaults}
    yield "Bytes of a log.", fedverify.Limits.meaning("logBytes")
    yield True, all(fedverify.Limits.meaning(name).endswith(".") for name in defaults)
    try:
        yield KeyError, fedverify.Limits.meaning("noSuchLimit")
    except KeyError as error:
        yield ("noSuchLimit",), error.args


def pin_at(did: str, log: bytes, now: int) -> fedverify.Pin:
    pin = fedverify.Identity.verify(log, did, now=now).pin
    assert pin is not None
    return pin


def pins() -> Outcomes:
    did = (FAIR / "did.txt").read_text().strip()
    log = (FAIR / "log.json").read_bytes()
    earlier, later = (pin_at(did, log, now) for now in (NOW, NOW + 1))
    yield (-1, 0, 1), (earlier.compare(later), later.compare(later), later.compare(earlier))
    # The log counts before the visit.
    shorter = pin_at(did, json.dumps(json.loads(log)[:2]).encode(), NOW + 2)
    yield (-1, 1), (shorter.compare(later), later.compare(shorter))
    cases = json.loads((CORPUS / "directories.json").read_bytes())["cases"]
    [parting] = [case for case in cases if case["name"] == "directories/fork"]
    one, other = (pin_at(parting["did"], (CORPUS / log).read_bytes(), NOW) for log in parting["logs"])
    yield "pin.fork", code_of(lambda: one.compare(other))
    yield "pin.fork", code_of(lambda: one.merge(other))
    yield "pin.malformed", code_of(lambda: one.compare(earlier))


def several_directories() -> Outcomes:
    yield "plc.log.empty", code_of(lambda: fedverify.newest({}))


def versions() -> Outcomes:
    for version in ("1", "1.0", "v1.0.0", "1.0.0+build"):
        yield "1.0.0", fedverify.version_number(version)
    yield "trunk", fedverify.version_number("trunk")
    yield "fair.version.invalid", code_of(lambda: fedverify.version_number(""))
    yield "fair.version.invalid", code_of(lambda: fedverify.version_number("1.0", fedverify.Limits(versionBytes=2)))


def archives() -> Outcomes:
    manifest = json.loads((CORPUS / "manifest.json").read_bytes())["cases"]
    [signed] = [case["inputs"] for case in manifest if case["name"] == "pfn/plugin/archive-signature-signed"]
    key = pfn.PublisherKey.parse((CORPUS / signed["key"]).read_bytes())
    archive, signature = (CORPUS / signed["archive"]).read_bytes(), signed["archiveSignature"]
    sha384 = hashlib.sha384(archive).hexdigest()
    key.check_archive_signature(sha384, signature)
    key.check_archive_signature(sha384.upper(), signature)
    other = hashlib.sha384(archive + b"x").hexdigest()
    yield "pfn.archive.signature_invalid", code_of(lambda: key.check_archive_signature(other, signature))
    yield "pfn.archive.signature_invalid", code_of(lambda: key.check_archive_signature("61" * 48, signature))
    yield "pfn.signature.encoding", code_of(lambda: key.check_archive_signature(sha384, "?"))
    yield "api.argument", code_of(lambda: key.check_archive_signature(sha384[1:], signature))


TESTS: Tuple[Callable[[], Outcomes], ...] = (limits, pins, several_directories, versions, archives)


def main() -> int:
    outcomes = [(test.__name__, *outcome) for test in TESTS for outcome in test()]
    wrong = [f"{name}: expected {want}, found {got}" for name, want, got in outcomes if want != got]
    for line in wrong:
        print(line)
    print(f"values through Python: {len(outcomes)} outcomes, {len(wrong)} failures")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
