"""Puts the conformance corpus through the C library: through a C program, or through the Python module.

    corpus.py c <command that runs corpus.c's program>     corpus.py python

Prints every difference from what the corpus expects; exit status 1 if there is any.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
sys.path.insert(0, str(ROOT / "examples" / "python"))

# Inputs that are paths from the corpus's folder; those that the caller of the library reads itself, and those that it
# hands over as paths.
READ_BY_CALLER = ("log", "metadata", "pin", "key", "plugin", "document")
HANDED_OVER = ("package", "archive")

Case = Dict[str, Any]
Report = Dict[str, Any]


def cases() -> List[Case]:
    manifest = json.loads((CORPUS / "manifest.json").read_bytes())
    assert manifest["format"] == 1
    found: List[Case] = manifest["cases"]
    assert len(found) >= 120, f"only {len(found)} cases"
    return found


def is_for_the_library(case: Case) -> bool:
    """Whether the library can be given the case. Files that its caller cannot even read never get to it."""
    unreadable = [name for name in READ_BY_CALLER if name in case["inputs"] and not (CORPUS / case["inputs"][name]).is_file()]
    if unreadable:
        print(f"skipped: {case['name']} has no readable {unreadable[0]}, which the caller of the library reads")
    return not unreadable


def line_of(case: Case) -> str:
    """A case as corpus.c takes it."""
    fields = [case["kind"]]
    for name, value in case["inputs"].items():
        if name in READ_BY_CALLER + HANDED_OVER:
            name, value = f"{name}.file", str(CORPUS / value)
        fields.append(f"{name}={value.encode('utf-8').hex()}")
    fields += [f"limit.{name}={limit}" for name, limit in case.get("limits", {}).items()]
    return "\t".join(fields)


def through_c(command: List[str], chosen: List[Case]) -> List[Report]:
    lines = "".join(line_of(case) + "\n" for case in chosen)
    run = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=False)
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(reports) != len(chosen):
        sys.exit(f"{command}: exit status {run.returncode} after {len(reports)} of {len(chosen)} cases")
    return reports


def through_python(chosen: List[Case]) -> List[Report]:
    import corpus_python

    return [corpus_python.report(case, CORPUS) for case in chosen]


def differences(case: Case, report: Report) -> List[str]:
    found: List[Tuple[str, Any, Any]] = [
        ("kind", case["kind"], report["kind"]),
        ("verdict", case["verdict"], report["verdict"]),
        ("code", case["code"], (report.get("error") or {}).get("code")),
    ]
    if case.get("operation") is not None:
        found.append(("operation", case["operation"], report["error"].get("operation")))
    if case["verdict"] == "verified":
        found.append(("warnings", case["warnings"], sorted({w["code"] for w in report["warnings"]})))
        found += [(name, fact, fact_of(report, name)) for name, fact in case.get("facts", {}).items()]
    return [f"{case['name']}: expected {what} {want}, found {got}" for what, want, got in found if want != got]


def fact_of(report: Report, name: str) -> Optional[Any]:
    parts = ("identity", "release", "package", "plugin", "key", "document")
    facts = [report.get(part, {}).get(name) for part in parts]
    return next((fact for fact in facts if fact is not None), None)


def main() -> int:
    chosen = [case for case in cases() if is_for_the_library(case)]
    face, command = sys.argv[1], sys.argv[2:]
    reports = through_c(command, chosen) if face == "c" else through_python(chosen)
    wrong = [text for case, report in zip(chosen, reports) for text in differences(case, report)]
    for text in wrong:
        print(text)
    print(f"corpus through {face}: {len(chosen)} cases, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
