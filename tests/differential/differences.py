"""The kinds of differences between verifiers that docs/differences.md explains. What none of these recognises fails the test.

A kind is recognised by what both said, not by the input alone, so that no other difference hides behind it.
"""

import json
import re

from reference import Refused, keys, plc
from reference.encoding import base64url


class Pair:
    """What core said of a log, and what another verifier says of the same."""

    def __init__(self, inputs, core, other, why=None):
        self.inputs, self.core, self.other, self.why = inputs, core, other, why or ""

    def operations(self):
        """The operations of a log that JSON readers can read, as they are written."""
        found = [element.get("operation", element) for element in self.elements()]
        return [operation for operation in found if isinstance(operation, dict)]

    def elements(self):
        try:
            _, elements = plc.entries(self.inputs["log"], self.inputs["did"], plc.LIMITS)
        except Refused:
            return []
        return [element for element in elements if isinstance(element, dict)]

    def plugin_id(self):
        record = json.loads(self.inputs["plugin"])
        return record["slug"] if "slug" in record else record.get("id")

    def rotation_keys(self):
        for operation in self.operations():
            for key in operation.get("rotationKeys") or [operation.get("recoveryKey"), operation.get("signingKey")]:
                yield key

    def methods(self):
        for operation in self.operations():
            methods = operation.get("verificationMethods")
            yield from (methods.values() if isinstance(methods, dict) else [operation.get("signingKey")])


def lets_in(*codes, has=lambda pair: True):
    """The other one verifies what core refuses with one of the codes, and the log has what the code is about."""
    return lambda pair: pair.other.verdict == "verified" and pair.core.code in codes and has(pair)


def refuses(why, has):
    """The other one refuses with such an error what core verifies, or refuses for another reason; and the log has it."""
    return lambda pair: pair.core.verdict == "verified" and pair.why.startswith(why) and has(pair)


def is_unusable(key):
    try:
        return keys.did_key(key).kind == "Ed25519"
    except (Refused, AttributeError):
        return True


def other_key(pair):
    return any(is_unusable(key) for key in list(pair.methods()) + list(pair.rotation_keys()))


def many_keys(pair):
    return any(len(operation.get("rotationKeys", [])) > 5 for operation in pair.operations())


def no_keys(pair):
    return any(operation.get("rotationKeys") == [] for operation in pair.operations())


def is_bare(pair):
    return any("sig" in operation and "operation" not in operation for operation in pair.elements())


def method_without_form(pair):
    return is_bare(pair) and not all(keys.is_did_key_form(str(method)) for method in pair.methods())


def malformed(pair):
    """An operation of an audit log that lacks something. The replay never looks at its form."""
    for operation in [] if is_bare(pair) else pair.operations():
        try:
            plc.parse_operation(operation, plc.LIMITS)
        except Refused as refused:
            return refused.code == "plc.operation.malformed"
    return False


def padded(pair):
    return any(str(operation.get("sig")).endswith("=") for operation in pair.operations())


def is_der(pair):
    signatures = [base64url(str(operation.get("sig"))) or b"" for operation in pair.operations()]
    return any(signature[:1] == b"\x30" and len(signature) > 66 for signature in signatures)


def has_lone_surrogate(pair):
    """JSON but for a surrogate: Python's own reader takes those, as JSON.parse does."""
    data = pair.inputs.get("log") or pair.inputs["plugin"]
    is_export = "log" in pair.inputs and data.lstrip().startswith(b"{")
    try:
        values = [json.loads(text) for text in (data.split(b"\n") if is_export else [data]) if text.strip()]
    except ValueError:
        return False
    return re.search("[\ud800-\udfff]", json.dumps(values, ensure_ascii=False)) is not None


def finer_than_milliseconds(pair):
    return any(re.search(r"\.[0-9]{4,}", str(element.get("createdAt"))) for element in pair.elements())


def respelled_prev(pair):
    return any(str(operation.get("prev"))[:1] in ("B", "z") for operation in pair.operations())


# Names are those of docs/differences.md, in its order.
OF_DID_PLC_LIB = {
    "a false entry": lets_in(
        "plc.entry.malformed", "plc.did_mismatch", "plc.cid.mismatch", "plc.timestamp.malformed", "plc.nullified_flag"
    ),
    "times out of order": lets_in("plc.timestamp.order"),
    "less than a millisecond late": lets_in("plc.nullification.late", has=finer_than_milliseconds),
    "an unknown member": lets_in("plc.operation.unknown_field"),
    "a member twice": lets_in("input.duplicate_member"),
    "a padded signature": lets_in("plc.signature.encoding", has=padded),
    "a DER signature": lets_in("plc.signature.encoding", has=is_der),
    "a high-S signature": lets_in("plc.signature.high_s"),
    "a lone surrogate": lets_in("input.malformed", has=has_lone_surrogate),
    "a respelled CID": lets_in("plc.prev.mismatch", has=respelled_prev),
    "a malformed operation": lets_in("plc.operation.malformed", has=malformed),
    "another verification method": lets_in("plc.operation.malformed", has=method_without_form),
    "more rotation keys than any directory took": lets_in("plc.operation.too_many_rotation_keys", has=is_bare),
    "keys of other types": refuses("UnsupportedKeyError", other_key),
    "many rotation keys": refuses("ImproperOperationError: Improperly formatted operation, too many", many_keys),
    "no rotation keys": refuses("ImproperOperationError: Improperly formatted operation, need at least", no_keys),
}

OF_PHP = {
    "PHP cannot tell": lambda pair: pair.other.verdict == "undetermined"
    and pair.other.code in ("api.unsupported", "io.memory"),
}


def holds(pair, type_):
    """The record has a signed member of such a type."""
    record = json.loads(pair.inputs["plugin"])
    return any(isinstance(record.get(name), type_) for name in SIGNED)


SIGNED = ("slug", "id", "name", "version", "short_description", "description")

OF_NODE = {
    "a member twice": lets_in("input.duplicate_member"),
    "a lone surrogate": lets_in("input.malformed", has=has_lone_surrogate),
    "no id": lets_in("pfn.plugin.malformed", has=lambda pair: not pair.plugin_id()),
    "an empty or long challenge": lets_in("pfn.challenge.malformed"),
    "another spelling of a signature": lets_in("pfn.signature.encoding"),
    "a signed number or list": lets_in("pfn.plugin.not_text", has=lambda pair: holds(pair, (bool, int, float, list, dict))),
}

TABLES = (OF_DID_PLC_LIB, OF_NODE, OF_PHP)


def kind_of(table, pair):
    """The name of the kind, or None."""
    return next((name for name, recognises in table.items() if recognises(pair)), None)
