"""docs/rules/did-plc.md, from the log to the identity."""

import hashlib
import re

from . import Refused, keys
from .encoding import base32, base64url, cbor, cid
from .moment import instant
from .strict_json import LIMITS as JSON_LIMITS
from .strict_json import WHITE, Number, Reader, read, reported

LIMITS = dict(
    JSON_LIMITS,
    logBytes=8 << 20,
    logOperations=10_000,
    rotationKeys=10,
    operationBytes=750_000,
    verificationMethods=1_000,
    services=1_000,
    alsoKnownAs=1_000,
)
RECOVERY_WINDOW = 72 * 3600
MEMBERS = {
    "plc_operation": ("type", "rotationKeys", "verificationMethods", "alsoKnownAs", "services", "prev", "sig"),
    "plc_tombstone": ("type", "prev", "sig"),
    "create": ("type", "signingKey", "recoveryKey", "handle", "service", "prev", "sig"),
}


class Operation:
    """One operation of the log: what it says, and what the walk finds out about it."""

    def __init__(self, members, state):
        self.members = members
        self.state = state  # None of a tombstone
        unsigned = {name: value for name, value in members.items() if name != "sig"}
        self.signed_bytes = cbor(unsigned)
        self.bytes = cbor(members)
        self.cid = cid(self.bytes)
        self.entry = None
        self.time = None
        self.signer = None
        self.latest_child = None
        self.nullified = False
        self.recovery = None  # what nullified it

    @property
    def prev(self):
        return self.members["prev"]

    @property
    def is_genesis(self):
        return self.members["type"] != "plc_tombstone" and self.prev is None

    @property
    def rotation_keys(self):
        return self.state["rotationKeys"] if self.state else []


class Identity:
    def __init__(self, did, form, operations):
        self.did, self.form, self.operations = did, form, operations
        self.head = [operation for operation in operations if not operation.nullified][-1]
        self.warnings = set()

    @property
    def nullified(self):
        return [operation.cid for operation in self.operations if operation.nullified]

    @property
    def tombstoned(self):
        return self.head.state is None


# ---- The log as text


def verify(did, log, limits=LIMITS):
    """The identity that a log proves."""
    check_did(did)
    form, elements = entries(log, did, limits)
    if not elements:
        raise Refused("plc.log.empty")
    if len(elements) > limits["logOperations"]:
        raise Refused("plc.log.too_long")
    operations = [in_operation(i, parse, element, form, limits) for i, element in enumerate(elements)]
    if form != "bare":
        for i, operation in enumerate(operations):
            if operation.entry["did"] != did:
                raise Refused("plc.did_mismatch", i)
        for i, operation in enumerate(operations):
            if operation.entry["cid"] != operation.cid:
                raise Refused("plc.cid.mismatch", i)
    in_operation(0, check_genesis, did, operations[0])
    walk(form, operations)
    if form == "audit":
        for i, operation in enumerate(operations):
            if operation.nullified != operation.entry["nullified"]:
                raise Refused("plc.nullified_flag", i)
    identity = Identity(did, form, operations)
    identity.warnings = warnings(identity)
    return identity


def in_operation(index, function, *arguments):
    try:
        return function(*arguments)
    except Refused as refused:
        raise Refused(refused.code, index) from None


def check_did(did):
    """"The DID": of this method, or of another."""
    if not did.startswith("did:plc:"):
        raise Refused("did.unsupported" if re.fullmatch("did:[a-z0-9]+:[A-Za-z0-9._:%-]+", did) else "did.invalid")
    if not re.fullmatch("did:plc:[a-z2-7]{24}", did):
        raise Refused("did.invalid")


def entries(log, did, limits):
    """The form of the log, and its elements. An export starts with a brace, the others are arrays."""
    if log.lstrip(WHITE.encode()).startswith(b"{"):
        return "export", export(log, did, limits)
    document = read(log, limits["logBytes"], limits)
    if not isinstance(document, list):
        raise Refused("input.wrong_type")
    is_audit = bool(document) and isinstance(document[0], dict) and "operation" in document[0]
    return ("audit" if is_audit else "bare"), document


def export(log, did, limits):
    """The entries of this identity, line by line. A repetition, byte for byte, is dropped."""
    if is_another_object(log, limits):
        raise Refused("input.wrong_type")
    if len(log) > limits["logBytes"]:
        raise Refused("input.too_large")
    seen, found, values = set(), [], 0
    for line in log.split(b"\n"):
        if line.strip(WHITE.encode()) == b"":
            continue
        entry, values = read_line(line, values, limits)
        if not isinstance(entry, dict) or "operation" not in entry:
            raise Refused("input.wrong_type")
        if not isinstance(entry.get("did"), str):
            raise Refused("plc.entry.malformed")
        if entry["did"] == did and line not in seen:
            seen.add(line)
            found.append(entry)
    return found


