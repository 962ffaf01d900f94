"""docs/rules/keys.md: public keys in all their forms."""

import re
from functools import lru_cache

from . import Refused
from .curves import P256, SECP256K1, ecdsa_verifies, ed_is_small, ed_point, ed_verifies
from .encoding import base58, base64_either, is_base58, to_base58

PREFIX = "did:key:"
CODECS = {0xED: "Ed25519", 0xE7: "secp256k1", 0x1200: "P-256"}
CURVES = {"secp256k1": SECP256K1, "P-256": P256}
MOST_CHARACTERS = 256
MOST_BYTES = 1 << 20
WHITE = " \t\n\f\r"
SPKI = bytes.fromhex("302a300506032b6570032100")


class Key:
    """A public key of a type that verifies signatures."""

    def __init__(self, kind, data, point):
        self.kind, self.data, self.point = kind, data, point

    @property
    def half_order(self):
        return CURVES[self.kind].order // 2

    @property
    def order(self):
        return CURVES[self.kind].order

    @property
    def multibase(self):
        prefix = {"Ed25519": b"\xed\x01", "secp256k1": b"\xe7\x01", "P-256": b"\x80\x24"}[self.kind]
        return "z" + to_base58(prefix + self.data)

    def ecdsa(self, digest, r, s):
        return ecdsa_verifies(CURVES[self.kind], self.point, digest, r, s)

    def ed25519(self, message, signature):
        return ed_verifies(self.data, message, signature)


def of_any_form(data):
    """"Forms of a key"."""
    if len(data) > MOST_BYTES:
        raise Refused("input.too_large")
    try:
        text = data.decode().strip(WHITE)
    except UnicodeDecodeError:
        raise Refused("input.not_utf8") from None
    if text.startswith(PREFIX):
        return did_key(text)
    if text.startswith("z") and is_base58(text):
        return multibase(text)
    return Key("Ed25519", publisher_key(text), None)


def publisher_key(text):
    """"PEM and SPKI": the 32 bytes."""
    text = text.strip(WHITE)
    found = re.fullmatch("-----BEGIN PUBLIC KEY-----(.*)-----END PUBLIC KEY-----", text, re.DOTALL)
    if text.startswith("-----BEGIN") and not found:
        raise Refused("pfn.key.invalid")
    data = base64_either(re.sub(f"[{WHITE}]", "", found[1] if found else text)) or b""
    if data.startswith(SPKI) and len(data) == 44:
        data = data[len(SPKI) :]
    elif found or len(data) != 32:
        raise Refused("pfn.key.invalid")
    point = ed_point(data)
    if point is None or ed_is_small(point):
        raise Refused("pfn.key.invalid")
    return data


def is_did_key_form(text):
    """All that a key which is only listed needs: did-plc.md, "Verification methods"."""
    return text.startswith(PREFIX + "z") and len(text) > len(PREFIX) + 1 and is_base58(text[len(PREFIX) + 1 :])


def did_key(text):
    if not text.startswith(PREFIX):
        raise Refused("key.invalid")
    return multibase(text[len(PREFIX) :])


@lru_cache(maxsize=10_000)
def multibase(text):
    if not text.startswith("z") or len(text) > MOST_CHARACTERS:
        raise Refused("key.invalid")
    data = base58(text[1:])
    if data is None:
        raise Refused("key.invalid")
    codec, rest = varint(data)
    kind = CODECS.get(codec)
    if kind is None:
        raise Refused("key.unsupported" if rest else "key.invalid")
    point = ed_point(rest) if kind == "Ed25519" else CURVES[kind].point(rest)
    if point is None or (kind == "Ed25519" and ed_is_small(point)):
        raise Refused("key.invalid")
    return Key(kind, rest, point)


def varint(data):
    """An unsigned varint, minimal and of at most 9 bytes, and what follows it."""
    number = 0
    for i, byte in enumerate(data[:9]):
        number |= (byte & 0x7F) << 7 * i
        if byte < 0x80:
            if byte == 0 and i > 0:
                raise Refused("key.invalid")
            return number, data[i + 1 :]
    raise Refused("key.invalid")
