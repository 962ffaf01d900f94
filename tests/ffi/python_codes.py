"""The codes that no verification comes to by its inputs alone, through the Python package.

    python_codes.py

Prints what went wrong; exit status 1 if anything did.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Callable, Iterator, Optional, Tuple

ROOT = Path(__file__).resolve().parents[2]
FAIR = ROOT / "examples" / "fair"
sys.path.insert(0, str(ROOT / "examples" / "python"))

import fedverify

DID = (FAIR / "did.txt").read_text().strip()

# What was expected, and what was found.
Outcomes = Iterator[Tuple[str, Optional[str]]]


def status(code: str) -> int:
    """The number of a code, which the package leaves to the header."""
    constant = "FEDVERIFY_" + code.upper().replace(".", "_")
    found = re.search(rf"^#define {constant} (\d+)$", (ROOT / "include/fedverify.h").read_text(), re.MULTILINE)
    assert found is not None, constant
    return int(found[1])


def verification(**inputs: Path) -> fedverify.Verification:
    return fedverify.Verification(fedverify.Request("plc-log", {"did": DID, **inputs}))


def what_could_not_be_read() -> Outcomes:
    for code in (
        "io.network.dns",
        "io.network.connect",
        "io.network.tls",
        "io.network.timeout",
        "io.network.status",
        "io.network.redirect",
        "io.network.insecure",
        "io.network.answer",
        "io.directory.unknown",
        "io.directory.deactivated",
        "io.memory",
    ):
        request = fedverify.Request("plc-log", {"did": DID})
        request.set_unreadable("log", status(code), "on purpose")
        report = fedverify.Verification(request).finish()
        yield f"undetermined {code}", f"{report.verdict} {report.error and report.error.code}"


def served_document() -> Outcomes:
    under_way = verification(log=FAIR / "log.json")
    under_way.compare_document("https://directory.example", b"{}")
    report = under_way.finish()
    yield "verified plc.document.differs", " ".join([report.verdict, *(code for code, _ in report.warnings)])


def not_remembered() -> Outcomes:
    report = verification(log=FAIR / "log.json").finish()
    yield "verified", report.verdict
    unkept = report.not_remembered("the disk is full")
    yield "undetermined io.file.unwritable", f"{unkept.verdict} {unkept.error and unkept.error.code}"


def used_up() -> Outcomes:
    under_way = verification(log=FAIR / "log.json")
    under_way.finish()
    for call in (under_way.finish, under_way.restart):
        try:
            call()
            yield "api.used_up", None
        except fedverify.Refused as refused:
            yield "api.used_up", refused.code


TESTS: Tuple[Callable[[], Outcomes], ...] = (what_could_not_be_read, served_document, not_remembered, used_up)


def main() -> int:
    outcomes = [(test.__name__, *outcome) for test in TESTS for outcome in test()]
    wrong = [f"{name}: expected {want}, found {got}" for name, want, got in outcomes if want != got]
    for line in wrong:
        print(line)
    print(f"codes through Python: {len(outcomes)} outcomes, {len(wrong)} failures")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