def is_another_object(log, limits):
    """One object over several lines that is no entry: a server's message, or an operation alone."""
    try:
        document = read(log, limits["logBytes"], limits)
    except Refused:
        return False
    return isinstance(document, dict) and "operation" not in document


def read_line(line, values, limits):
    """A line's value, and how many there were so far: the lines are one document to the bounds."""
    try:
        reader = Reader(line.decode(), limits)
        reader.values = values
        return reader.document(), reader.values
    except UnicodeDecodeError:
        raise reported(Refused("input.not_utf8"), line) from None
    except Refused as refused:
        raise reported(refused, line) from None


# ---- Entries and operations


def parse(element, form, limits):
    if not isinstance(element, dict):
        raise Refused("plc.entry.malformed")
    if form == "bare":
        if "operation" in element or "type" not in element:
            raise Refused("plc.entry.malformed")
        return parse_operation(element, limits)
    check_entry(element, form)
    time = instant(element["createdAt"])
    if time is None:
        raise Refused("plc.timestamp.malformed")
    operation = parse_operation(element["operation"], limits)
    operation.entry, operation.time = element, time
    return operation


def check_entry(element, form):
    types = {"did": str, "cid": str, "createdAt": str, "operation": dict}
    is_numbered = form == "export" and "nullified" not in element
    if is_numbered:
        if element.get("type") != "sequenced_op":
            raise Refused("plc.entry.malformed")
        if not isinstance(element.get("seq"), Number) or element["seq"].whole() is None:
            raise Refused("plc.entry.malformed")
    else:
        types["nullified"] = bool
    for name, type_ in types.items():
        if not isinstance(element.get(name), type_):
            raise Refused("plc.entry.malformed")


def parse_operation(members, limits):
    """Members in the order of the table under "Operations", each whole; then those that do not belong."""
    kind = members.get("type")
    if not isinstance(kind, str) or kind not in MEMBERS:
        raise Refused("plc.operation.malformed")
    for name in MEMBERS[kind]:
        if name not in members:
            raise Refused("plc.operation.malformed")
        READERS[name](kind, name, members[name], limits)
    if any(name not in MEMBERS[kind] for name in members):
        raise Refused("plc.operation.unknown_field")
    operation = Operation(members, state_of(kind, members))
    if len(operation.bytes) > limits["operationBytes"]:
        raise Refused("plc.operation.too_large")
    return operation


def check_string(_kind, _name, value, _limits):
    if not isinstance(value, str):
        raise Refused("plc.operation.malformed")


def check_signing_key(_kind, _name, value, _limits):
    """Of a legacy genesis: it means a verification method."""
    if not isinstance(value, str) or not keys.is_did_key_form(value):
        raise Refused("plc.operation.malformed")


def check_strings(_kind, name, value, limits):
    if not isinstance(value, list) or not all(isinstance(element, str) for element in value):
        raise Refused("plc.operation.malformed")
    if len(value) > limits[name]:
        is_keys = name == "rotationKeys"
        raise Refused("plc.operation.too_many_rotation_keys" if is_keys else "plc.operation.too_many_members")


def check_methods(_kind, name, value, limits):
    if not isinstance(value, dict):
        raise Refused("plc.operation.malformed")
    for method in value.values():
        check_signing_key(None, name, method, limits)
    check_count(name, value, limits)


def check_services(_kind, name, value, limits):
    if not isinstance(value, dict):
        raise Refused("plc.operation.malformed")
    for service in value.values():
        check_service(service)
    check_count(name, value, limits)


def check_count(name, value, limits):
    if len(value) > limits[name]:
        raise Refused("plc.operation.too_many_members")


def check_prev(kind, _name, value, _limits):
    allowed = {"plc_operation": (str, type(None)), "plc_tombstone": (str,), "create": (type(None),)}[kind]
    if not isinstance(value, allowed):
        raise Refused("plc.operation.malformed")


def check_sig(_kind, _name, value, _limits):
    if not isinstance(value, str):
        raise Refused("plc.operation.malformed")
    signature = base64url(value)
    if signature is None or len(signature) != 64:
        raise Refused("plc.signature.encoding")


READERS = {
    "type": check_string,
    "rotationKeys": check_strings,
    "verificationMethods": check_methods,
    "alsoKnownAs": check_strings,
    "services": check_services,
    "signingKey": check_signing_key,
    "recoveryKey": check_string,
    "handle": check_string,
    "service": check_string,
    "prev": check_prev,
    "sig": check_sig,
}


