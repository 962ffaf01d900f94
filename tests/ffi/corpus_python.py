"""A case of the conformance corpus through the Python module. Getters are compared with the report on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, Optional

import fedverify
import fedverify_pfn as pfn

Case = Dict[str, Any]
Report = Dict[str, Any]


class Inputs:
    """The inputs of a case."""

    def __init__(self, case: Case, corpus: Path) -> None:
        self.texts: Dict[str, str] = case["inputs"]
        self.corpus = corpus
        self.limits = fedverify.Limits(**case.get("limits", {}))

    def text(self, name: str) -> Optional[str]:
        return self.texts.get(name)

    def path(self, name: str) -> Path:
        return self.corpus / self.texts[name]

    def read(self, name: str) -> bytes:
        return self.path(name).read_bytes()


def report(case: Case, corpus: Path) -> Report:
    inputs = Inputs(case, corpus)
    try:
        return RUNNERS[case["kind"]](inputs)
    except fedverify.Refused as refused:
        if case["kind"] in KINDS:
            return parsed(refused.report(KINDS[case["kind"]]))
        return {"kind": case["kind"], "verdict": "rejected", "warnings": [], "error": {"code": refused.code}}


def parsed(found: fedverify.Report) -> Report:
    told: Report = json.loads(found.json)
    assert [code for code, _ in found.warnings] == [warning["code"] for warning in told["warnings"]]
    return told


def identity_of(inputs: Inputs) -> fedverify.Identity:
    did, now = inputs.texts["did"], inputs.text("now")
    if now is None:
        return fedverify.Identity.verify(inputs.read("log"), did, limits=inputs.limits)
    pin = fedverify.Pin.parse(inputs.read("pin"), inputs.limits)
    identity = fedverify.Identity.verify(inputs.read("log"), did, now=int(now), pin=pin, limits=inputs.limits)
    assert identity.pin is not None and identity.pin.did == did and identity.pin.head == identity.head
    return identity


def check_getters(identity: fedverify.Identity, facts: Report) -> None:
    found = {
        "did": identity.did,
        "head": identity.head,
        "operations": identity.operations,
        "nullified": identity.nullified,
        "tombstoned": identity.tombstoned,
        "rotationKeys": identity.rotation_keys,
        "verificationMethods": identity.verification_methods,
        "alsoKnownAs": identity.also_known_as,
        "services": identity.services,
    }
    assert found == facts, f"getters say {found}, the report says {facts}"
    assert (identity.did_document is None) == identity.tombstoned


def log_report(inputs: Inputs) -> Report:
    identity = identity_of(inputs)
    told = parsed(identity.report)
    check_getters(identity, told["identity"])
    return told


def package_report(inputs: Inputs) -> Report:
    identity: Optional[fedverify.Identity] = None
    release: Optional[fedverify.Release] = None
    try:
        identity = identity_of(inputs)
        metadata = fedverify.Metadata(inputs.read("metadata"), inputs.limits)
        chosen = identity.release(metadata, inputs.text("release"))
        if inputs.text("noDowngrade") is not None:
            chosen.refuse_downgrade()
        release = chosen
        digests = fedverify.PackageDigests.of_file(inputs.path("package"), inputs.limits)
        package = release.verify(digests, inputs.text("artifactUrl"))
    except fedverify.Refused as refused:
        return parsed(refused.report(fedverify.KIND_FAIR_PACKAGE, identity, release))
    told = parsed(package.report)
    check_getters(identity, told["identity"])
    found = {
        "size": package.size,
        "sha256": package.sha256,
        "sha384": package.sha384,
        "keyId": package.key_id,
        "key": package.key,
        "algorithm": package.algorithm,
    }
    assert found == told["package"], f"getters say {found}, the report says {told['package']}"
    found = {"version": package.version, "artifact": package.artifact, "repository": package.repository}
    assert found == told["release"], f"getters say {found}, the report says {told['release']}"
    assert (package.pin is None) == (inputs.text("now") is None)
    return told


def web_package(inputs: Inputs) -> Report:
    identity = web_identity_of(inputs)
    release = identity.release(fedverify.Metadata(inputs.read("metadata"), inputs.limits))
    package = release.verify(fedverify.PackageDigests.of_file(inputs.path("package"), inputs.limits))
    assert json.loads(package.report.json)["trust"] == "web"
    return document("web-package", version=package.version, keyId=package.key_id)


def web_identity_of(inputs: Inputs) -> fedverify.WebIdentity:
    return fedverify.WebIdentity.parse(inputs.read("document"), inputs.texts["did"], inputs.limits)


def alias(inputs: Inputs) -> Report:
    claimed = identity_of(inputs).alias()
    if claimed is None:
        return document("fair-alias")
    claimed.confirm(inputs.texts["txt"].splitlines())
    assert claimed.record_name == "_fairpm." + claimed.domain
    return document("fair-alias", domain=claimed.domain)


def plugin_report(inputs: Inputs) -> Report:
    key = pfn.PublisherKey.parse(inputs.read("key"), inputs.limits)
    plugin = pfn.Plugin.verify(inputs.read("plugin"), key, inputs.text("signature"), inputs.limits)
    if inputs.text("archive") is not None:
        archive = pfn.Archive.read_file(inputs.path("archive"), inputs.limits)
        plugin = plugin.with_archive(archive, inputs.text("archiveSignature"))
    told = parsed(plugin.report)
    found = {"id": plugin.id, "name": plugin.name, "version": plugin.version, "description": plugin.description}
    known = {name: value for name, value in found.items() if value is not None}
    assert known == {name: value for name, value in told["plugin"].items() if name in known and value is not None}
    assert told["key"]["didKey"] == key.did_key
    return told


def challenge_report(inputs: Inputs) -> Report:
    key = pfn.PublisherKey.parse(inputs.read("key"), inputs.limits)
    challenge = pfn.Challenge.verify(inputs.texts["challenge"], key, inputs.texts["signature"], inputs.limits)
    assert challenge.text == inputs.texts["challenge"]
    return parsed(challenge.report)


def key_report(inputs: Inputs) -> Report:
    key = pfn.Key.read(inputs.read("key"), inputs.limits)
    told = parsed(key.report)
    assert (key.type, key.did_key) == (told["key"]["type"], told["key"]["didKey"])
    return told


def author_data(inputs: Inputs) -> Report:
    author = pfn.AuthorData.parse(inputs.read("document"), inputs.limits)
    assert author.username and all(author.slugs)
    return document("pfn-author-data")


def federation_info(inputs: Inputs) -> Report:
    info = pfn.FederationInfo.parse(inputs.read("document"), inputs.limits)
    if inputs.text("author") is None:
        return document("pfn-federation-info")
    return document("pfn-asset-url", url=info.asset_url(inputs.texts["author"], inputs.texts["slug"]))


def document(kind: str, **facts: str) -> Report:
    return {"kind": kind, "verdict": "verified", "warnings": [], "error": None, "document": facts}


# What a refusal is reported as; of documents there are no reports.
KINDS = {
    "plc-log": fedverify.KIND_PLC_LOG,
    "pfn-plugin": fedverify.KIND_PFN_PLUGIN,
    "pfn-challenge": fedverify.KIND_PFN_CHALLENGE,
    "key": fedverify.KIND_KEY,
}

RUNNERS = {
    "plc-log": log_report,
    "fair-package": package_report,
    "web-package": web_package,
    "fair-alias": alias,
    "pfn-plugin": plugin_report,
    "pfn-challenge": challenge_report,
    "key": key_report,
    "pfn-author-data": author_data,
    "pfn-federation-info": federation_info,
    "pfn-asset-url": federation_info,
}
