"""The typed functions on a case of the conformance corpus, beside the report of its verification: the same code where it
was refused, and the same facts where it was verified."""

from __future__ import annotations

import json
from functools import partial
from io import BytesIO
from typing import Any, Callable, Dict, List, Optional, Union

import fedverify
from fedverify import pfn

Report = Dict[str, Any]


class Inputs:
    """The inputs of a case."""

    def __init__(self, values: Dict[str, Any], limits: Dict[str, int]) -> None:
        self.values = values
        self.limits = fedverify.Limits(**limits)

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def read(self, name: str) -> bytes:
        content: bytes = self.values[name].read_bytes()
        return content

    @property
    def remembers(self) -> bool:
        return bool(self.get("pin") or self.get("remember"))


def check(kind: str, values: Dict[str, Any], limits: Dict[str, int], told: Report) -> None:
    """Compares what the typed functions find with what a report that is verified or rejected tells."""
    code = code_of(lambda: WALKS[kind](Inputs(values, limits), told))
    expected = (told["error"] or {}).get("code")
    assert code == expected, f"step by step {code}, in one {expected}: {kind} {values}"


def code_of(work: Callable[[], Optional[str]]) -> Optional[str]:
    """The code with which something was refused. What the typed functions leave to their caller, the caller returns."""
    try:
        return work()
    except fedverify.Refused as refused:
        return refused.code


def same(what: str, found: Dict[str, Any], told: Dict[str, Any]) -> None:
    """Compares the getters of a value with the part of the report about it."""
    differing = {name: (value, told.get(name)) for name, value in found.items() if value != told.get(name)}
    assert not differing, f"{what}: getters and report differ in {differing}"


# ---- FAIR ----------------------------------------------------------------------------


def identity_of(inputs: Inputs) -> fedverify.Identity:
    log, did = inputs.read("log"), inputs.get("did")
    if not inputs.remembers:
        return fedverify.Identity.verify(log, did, limits=inputs.limits)
    pin: Optional[fedverify.Pin] = None
    if inputs.get("pin") is not None:
        try:
            pin = fedverify.Pin.parse(inputs.read("pin"), inputs.limits)
        except fedverify.Refused:
            # The log is judged by itself first.
            fedverify.Identity.verify(log, did, limits=inputs.limits)
            raise
    return fedverify.Identity.verify(log, did, now=inputs.get("now"), pin=pin, limits=inputs.limits)


def check_identity(identity: fedverify.Identity, told: Report) -> None:
    facts = told["identity"]
    found: Dict[str, Any] = {
        "did": identity.did,
        "head": identity.head,
        "operations": identity.operations,
        "nullified": identity.nullified,
        "tombstoned": identity.tombstoned,
        "repository": repository_of(identity),
        **(state_facts(identity.state) or NO_STATE),
    }
    same("identity", found, facts)
    assert (identity.did_document is None) == (identity.state is None) == identity.tombstoned
    check_history(identity, facts.get("history"))
    document, url = identity.did_document, "https://plc.directory"
    says_the_same = json.dumps({"id": identity.did}) if document is None else document
    assert identity.compare_document(url, says_the_same.encode()) is None
    assert identity.compare_document(url, b"{}") is not None


# What a report tells of an identity that was deactivated.
NO_STATE: Report = {"rotationKeys": [], "verificationMethods": {}, "alsoKnownAs": [], "services": {}}


def repository_of(publisher: Union[fedverify.Identity, fedverify.WebDocument]) -> Optional[str]:
    """The repository; None where it is refused, which a report tells by leaving it out."""
    try:
        return publisher.repository
    except fedverify.Refused as refused:
        assert refused.code in ("plc.tombstoned", "fair.service.missing", "fair.service.invalid")
        return None


def state_facts(state: Optional[fedverify.State]) -> Optional[Report]:
    if state is None:
        return None
    return {
        "rotationKeys": state.rotation_keys,
        "verificationMethods": state.verification_methods,
        "alsoKnownAs": state.also_known_as,
        "services": state.services,
    }


def check_history(identity: fedverify.Identity, told: Optional[List[Report]]) -> None:
    operations = identity.history
    assert len(operations) == identity.operations
    assert identity.nullified == [operation.cid for operation in operations if operation.nullified_by is not None]
    for index, operation in enumerate(operations):
        prev, undone_by = operation.prev, operation.nullified_by
        assert operation.prev_cid == (None if prev is None else operations[prev].cid) and operation.size > 0
        assert undone_by is None or undone_by > index
    if told is not None:
        for operation, entry in zip(operations, told):
            same("operation", operation_facts(operation), entry)