def state_of(kind, members):
    """What an operation sets; None of a tombstone. "Legacy genesis" says what a create means."""
    if kind == "plc_tombstone":
        return None
    if kind == "plc_operation":
        return {name: members[name] for name in ("rotationKeys", "verificationMethods", "alsoKnownAs", "services")}
    handle, service = members["handle"], members["service"]
    if not handle.startswith("at://"):
        handle = "at://" + handle.replace("http://", "", 1).replace("https://", "", 1)
    if not service.startswith(("http://", "https://")):
        service = "https://" + service
    return {
        "rotationKeys": [members["recoveryKey"], members["signingKey"]],
        "verificationMethods": {"atproto": members["signingKey"]},
        "alsoKnownAs": [handle],
        "services": {"atproto_pds": {"type": "AtprotoPersonalDataServer", "endpoint": service}},
    }


def check_service(service):
    if not isinstance(service, dict):
        raise Refused("plc.operation.malformed")
    if not isinstance(service.get("type"), str) or not isinstance(service.get("endpoint"), str):
        raise Refused("plc.operation.malformed")
    if any(name not in ("type", "endpoint") for name in service):
        raise Refused("plc.operation.unknown_field")


# ---- The walk


def check_genesis(did, genesis):
    """"Genesis"."""
    if not genesis.is_genesis:
        raise Refused("plc.genesis.invalid")
    derived = "did:plc:" + base32(hashlib.sha256(genesis.bytes).digest())[:24]
    if derived != did:
        raise Refused("plc.did_mismatch")
    genesis.signer = signer(genesis, genesis.rotation_keys)


def signer(operation, rotation_keys):
    """The place of the key that signed: "Signatures" and "Rotation keys before the signer"."""
    signature = base64url(operation.members["sig"])
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    digest = hashlib.sha256(operation.signed_bytes).digest()
    is_flipped = False
    for place, text in enumerate(rotation_keys):
        try:
            key = keys.did_key(text)
        except Refused:
            raise Refused("plc.rotation_key.invalid") from None
        if key.kind == "Ed25519":
            raise Refused("plc.rotation_key.invalid")
        if key.ecdsa(digest, r, s):
            if s <= key.half_order:
                return place
            is_flipped = True
    raise Refused("plc.signature.high_s" if is_flipped else "plc.signature.invalid")


def walk(form, operations):
    """"Chain" and "Recovery", operation by operation."""
    by_cid = {operations[0].cid: operations[0]}
    head = operations[0]
    for i, operation in enumerate(operations[1:], 1):
        in_operation(i, step, form, by_cid, head, operation)
        by_cid[operation.cid] = operation
        head = operation


def step(form, by_cid, head, operation):
    if operation.is_genesis:
        raise Refused("plc.genesis.repeated")
    prev = by_cid.get(operation.prev)
    if prev is None or (form == "bare" and prev is not head):
        raise Refused("plc.prev.mismatch")
    if prev.nullified:
        raise Refused("plc.prev.nullified")
    if prev.state is None:
        raise Refused("plc.tombstoned")
    # A recovery's prev is not the head; both must be later than what is in force.
    if form != "bare" and operation.time <= head.time:
        raise Refused("plc.timestamp.order")
    child = prev.latest_child
    if child is not None and operation.time > child.time + RECOVERY_WINDOW:
        raise Refused("plc.nullification.late")
    operation.signer = signer(operation, prev.rotation_keys)
    if child is not None:
        recover(child, operation)
    prev.latest_child = operation


def recover(child, operation):
    """"Recovery": the signer has a lower place than that of what it undoes."""
    if operation.signer >= child.signer:
        raise Refused("plc.nullification.authority")
    while child is not None:
        child.nullified = True
        child.recovery = operation
        child = child.latest_child


# ---- Warnings


def warnings(identity):
    found = set()
    for operation in identity.operations:
        state = operation.state
        if operation.entry is not None and set(operation.entry) - known_members(identity.form, operation.entry):
            found.add("plc.entry.unknown_member")
        if len(operation.bytes) > 7500:
            found.add("plc.operation.oversized")
        if state is None:
            continue
        if not state["rotationKeys"]:
            found.add("plc.rotation_keys.empty")
        if len(set(state["rotationKeys"])) < len(state["rotationKeys"]):
            found.add("plc.rotation_keys.duplicate")
        if len(state["verificationMethods"]) > 10:
            found.add("plc.verification_methods.many")
    if any(is_unusable(key) for key in identity.head.rotation_keys):
        found.add("plc.rotation_key.unusable")
    if identity.head.state is None:
        found.add("plc.deactivated")
    if identity.form == "bare":
        found.add("plc.log.bare")
    return found


def known_members(form, entry):
    known = {"did", "operation", "cid", "nullified", "createdAt"}
    if form == "export" and entry.get("type") == "sequenced_op":
        known |= {"type", "seq"}
    return known


def is_unusable(text):
    try:
        return keys.did_key(text).kind == "Ed25519"
    except Refused:
        return True
