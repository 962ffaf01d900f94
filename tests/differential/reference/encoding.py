"""Base32, base58btc, base64 and DAG-CBOR: keys.md, "Base64" and "Multibase and multicodec"; did-plc.md, "Bytes and CID"."""

import base64
import hashlib
import re

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
URL = re.compile("[A-Za-z0-9_-]*")
STANDARD = re.compile("[A-Za-z0-9+/]*")


def base32(data):
    return base64.b32encode(data).decode().rstrip("=").lower()


def is_base58(text):
    return all(character in BASE58 for character in text)


def base58(text):
    """The bytes, or None: each leading 1 is a zero byte."""
    number = 0
    for character in text:
        if character not in BASE58:
            return None
        number = number * 58 + BASE58.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def to_base58(data):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def base64url(text):
    """base64url without padding, in its one canonical form; None otherwise."""
    if not URL.fullmatch(text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return data if base64.urlsafe_b64encode(data).decode().rstrip("=") == text else None


def base64_either(text):
    """One alphabet of the two, with padding to a multiple of four or without, canonical; None otherwise."""
    bare = text.rstrip("=")
    if len(text) != len(bare) and (len(text) % 4 != 0 or len(text) - len(bare) > 2):
        return None
    if STANDARD.fullmatch(bare):
        bare = bare.replace("+", "-").replace("/", "_")
    return base64url(bare)


def cbor(value):
    """DAG-CBOR of strings, null, arrays and objects: all that an operation can hold."""
    if value is None:
        return b"\xf6"
    if isinstance(value, str):
        data = value.encode()
        return head(3, len(data)) + data
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(element) for element in value)
    return head(5, len(value)) + b"".join(cbor(name) + cbor(value[name]) for name in key_order(value))


def key_order(names):
    """Shorter names first, then bytewise, in UTF-8."""
    return sorted(names, key=lambda name: (len(name.encode()), name.encode()))


def head(major, length):
    if length < 24:
        return bytes([major << 5 | length])
    for form, size in ((24, 1), (25, 2), (26, 4)):
        if length < 256**size:
            return bytes([major << 5 | form]) + length.to_bytes(size, "big")
    raise ValueError("no operation is as long")


def cid(data):
    return "b" + base32(b"\x01\x71\x12\x20" + hashlib.sha256(data).digest())
