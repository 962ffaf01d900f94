"""A case of the conformance corpus through the Python package: as one verification, and then step by step by the typed
functions, which must come to the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Dict

import corpus_typed
import fedverify

Case = Dict[str, Any]
Report = Dict[str, Any]


# Of the directory that serves a document.
URL = "https://a.example"


def report(case: Case, corpus: Path) -> Report:
    if "served" in case["inputs"]:
        return report_beside(case["inputs"], corpus)
    inputs = inputs_of(case, corpus)
    limits = case.get("limits", {})
    found = fedverify.verify(case["kind"], inputs, limits)
    told: Report = json.loads(found.json)
    check_getters(found, told)
    if told["verdict"] != "undetermined":
        corpus_typed.check(case["kind"], inputs, limits, told)
    if told["verdict"] == "verified" and "metadata" in inputs:
        for by_reader in (False, True):
            in_stages = staged(case["kind"], inputs, limits, by_reader)
            assert in_stages.json == found.json, f"another report in stages: {case['name']}"
    return told


def report_beside(inputs: Dict[str, str], corpus: Path) -> Report:
    """A verification to which the DID document is given that a directory serves; the identity by itself must say the same."""
    did, log, served = inputs["did"], corpus / inputs["log"], (corpus / inputs["served"]).read_bytes()
    verification = fedverify.Verification(fedverify.Request("plc-log", {"did": did, "log": log}, {}))
    verification.compare_document(URL, served)
    found = verification.finish()
    difference = fedverify.Identity.verify(log.read_bytes(), did).compare_document(URL, served)
    messages = [message for code, message in found.warnings if code == "plc.document.differs"]
    assert messages == ([] if difference is None else [difference]), difference
    told: Report = json.loads(found.json)
    check_getters(found, told)
    return told


def inputs_of(case: Case, corpus: Path) -> Dict[str, Any]:
    """The inputs as what the library says that they are. The corpus has strings, and paths from its folder."""
    request = fedverify.Request(case["kind"])
    as_type: Dict[str, Callable[[str], Any]] = {
        "bytes": lambda path: corpus / path,
        "string": str,
        "number": int,
        "flag": lambda value: value == "true",
        "stream": lambda path: corpus / path,
    }
    return {name: as_type[request.input_type(name)](value) for name, value in case["inputs"].items()}


def check_getters(found: fedverify.Report, told: Report) -> None:
    error = found.error
    assert (found.verdict, found.trust) == (told["verdict"], told.get("trust"))
    assert found.verified == (error is None) == (told["error"] is None)
    assert [code for code, _ in found.warnings] == [warning["code"] for warning in told["warnings"]]
    assert (found.pin and json.loads(found.pin.json)) == told.get("pin")
    if error is not None:
        known = {name: told["error"].get(name) for name in ("code", "remedy", "operation", "cid", "limit")}
        assert known == {name: getattr(error, name) for name in known}, f"getters differ from {known}"
        failed = [step["check"] for step in told["checks"] if step["outcome"] == "fail"]
        # What judges nothing fails no step.
        expected = [error.check] if told["verdict"] == "rejected" else []
        assert error.check is None or failed == expected, f"{failed} failed, the error says {error.check}"


def staged(kind: str, inputs: Dict[str, Any], limits: Dict[str, int], by_reader: bool) -> fedverify.Report:
    """The same with the metadata and the TXT records at the time at which a program that fetches them has them."""
    later = ("metadata", "txt")
    request = fedverify.Request(kind, {name: value for name, value in inputs.items() if name not in later}, limits)
    verification = fedverify.Verification(request)
    url = verification.wants_metadata_from
    assert url is not None
    verification.give_metadata(inputs["metadata"].read_bytes())
    assert verification.wants_metadata_from is None
    publisher = verification.identity or verification.web_document
    release = verification.release
    assert publisher is not None and publisher.repository == url
    assert kind == "fair-metadata" or release is not None and release.repository == url
    if "txt" in inputs:
        verification.give_txt(inputs["txt"].splitlines())
    for name, _ in request.streams:
        with inputs[name].open("rb") as file:
            if by_reader:
                verification.read_from(file)
            else:
                verification.read(file)
    return verification.finish()