def operation_facts(operation: fedverify.Operation) -> Report:
    return {
        "cid": operation.cid,
        "prev": operation.prev_cid,
        "type": operation.type,
        "createdAt": operation.created_at,
        "firstSeen": operation.first_seen,
        "nullified": operation.nullified_by is not None,
        "signer": operation.signer,
        "key": operation.signer_key,
        "state": state_facts(operation.state),
    }


def walk_log(inputs: Inputs, told: Report) -> None:
    identity = identity_of(inputs)
    check_identity(identity, told)
    codes = [warning["code"] for warning in told["warnings"]]
    assert [code for code, _ in identity.warnings] == codes
    if inputs.remembers:
        pin = identity.pin
        assert pin is not None and (pin.did, pin.head, pin.last_visit) == (identity.did, identity.head, inputs.get("now"))
        assert json.loads(pin.json) == told["pin"]
        assert pin == fedverify.Pin.parse(pin.json.encode()) == pin.merge(pin)


def release_of(inputs: Inputs, told: Report) -> fedverify.Release:
    publisher: Union[fedverify.Identity, fedverify.WebDocument]
    if inputs.get("document") is None:
        publisher = identity_of(inputs)
    else:
        publisher = web_document_of(inputs)
    metadata = fedverify.Metadata(inputs.read("metadata"), inputs.limits)
    release = publisher.release(metadata, inputs.get("release"))
    if inputs.get("noDowngrade"):
        release.refuse_downgrade()
    same("release", {"version": release.version, "type": release.package_type}, told["release"])
    assert release.version in metadata.versions and metadata.id == publisher.did
    return release


def web_document_of(inputs: Inputs) -> fedverify.WebDocument:
    return fedverify.WebDocument.parse(inputs.read("document"), inputs.get("did"), inputs.get("now"), inputs.limits)


def check_publisher(inputs: Inputs, told: Report) -> None:
    if inputs.get("document") is None:
        check_identity(identity_of(inputs), told)
        return
    document = web_document_of(inputs)
    found: Dict[str, Any] = {
        "did": document.did,
        "verificationMethods": document.verification_methods,
        "alsoKnownAs": document.also_known_as,
        "services": document.services,
        "documentUrl": fedverify.WebDocument.url(document.did),
        "withdrawn": document.withdrawn,
        "repository": repository_of(document),
    }
    same("document", found, told["identity"])
    assert told["trust"] == "web" and not set(document.withdrawn) & set(document.verification_methods)


def walk_web_document(inputs: Inputs, told: Report) -> None:
    check_publisher(inputs, told)


def walk_metadata(inputs: Inputs, told: Report) -> None:
    release_of(inputs, told)
    check_publisher(inputs, told)


def refuses_the_year_10000(package: fedverify.Package) -> bool:
    """By a clock in milliseconds every key would be settled."""
    try:
        package.key_fresh_until(253402300800)
    except fedverify.Refused as refused:
        return refused.code == "api.argument"
    return False


def walk_package(inputs: Inputs, told: Report) -> Optional[str]:
    release = release_of(inputs, told)
    digests = fedverify.PackageDigests.from_file(inputs.get("package"), inputs.limits)
    package = release.verify(digests, inputs.get("artifactUrl"))
    now = inputs.get("now")
    if inputs.get("waitRecoveryWindow") and package.key_fresh_until(now) is not None:
        return "fair.key.too_fresh"
    check_publisher(inputs, told)
    found: Dict[str, Any] = {
        "size": package.size,
        "sha256": package.sha256,
        "sha384": package.sha384,
        "keyId": package.key_id,
        "key": package.key,
        "algorithm": package.algorithm,
    }
    same("package", found, told["package"])
    found = {"version": package.version, "artifact": package.artifact, "type": package.package_type}
    same("release", found, told["release"])
    assert package.artifact in [artifact.url for artifact in release.artifacts]
    assert package.repository == release.repository == told["identity"]["repository"]
    codes = {warning["code"] for warning in told["warnings"]}
    assert {code for code, _ in package.warnings + release.warnings} <= codes
    fresh = now is not None and package.key_fresh_until(now) is not None
    assert fresh == ("fair.key.fresh" in codes)
    assert refuses_the_year_10000(package)
    check_hashes(inputs, digests)
    if package.pin is not None:
        assert json.loads(package.pin.json) == told["pin"]
        highest = package.pin.highest_version
        assert highest is None or fedverify.compare_versions(highest, highest) == 0
    return None


def check_hashes(inputs: Inputs, digests: fedverify.PackageDigests) -> None:
    """However bytes are hashed, their digests are the same."""
    content = inputs.read("package")
    hasher = fedverify.PackageHasher(inputs.limits)
    hasher.update(content[:100])
    copy = hasher.copy()
    hasher.update(b"something else")
    copy.update(content[100:])
    from_bytes = fedverify.PackageDigests.from_bytes(content, inputs.limits)
    from_reader = fedverify.PackageDigests.from_reader(BytesIO(content), inputs.limits)
    for same_digests in (copy.finish(), from_bytes, from_reader):
        assert (same_digests.size, same_digests.sha256) == (digests.size, digests.sha256)
        assert same_digests.sha384 == digests.sha384


