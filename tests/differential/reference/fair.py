"""docs/rules/fair.md: from an identity to the bytes of a package. Without pins."""

import hashlib
import re

from . import Refused, keys, plc
from .encoding import base64url, is_base58, key_order
from .moment import instant
from .strict_json import read

LIMITS = dict(plc.LIMITS, metadataBytes=8 << 20, recordBytes=1 << 20, versionBytes=128, signingKeys=64, packageArtifacts=64)
REPOSITORY = "FairPackageManagementRepo"
CONTEXT = "https://fair.pm/ns/metadata/v1"
TYPES = ("wp-plugin", "wp-theme", "wp-core", "typo3-extension")


class Subject:
    """What a package rests on: the state of a did:plc or of a did:web."""

    def __init__(self, did, methods, services, aliases, warnings):
        self.did, self.methods, self.services, self.aliases = did, methods, services, aliases
        self.warnings = set(warnings)
        self.identity = None


# ---- Identities


def subject(inputs, limits):
    did = inputs["did"]
    if did.startswith("did:web:"):
        check_web_did(did)
        if "document" not in inputs:
            raise Refused("did.unsupported")
        return web_subject(did, inputs, limits)
    if "log" not in inputs:
        plc.check_did(did)
        raise Refused("did.unsupported")
    identity = plc.verify(did, inputs["log"], limits)
    if identity.tombstoned:
        found = Subject(did, None, None, None, identity.warnings)
    else:
        state = identity.head.state
        methods = [(name, state["verificationMethods"][name]) for name in key_order(state["verificationMethods"])]
        services = [state["services"][name] for name in key_order(state["services"])]
        services = [(service["type"], service["endpoint"]) for service in services]
        found = Subject(did, methods, services, state["alsoKnownAs"], identity.warnings)
    found.identity = identity
    return found


def check_web_did(did):
    """A host in lower case, a port, segments: "did:web documents"."""
    host, *segments = did[len("did:web:") :].split(":")
    found = re.fullmatch("([^%]*)(?:%3A([1-9][0-9]{0,4}))?", host)
    is_web = found and is_host(found[1]) and found[1] == found[1].lower() and int(found[2] or 1) <= 65535
    of_segment = re.compile("[A-Za-z0-9_.-]+")
    if not is_web or any(not of_segment.fullmatch(part) or part in (".", "..") for part in segments):
        raise Refused("did.invalid")


def web_subject(did, inputs, limits):
    """"did:web documents"."""
    document = read(inputs["document"], limits["recordBytes"], limits)
    if not isinstance(document, dict):
        raise Refused("input.wrong_type")
    if not isinstance(document.get("id"), str):
        raise Refused("did.document.malformed")
    if document["id"] != did:
        raise Refused("did.document.id_mismatch")
    methods, services, aliases = [], [], document.get("alsoKnownAs", [])
    for id_, method in of_this(did, document, "verificationMethod"):
        multibase = method.get("publicKeyMultibase")
        is_key = method.get("type") == "Multikey" and isinstance(multibase, str) and is_listed(multibase)
        if is_key and not is_over(method, inputs["now"]):
            methods.append((id_, "did:key:" + multibase))
    for _, service in of_this(did, document, "service"):
        if isinstance(service.get("type"), str):
            services.append((service["type"], service.get("serviceEndpoint")))
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise Refused("did.document.malformed")
    return Subject(did, methods, services, aliases, ())


def is_listed(multibase):
    return len(multibase) > 1 and multibase[0] == "z" and is_base58(multibase[1:])


def of_this(did, document, name):
    """The methods or services whose id is of this DID, by their fragments."""
    elements = document.get(name, [])
    if not isinstance(elements, list):
        raise Refused("did.document.malformed")
    found = []
    for element in elements:
        if not isinstance(element, dict) or not isinstance(element.get("id"), str):
            raise Refused("did.document.malformed")
        whole = did + element["id"] if element["id"].startswith("#") else element["id"]
        if whole.startswith(did + "#"):
            if any(whole == did + "#" + other for other, _ in found):
                raise Refused("did.document.malformed")
            found.append((whole[len(did) + 1 :], element))
    return found


def is_over(method, now):
    """"Revoked and expired keys"."""
    if method.get("revoked") is not None:
        return True
    expires = method.get("expires")
    if expires is None:
        return False
    time = instant(expires) if isinstance(expires, str) else None
    return time is None or time <= now


