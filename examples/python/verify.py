"""Verifies a FAIR package: python3 verify.py LOG METADATA PACKAGE DID. Exit status: 0 verified, 1 rejected, 2 could not."""

import sys
from pathlib import Path

import fedverify


def main() -> int:
    if len(sys.argv) != 5:
        print(f"usage: {sys.argv[0]} LOG METADATA PACKAGE DID", file=sys.stderr)
        return 2
    log, metadata, package, did = sys.argv[1:]
    report = fedverify.verify(
        "fair-package", {"did": did, "log": Path(log), "metadata": Path(metadata), "package": Path(package)}
    )
    error = report.error
    if error is not None:
        print(f"{error}\n{error.remedy}", file=sys.stderr)
        return 2 if error.is_undetermined else 1
    for code, message in report.warnings:
        print(f"warning: {message} [{code}]", file=sys.stderr)
    print(f"verified {report.subject}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
