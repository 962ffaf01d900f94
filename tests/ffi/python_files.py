"""Files of Python that give something else than they were asked for, read by the C library through its Python package.

    python_files.py

Nothing may be written beyond the buffer that the library lends, and nothing but bytes counts as bytes. Prints what went wrong;
exit status 1 if anything did.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any, Callable, List

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples" / "python"))

import fedverify
from fedverify import pfn

READERS: List[Callable[[Any], Any]] = [fedverify.PackageDigests.from_reader, pfn.Archive.from_reader]


class Giving(BytesIO):
    """A file whose `read` gives this, however much was asked for."""

    def __init__(self, given: Any) -> None:
        super().__init__()
        self.given = given

    def read(self, size: Any = -1) -> Any:
        return self.given


class Broken(BytesIO):
    def read(self, size: Any = -1) -> Any:
        raise KeyError("on purpose")


def outcome(read: Callable[[Any], Any], file: BytesIO) -> str:
    try:
        read(file)
    except fedverify.Refused as refused:
        return refused.code
    except (TypeError, KeyError) as error:
        return type(error).__name__
    return "read"


def main() -> int:
    files = [
        ("more than was asked for", Giving(b"x" * (1 << 22)), "api.argument"),
        ("text", Giving("text"), "TypeError"),
        ("nothing yet", Giving(None), "TypeError"),
        ("an error", Broken(), "KeyError"),
    ]
    wrong = [
        f"{name}: expected {expected}, found {found}"
        for name, file, expected in files
        for read in READERS
        for found in [outcome(read, file)]
        if found != expected
    ]
    for line in wrong:
        print(line)
    print(f"files of Python: {len(files) * len(READERS)} readings, {len(wrong)} failures")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
