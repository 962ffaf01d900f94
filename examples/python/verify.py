"""Verifies a FAIR package: python3 verify.py LOG METADATA PACKAGE DID. Exit status: 0 verified, 1 rejected, 2 could not."""

import sys
from pathlib import Path

import fedverify


def main() -> int:
    if len(sys.argv) != 5:
        print(f"usage: {sys.argv[0]} LOG METADATA PACKAGE DID", file=sys.stderr)
        return 2
    log, metadata, package, did = sys.argv[1:]
    try:
        identity = fedverify.Identity.verify(Path(log).read_bytes(), did)
        release = identity.release(fedverify.Metadata(Path(metadata).read_bytes()))
        verified = release.verify(fedverify.PackageDigests.of_file(package))
    except fedverify.Refused as refused:
        print(f"{refused}\n{refused.remedy}", file=sys.stderr)
        return 2 if refused.is_undetermined else 1
    print(f"verified {identity.did} {verified.version}, signed by {verified.key}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
