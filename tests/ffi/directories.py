"""Puts the corpus's cases of several directories through the C library: through a C program, or through the Python package.

    directories.py c <command that runs directories.c's program>     directories.py python

The cases about a served document are among those that corpus.py runs. Prints every difference from what the corpus expects; exit
status 1 if there is any.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Dict, List, Optional

from corpus import CORPUS, Case

# What a case comes to.
Outcome = Dict[str, object]


def cases() -> List[Case]:
    found = json.loads((CORPUS / "directories.json").read_bytes())
    assert found["format"] == 1, f"expected format 1 of directories, found {found['format']}"
    chosen: List[Case] = [case for case in found["cases"] if case["kind"] == "newest"]
    assert len(chosen) >= 60, f"only {len(chosen)} cases of several logs"
    return chosen


def outcome(
    code: Optional[str] = None, operation: Optional[int] = None, newest: Optional[int] = None, lagging: Optional[List[int]] = None
) -> Outcome:
    return {"code": code, "operation": operation, "newest": newest, "lagging": lagging or []}


def expected(case: Case) -> Outcome:
    return outcome(case["code"], case.get("operation"), case.get("newest"), case.get("lagging"))


def through_c(command: List[str], chosen: List[Case]) -> List[Outcome]:
    lines = "".join("\t".join([case["did"], *case["logs"]]) + "\n" for case in chosen)
    run = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, cwd=CORPUS, check=False)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(answers) != len(chosen):
        sys.exit(f"{command}: exit status {run.returncode} after {len(answers)} of {len(chosen)} cases")
    return answers


def through_python(chosen: List[Case]) -> List[Outcome]:
    import fedverify

    def found(case: Case) -> Outcome:
        try:
            identities = {
                f"https://{place}.example": fedverify.Identity.verify((CORPUS / log).read_bytes(), case["did"])
                for place, log in enumerate(case["logs"])
            }
            newest = fedverify.newest(identities)
        except fedverify.Refused as refused:
            return outcome(refused.code, refused.operation)
        places = list(identities)
        assert newest.identity is identities[newest.url]
        assert {code for code, _ in newest.warnings} <= {"plc.directory.lag"}
        # A warning names the directory that lags first.
        lagging = [places.index(message.split('"')[1]) for _, message in newest.warnings]
        return outcome(newest=places.index(newest.url), lagging=lagging)

    return [found(case) for case in chosen]


def main() -> int:
    chosen = cases()
    binding, command = sys.argv[1], sys.argv[2:]
    answers = through_c(command, chosen) if binding == "c" else through_python(chosen)
    pairs = [(case, expected(case), answer) for case, answer in zip(chosen, answers)]
    wrong = [f"{case['name']}: expected {want}, found {answer}" for case, want, answer in pairs if want != answer]
    for difference in wrong:
        print(difference)
    print(f"directories through {binding}: {len(chosen)} cases, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
