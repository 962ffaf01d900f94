"""docs/rules/keys.md: did:key, multibase and multicodec."""

from functools import lru_cache

from . import Refused
from .curves import P256, SECP256K1, ecdsa_verifies, ed_is_small, ed_point, ed_verifies
from .encoding import base58, is_base58

PREFIX = "did:key:"
CODECS = {0xED: "Ed25519", 0xE7: "secp256k1", 0x1200: "P-256"}
CURVES = {"secp256k1": SECP256K1, "P-256": P256}
MOST_CHARACTERS = 256


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

    def ecdsa(self, digest, r, s):
        return ecdsa_verifies(CURVES[self.kind], self.point, digest, r, s)

    def ed25519(self, message, signature):
        return ed_verifies(self.data, message, signature)


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
