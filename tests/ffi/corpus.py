"""Puts the conformance corpus through the C library: through a C program, or through the Python package.

    corpus.py c <command that runs corpus.c's program>     corpus.py python

Every input is set by its name, and every kind is run. Of the cases of several directories, those about a served document are run,
and directories.py runs the others. Prints every difference from what the corpus expects; exit status 1 if there is any.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("FEDVERIFY_CORPUS", ROOT / "tests" / "corpus"))
sys.path.insert(0, str(ROOT / "examples" / "python"))

# Cases that C or Python cannot run, each with the reason. There are none.
EXCEPTIONS: Dict[str, str] = {}

# Where facts are looked up; at last in the report itself.
PARTS = ("identity", "release", "package", "plugin", "key")

Case = Dict[str, Any]
Report = Dict[str, Any]


def cases() -> List[Case]:
    manifest = json.loads((CORPUS / "manifest.json").read_bytes())
    assert manifest["format"] == 2, f"expected format 2, found {manifest['format']}"
    found: List[Case] = manifest["cases"]
    assert len(found) >= 1000, f"only {len(found)} cases"
    unknown = EXCEPTIONS.keys() - {case["name"] for case in found}
    assert not unknown, f"exceptions that are no cases: {sorted(unknown)}"
    for name, reason in EXCEPTIONS.items():
        print(f"skipped: {name} ({reason})")
    return [case for case in found if case["name"] not in EXCEPTIONS]


def documents() -> List[Case]:
    """The cases about a served document, as cases of logs: the comparison adds a warning to the report."""
    found = json.loads((CORPUS / "directories.json").read_bytes())
    assert found["format"] == 1, f"expected format 1 of directories, found {found['format']}"
    chosen = [case for case in found["cases"] if case["kind"] == "document"]
    assert len(chosen) >= 40, f"only {len(chosen)} cases of documents"
    return [
        {
            "name": case["name"],
            "kind": "plc-log",
            "inputs": {"did": case["did"], "log": case["log"], "served": case["document"]},
            "verdict": "verified",
            "code": None,
            "warnings": ["plc.deactivated"] * ("/deactivated/" in case["name"])
            + ["plc.document.differs"] * case["differs"],
        }
        for case in chosen
    ]


def line_of(case: Case) -> str:
    """A case as corpus.c takes it. Files are named from the corpus's folder, where the program runs."""
    fields = [case["kind"]]
    fields += [f"{name}={value.encode('utf-8').hex()}" for name, value in case["inputs"].items()]
    fields += [f"limit.{name}={limit}" for name, limit in case.get("limits", {}).items()]
    return "\t".join(fields)


def through_c(command: List[str], chosen: List[Case]) -> List[Report]:
    lines = "".join(line_of(case) + "\n" for case in chosen)
    run = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, cwd=CORPUS, check=False)
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(reports) != len(chosen):
        sys.exit(f"{command}: exit status {run.returncode} after {len(reports)} of {len(chosen)} cases")
    return reports


def through_python(chosen: List[Case]) -> List[Report]:
    import corpus_python

    return [corpus_python.report(case, CORPUS) for case in chosen]


def differences(case: Case, report: Report) -> List[str]:
    error = report.get("error") or {}
    found: List[Tuple[str, Any, Any]] = [
        ("kind", case["kind"], report["kind"]),
        ("verdict", case["verdict"], report["verdict"]),
        ("code", case["code"], error.get("code")),
    ]
    if case.get("operation") is not None:
        found.append(("operation", case["operation"], error.get("operation")))
    if "pin" in case:
        found.append(("pin", case["pin"], report.get("pin")))
    if case["verdict"] == "verified":
        found.append(("warnings", case["warnings"], sorted({w["code"] for w in report["warnings"]})))
    found += [(name, fact, fact_of(report, name)) for name, fact in case.get("facts", {}).items()]
    return [f"{case['name']}: expected {what} {want}, found {got}" for what, want, got in found if want != got]


def fact_of(report: Report, name: str) -> Any:
    """A fact by its name. One that is null in the corpus is absent in the report."""
    places = [report.get(part, {}) for part in PARTS] + [report]
    return next((place[name] for place in places if place.get(name) is not None), None)


def main() -> int:
    chosen = cases() + documents()
    binding, command = sys.argv[1], sys.argv[2:]
    reports = through_c(command, chosen) if binding == "c" else through_python(chosen)
    wrong = [difference for case, report in zip(chosen, reports) for difference in differences(case, report)]
    for difference in wrong:
        print(difference)
    print(f"corpus through {binding}: {len(chosen)} cases, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