def walk_alias(inputs: Inputs, told: Report) -> None:
    claimed = identity_of(inputs).alias() if inputs.get("document") is None else web_document_of(inputs).alias()
    if claimed is None:
        assert "alias" not in told
        return
    assert claimed.record_name == "_fairpm." + claimed.domain
    claimed.confirm(inputs.get("txt").splitlines())
    assert claimed.domain == told["alias"]


# ---- PFN and keys -------------------------------------------------------------------


def publisher_key_of(inputs: Inputs) -> pfn.PublisherKey:
    return pfn.PublisherKey.parse(inputs.read("key"), inputs.limits)


def walk_plugin(inputs: Inputs, told: Report) -> None:
    key = publisher_key_of(inputs)
    plugin = pfn.Plugin.verify(inputs.read("plugin"), key, inputs.get("signature"), inputs.limits)
    if inputs.get("archive") is not None:
        assert code_of(partial(read_archive, inputs, True)) == code_of(partial(read_archive, inputs, False))
        archive = pfn.Archive.from_file(inputs.get("archive"), inputs.limits)
        plugin = plugin.with_archive(archive, inputs.get("archiveSignature"))
    found = {"id": plugin.id, "name": plugin.name, "version": plugin.version, "description": plugin.description}
    same("plugin", found, told["plugin"])
    assert told["key"]["didKey"] == key.did_key
    assert [code for code, _ in plugin.warnings] == [warning["code"] for warning in told["warnings"]]


def read_archive(inputs: Inputs, in_pieces: bool) -> None:
    with inputs.get("archive").open("rb") as file:
        if in_pieces:
            pfn.Archive.from_reader(file, inputs.limits)
        else:
            pfn.Archive.from_bytes(file.read(), inputs.limits)


def walk_challenge(inputs: Inputs, told: Report) -> None:
    key = publisher_key_of(inputs)
    challenge = pfn.Challenge.verify(inputs.get("challenge"), key, inputs.get("signature"), inputs.limits)
    assert str(challenge) == inputs.get("challenge") == told["challenge"]


def federation_info_of(inputs: Inputs) -> pfn.FederationInfo:
    return pfn.FederationInfo.parse(inputs.read("document"), inputs.limits)


def walk_federation_info(inputs: Inputs, told: Report) -> None:
    info = federation_info_of(inputs)
    found: Dict[str, Any] = {
        "version": info.version,
        "features": info.features,
        "domain": info.domain,
        "namingScheme": info.naming_scheme,
    }
    same("federation", found, told["federation"])


def walk_asset_url(inputs: Inputs, told: Report) -> None:
    assert federation_info_of(inputs).asset_url(inputs.get("author"), inputs.get("slug")) == told.get("assetUrl")


def walk_author_data(inputs: Inputs, told: Report) -> None:
    key = None if inputs.get("key") is None else publisher_key_of(inputs)
    author = pfn.AuthorData.parse(inputs.read("document"), inputs.limits)
    assert author.username == told["author"]["username"]
    assert author.slugs == [plugin["id"] for plugin in told["author"]["plugins"]]
    listed = told["author"]["plugins"]
    assert all(plugin.get("unchecked", False) == (key is None) for plugin in listed)
    if key is None:
        return
    codes = [code_of(partial(verify_plugin, author, index, key)) for index in range(len(listed))]
    assert codes == [plugin["code"] for plugin in listed]
    # A list of which the key signed none is refused for its first plugin.
    if codes and None not in codes:
        verify_plugin(author, 0, key)


def verify_plugin(author: pfn.AuthorData, index: int, key: pfn.PublisherKey) -> None:
    author.verify_plugin(index, key)


def walk_key(inputs: Inputs, told: Report) -> None:
    key = pfn.Key.read(inputs.read("key"), inputs.limits)
    same("key", {"type": key.type, "didKey": key.did_key}, told["key"])


WALKS: Dict[str, Callable[[Inputs, Report], Optional[str]]] = {
    "plc-log": walk_log,
    "web-document": walk_web_document,
    "fair-metadata": walk_metadata,
    "fair-package": walk_package,
    "fair-alias": walk_alias,
    "pfn-plugin": walk_plugin,
    "pfn-challenge": walk_challenge,
    "pfn-federation-info": walk_federation_info,
    "pfn-asset-url": walk_asset_url,
    "pfn-author-data": walk_author_data,
    "key": walk_key,
}
