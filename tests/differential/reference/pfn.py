"""docs/rules/pfn.md: signed metadata and ownership challenges. Without archives."""

import json

from . import Refused
from .curves import ed_verifies
from .encoding import base64_either
from .keys import publisher_key
from .strict_json import read

MOST_RECORD = 1 << 20
MOST_CHALLENGE = 1024
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def check_signature(key, message, text):
    signature = base64_either(text)
    if signature is None or len(signature) != 64:
        raise Refused("pfn.signature.encoding")
    if not ed_verifies(key, message, signature):
        raise Refused("pfn.signature.invalid")


def verify_plugin(inputs):
    """The signed members by their signed names."""
    key = publisher_key(inputs["key"].decode())
    record = read(inputs["plugin"], MOST_RECORD)
    if not isinstance(record, dict):
        raise Refused("input.wrong_type")
    members = signed_members(record)
    if not isinstance(record.get("signature"), (str, type(None))):
        raise Refused("pfn.plugin.malformed")
    signature = inputs.get("signature", record.get("signature"))
    if signature is None:
        raise Refused("pfn.signature.missing")
    check_signature(key, stringify(members).encode(), signature)
    return members


def signed_members(record):
    members = {}
    for name, sources in (
        ("id", ("slug", "id")),
        ("name", ("name",)),
        ("version", ("version",)),
        ("description", ("short_description", "description")),
    ):
        source = next((source for source in sources if source in record), None)
        if source is not None:
            if not isinstance(record[source], (str, type(None))):
                raise Refused("pfn.plugin.not_text")
            members[name] = record[source]
        if name == "id" and not members.get(name):
            raise Refused("pfn.plugin.malformed")
    return members


def stringify(members):
    """"Signed metadata": what JSON.stringify writes of strings and nulls."""
    return "{" + ",".join(f'"{name}":{quoted(value)}' for name, value in members.items()) + "}"


def quoted(value):
    if value is None:
        return "null"
    escaped = [ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value]
    return '"' + "".join(escaped) + '"'


def verify_challenge(inputs):
    key = publisher_key(inputs["key"].decode())
    challenge = inputs["challenge"]
    if not 1 <= len(challenge.encode()) <= MOST_CHALLENGE:
        raise Refused("pfn.challenge.malformed")
    if is_object(challenge):
        raise Refused("pfn.challenge.ambiguous")
    check_signature(key, challenge.encode(), inputs["signature"])


def is_object(text):
    """"Ambiguous challenges": by the grammar alone."""

    def no_constant(word):
        raise ValueError(word)

    try:
        # Numbers are not read: Python refuses those of thousands of digits.
        return isinstance(json.loads(text, parse_constant=no_constant, parse_int=str, parse_float=str), dict)
    except ValueError:
        return False
