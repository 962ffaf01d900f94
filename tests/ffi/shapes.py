"""Puts documents of the greatest size through the C library, one in a process, and the log that takes the most signature checks.

    shapes.py FOLDER PROGRAM     FOLDER is what `fedverify-kit shapes` has written, PROGRAM is shapes.c's
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple

Request = Dict[str, Any]


def arguments(folder: Path, request: Request) -> List[str]:
    texts: Dict[str, str] = request["texts"]
    # The clock of this machine, of which a did:web document wants to know.
    now = ["now", "0"] if request["kind"] == "web-document" else []
    pairs = [word for pair in texts.items() for word in pair]
    return [request["kind"], request["input"], str(folder / request["file"]), *pairs, *now]


def run(program: str, words: List[str], what: str) -> str:
    done = subprocess.run([program, *words], stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"{what}: exit status {done.returncode}")
    return done.stdout.decode().strip()


def main(folder: Path, program: str) -> None:
    requests: List[Request] = json.loads((folder / "requests.json").read_bytes())
    most: Tuple[int, str] = (0, "")
    for request in requests:
        code, *sizes = run(program, arguments(folder, request), request["name"]).split(" ")
        assert not code.startswith(("api.", "io.", "input.too_large")), f"{request['name']}: {code}"
        most = max([most] + [(int(size), request["name"]) for size in sizes])
    assert len(requests) > 20, f"only {len(requests)} documents"
    print(f"shapes through c: {len(requests)} documents (the most: {most[1]}, {most[0] >> 20} MiB)")
    print(run(program, ["signatures", str(folder / "signatures.json"), (folder / "signatures.txt").read_text()], "signatures"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