# ---- The metadata document


def metadata(inputs, limits):
    document = read(inputs["metadata"], limits["metadataBytes"], limits)
    if not isinstance(document, dict):
        raise Refused("input.wrong_type")
    context = document.get("@context")
    first = context[0] if isinstance(context, list) and context else context
    if first != CONTEXT:
        raise Refused("fair.metadata.malformed")
    for name, type_ in (("id", str), ("type", str), ("releases", list)):
        if not isinstance(document.get(name), type_):
            raise Refused("fair.metadata.malformed")
    return document


def check_identity(who, document):
    if document["id"] != who.did:
        raise Refused("fair.metadata.id_mismatch")
    if document["type"] not in TYPES:
        raise Refused("fair.metadata.type_unknown")
    endpoints = [endpoint for type_, endpoint in who.services if type_ == REPOSITORY]
    if not endpoints or not isinstance(endpoints[0], str):
        raise Refused("fair.service.missing")
    if not is_endpoint(endpoints[0]):
        raise Refused("fair.service.invalid")


def is_host(text):
    """pfn.md, "Host names"."""
    labels = text.split(".")
    of_label = re.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
    return len(text) <= 253 and all(of_label.fullmatch(label) for label in labels) and not labels[-1][0].isdigit()


def is_endpoint(text):
    """"Repository endpoint"."""
    found = re.fullmatch(r"(?i:https)://([^/?#:@]*)(?::([0-9]{1,5}))?((?:[/?#].*)?)", text)
    if not found or not re.fullmatch(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*", found[3]):
        return False
    return is_host(found[1]) and (found[2] is None or 1 <= int(found[2]) <= 65535)


def loose_members(document):
    """"Loose members"."""
    found = set()
    authors, license_, security = (document.get(name) for name in ("authors", "license", "security"))
    is_loose = not (isinstance(authors, list) and authors) or not (isinstance(license_, str) and license_)
    if is_loose or not (security is None or isinstance(security, list)):
        found.add("fair.metadata.loose")
    if not any(is_contact(contact) for contact in (security if isinstance(security, list) else [security])):
        found.add("fair.security.missing")
    return found


def is_contact(value):
    if isinstance(value, dict):
        return any(is_contact(value.get(name)) for name in ("url", "email", "uri") if isinstance(value.get(name), str))
    return isinstance(value, str) and value.strip(" \t\n\r\f\v") != ""


# ---- Signing keys


def signing_keys(who, limits):
    """"Signing keys": the usable ones as (id, did:key, Key)."""
    named = [(id_, text) for id_, text in who.methods if id_.startswith("fair")]
    if not named:
        raise Refused("fair.key.missing")
    if len(named) > limits["signingKeys"]:
        raise Refused("fair.too_much_work")
    found = []
    for id_, text in named:
        try:
            found.append((id_, text, keys.did_key(text)))
        except Refused:
            who.warnings.add("fair.key.unusable")
    if not found:
        raise Refused("key.unsupported")
    return found


# ---- Versions and releases


def order(version):
    """The place of a version in "Version order", or None where it has none."""
    form = r"v?([0-9]+(?:\.[0-9]+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
    found = re.fullmatch(form, version)
    if found is None:
        return None
    numbers = [int(number) for number in found[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    if found[2] is None:
        return (numbers, (1,))
    parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in found[2].split(".")]
    return (numbers, (0, parts))


def is_loose_version(version):
    return order(version) is None or version.startswith("v") or len(re.match("[0-9.]*", version)[0].split(".")) > 3


def is_version(version, limits):
    return bool(re.fullmatch("[A-Za-z0-9._+~-]+", version)) and len(version) <= limits["versionBytes"]


def packages(release, limits):
    """The artifacts of type package of a release; None where the release is malformed."""
    if not isinstance(release, dict) or not isinstance(release.get("version"), str):
        return None
    if not is_version(release["version"], limits):
        return None
    artifacts = release.get("artifacts")
    if artifacts == []:
        artifacts = {}
    if not isinstance(artifacts, dict):
        return None
    listed = artifacts.get("package", [])
    return listed if isinstance(listed, list) else [listed]


def choose(who, document, asked, limits):
    """"Releases": the one asked for, or the latest."""
    releases = [(release, packages(release, limits)) for release in document["releases"]]
    named = [pair for pair in releases if asked is not None and version_of(pair[0]) == asked]
    if asked is None:
        ordered = [pair for pair in releases if pair[1] is not None and order(pair[0]["version"]) is not None]
        if not ordered:
            raise Refused("fair.release.missing")
        latest = max(ordered, key=lambda pair: order(pair[0]["version"]))
        named = [pair for pair in releases if version_of(pair[0]) == latest[0]["version"]]
    if not named:
        raise Refused("fair.release.missing")
    if len(named) > 1:
        raise Refused("fair.release.ambiguous")
    release, found = named[0]
    if not is_version(release["version"], limits):
        raise Refused("fair.version.invalid")
    if found is None:
        raise Refused("fair.release.malformed")
    if any(pair[1] is None for pair in releases):
        who.warnings.add("fair.release.unusable")
    if is_loose_version(release["version"]):
        who.warnings.add("fair.version.loose")
    who.warnings |= advisories(document, release)
    return release, found


def version_of(release):
    return release.get("version") if isinstance(release, dict) else None


def advisories(document, release):
    found = set()
    advisory = release.get("advisory")
    if not (advisory is None or advisory is False or advisory in ("", [], {})):
        found.add("fair.release.advisory")
    secure = document.get("latest-security-release")
    places = [order(version) for version in (release["version"], secure) if isinstance(version, str)]
    if len(places) == 2 and None not in places and places[0] < places[1]:
        found.add("fair.release.insecure")
    return found


# ---- The package


class Digests:
    def __init__(self, data):
        self.sha256 = hashlib.sha256(data).digest()
        self.sha384 = hashlib.sha384(data).digest()


def verify_artifact(artifact, digests, signing):
    """The id, the did:key and the kind of the key that signed, and the warnings."""
    text, checksum = claims(artifact)
    if text is None:
        raise Refused("fair.signature.missing")
    warnings = set()
    if checksum is None:
        warnings.add("fair.checksum.absent")
    else:
        check_checksum(checksum, digests)
    signature = base64url(text)
    if signature is None or not any(fits(signature, key) for _, _, key in signing):
        raise Refused("fair.signature.encoding")
    for id_, text, key in signing:
        if is_signed(signature, digests, key):
            if key.kind != "Ed25519":
                warnings.add("fair.signature.legacy")
            return (id_, text, key.kind), warnings
    raise Refused("fair.signature.invalid")


def claims(artifact):
    """Signature and checksum of an artifact that is one: "Artifacts"."""
    if not isinstance(artifact, dict) or not isinstance(artifact.get("url"), str):
        raise Refused("fair.artifact.malformed")
    texts = [artifact.get(name) for name in ("signature", "checksum")]
    if not all(text is None or isinstance(text, str) for text in texts):
        raise Refused("fair.artifact.malformed")
    return texts


def check_checksum(text, digests):
    algorithm, colon, hexadecimal = text.partition(":")
    if colon == "":
        raise Refused("fair.checksum.malformed")
    expected = {"sha256": digests.sha256, "sha384": digests.sha384}.get(algorithm)
    if expected is None:
        raise Refused("fair.checksum.unsupported")
    if not re.fullmatch("[0-9a-fA-F]{%d}" % (2 * len(expected)), hexadecimal):
        raise Refused("fair.checksum.malformed")
    if bytes.fromhex(hexadecimal) != expected:
        raise Refused("fair.checksum.mismatch")


def fits(signature, key):
    return len(signature) == 64 or (key.kind == "P-256" and der(signature) is not None)


def is_signed(signature, digests, key):
    """"Package signatures" and "Truncated digests"."""
    if key.kind == "Ed25519":
        return key.ed25519(digests.sha384, signature)
    zeros = min(len(digests.sha384) - len(digests.sha384.lstrip(b"\0")), 16)
    signed = {digests.sha256, digests.sha384[:32], digests.sha384[zeros : zeros + 32]}
    pairs = [der(signature)] if key.kind == "P-256" else []
    if len(signature) == 64:
        pairs.append((int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")))
    for pair in filter(None, pairs):
        r, s = pair
        if s <= key.half_order and any(key.ecdsa(digest, r, s) for digest in signed):
            return True
    return False


def der(data):
    """r and s, strictly: minimal lengths and integers, nothing after the end; None otherwise."""
    if len(data) < 2 or data[0] != 0x30 or data[1] != len(data) - 2 or data[1] > 127:
        return None
    integers, rest = [], data[2:]
    while rest:
        if len(rest) < 3 or rest[0] != 2 or not 1 <= rest[1] <= len(rest) - 2:
            return None
        integer, rest = rest[2 : 2 + rest[1]], rest[2 + rest[1] :]
        if integer[0] > 127 or (len(integer) > 1 and integer[0] == 0 and integer[1] < 128):
            return None
        integers.append(int.from_bytes(integer, "big"))
    return tuple(integers) if len(integers) == 2 else None


def verify_package(inputs, found, signing, limits):
    """"Several packages of a release"."""
    digests, url = Digests(inputs["package"]), inputs.get("artifactUrl")
    if url is not None:
        found = [artifact for artifact in found if isinstance(artifact, dict) and artifact.get("url") == url]
    if not found:
        raise Refused("fair.artifact.missing")
    if len(found) > limits["packageArtifacts"]:
        raise Refused("fair.artifact.too_many")
    refusals = []
    for artifact in found:
        try:
            return verify_artifact(artifact, digests, signing)
        except Refused as refused:
            refusals.append((0 if is_of(artifact, digests) else 1, len(refusals), refused))
    raise min(refusals, key=lambda refusal: refusal[:2])[2]


def is_of(artifact, digests):
    """Whether the artifact is one, and lists the checksum of these bytes."""
    try:
        signature, checksum = claims(artifact)
        check_checksum(checksum or "", digests)
    except Refused:
        return False
    return signature is not None


# ---- Fresh keys, aliases


def fresh_until(who, did_key, now):
    """"Fresh keys": until when the key can still be undone, or None."""
    if who.identity is None or now is None:
        return None
    line = [operation for operation in who.identity.operations if not operation.nullified]
    ids = [id_ for id_, text in who.methods if text == did_key and id_.startswith("fair")]
    introduced = min(introduction(line, id_) for id_ in ids)
    ends = []
    for operation in line[1 : introduced + 1]:
        time = now if operation.time is None else operation.time // 1
        if operation.signer > 0 and now <= time + plc.RECOVERY_WINDOW:
            ends.append(time + plc.RECOVERY_WINDOW)
    return max(ends, default=None)


def introduction(line, id_):
    """The place of the operation since which the id has the key that it has."""
    place = len(line) - 1
    value = line[place].state["verificationMethods"][id_]
    while place > 0 and line[place - 1].state["verificationMethods"].get(id_) == value:
        place -= 1
    return place


def alias(who, txt):
    """"Domain alias": the one that is confirmed, or None where there is nothing to confirm."""
    claimed = [alias[len("fair://") :] for alias in who.aliases or [] if alias.startswith("fair://")]
    if not claimed:
        return None
    domain = claimed[0][:-1] if claimed[0].endswith("/") else claimed[0]
    is_domain = is_host(domain) and domain == domain.lower() and "." in domain and len("_fairpm." + domain) <= 253
    if len(claimed) > 1 or not is_domain or named_by(txt) != {who.did}:
        raise Refused("fair.alias.mismatch")
    return domain


def named_by(txt):
    """The DIDs that TXT records name, one record a line."""
    records = [unquoted(record) for record in re.split("\r?\n", txt)]
    return {unquoted(record[len("did=") :]) for record in records if record.startswith("did=")}


def unquoted(text):
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def is_confirmed(who, txt):
    try:
        alias(who, txt)
    except Refused:
        return False
    return True


def verify(inputs, limits=LIMITS):
    """The subject, the release, and with bytes what signed them."""
    who = subject(inputs, limits)
    document = metadata(inputs, limits)
    if who.methods is None:
        raise Refused("plc.tombstoned")
    check_identity(who, document)
    signing = signing_keys(who, limits)
    release, found = choose(who, document, inputs.get("release"), limits)
    who.warnings |= loose_members(document)
    signed = None
    if "package" in inputs:
        signed, warnings = verify_package(inputs, found, signing, limits)
        who.warnings |= warnings
        if fresh_until(who, signed[1], inputs.get("now")) is not None:
            if inputs.get("waitRecoveryWindow"):
                raise Refused("fair.key.too_fresh")
            who.warnings.add("fair.key.fresh")
    if "txt" in inputs and not is_confirmed(who, inputs["txt"]):
        who.warnings.add("fair.alias.unconfirmed")
    return who, document, release, signed
