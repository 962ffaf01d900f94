"""docs/rules/keys.md, "ECDSA" and "Ed25519": curve arithmetic on Python's integers. Slow, and verifies only."""

import hashlib
from functools import lru_cache


class Curve:
    """A short Weierstrass curve y^2 = x^3 + ax + b of prime order. Points are (x, y), or None at infinity."""

    def __init__(self, p, a, b, order, base):
        self.p, self.a, self.b, self.order, self.base = p, a, b, order, base

    def point(self, compressed):
        """The point of 33 bytes (SEC 1, 2.3.4), or None."""
        if len(compressed) != 33 or compressed[0] not in (2, 3):
            return None
        x = int.from_bytes(compressed[1:], "big")
        if x >= self.p:
            return None
        square = (x**3 + self.a * x + self.b) % self.p
        # Both primes are 3 modulo 4.
        y = pow(square, (self.p + 1) // 4, self.p)
        if y * y % self.p != square:
            return None
        return (x, y if y % 2 == compressed[0] % 2 else self.p - y)

    def verifies(self, public, digest, r, s):
        """FIPS 186-5, 6.4.2, over 32 bytes of a digest."""
        if not (1 <= r < self.order and 1 <= s < self.order):
            return False
        inverse = pow(s, -1, self.order)
        z = int.from_bytes(digest[:32], "big")
        x = self.x_of_sum(z * inverse % self.order, r * inverse % self.order, public)
        return x is not None and x % self.order == r

    def x_of_sum(self, u, v, point):
        """The x coordinate of u times the base and v times the point, or None at infinity: both from the highest bit on."""
        # In Jacobian coordinates (x / z^2, y / z^3), so that only the end divides.
        base, other = (*self.base, 1), (*point, 1)
        both = self.add(base, other)
        sum_ = None
        for bit in range(max(u.bit_length(), v.bit_length()) - 1, -1, -1):
            sum_ = self.double(sum_)
            term = (None, base, other, both)[(u >> bit & 1) + 2 * (v >> bit & 1)]
            sum_ = self.add(sum_, term)
        if sum_ is None:
            return None
        return sum_[0] * pow(sum_[2], -2, self.p) % self.p

    def double(self, point):
        if point is None or point[1] == 0:
            return None
        x, y, z = point
        p = self.p
        yy = y * y % p
        s = 4 * x * yy % p
        m = (3 * x * x + self.a * pow(z, 4, p)) % p
        x3 = (m * m - 2 * s) % p
        return (x3, (m * (s - x3) - 8 * yy * yy) % p, 2 * y * z % p)

    def add(self, one, two):
        if one is None or two is None:
            return two if one is None else one
        p = self.p
        (x1, y1, z1), (x2, y2, z2) = one, two
        zz1, zz2 = z1 * z1 % p, z2 * z2 % p
        u1, u2 = x1 * zz2 % p, x2 * zz1 % p
        s1, s2 = y1 * z2 * zz2 % p, y2 * z1 * zz1 % p
        if u1 == u2:
            return self.double(one) if s1 == s2 else None
        h, r = u2 - u1, s2 - s1
        hh = h * h % p
        hhh = h * hh % p
        v = u1 * hh % p
        x3 = (r * r - hhh - 2 * v) % p
        return (x3, (r * (v - x3) - s1 * hhh) % p, h * z1 * z2 % p)


SECP256K1 = Curve(
    p=2**256 - 2**32 - 977,
    a=0,
    b=7,
    order=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    base=(
        0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
        0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
    ),
)

P256 = Curve(
    p=2**256 - 2**224 + 2**192 + 2**96 - 1,
    a=-3,
    b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    order=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    base=(
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
)


@lru_cache(maxsize=200_000)
def ecdsa_verifies(curve, public, digest, r, s):
    """The same operations come again in changed logs, so what was computed is kept."""
    return curve.verifies(public, digest, r, s)


# Ed25519: -x^2 + y^2 = 1 + dx^2y^2 over 2^255 - 19. Points are (x, y).
ED_P = 2**255 - 19
ED_ORDER = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P


def ed_add(one, two):
    """In extended coordinates (RFC 8032, 5.1.4): complete, so it doubles too."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, two
    a = (y1 - x1) * (y2 - x2) % ED_P
    b = (y1 + x1) * (y2 + x2) % ED_P
    c = 2 * t1 * t2 * ED_D % ED_P
    d = 2 * z1 * z2 % ED_P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P)


def ed_extended(point):
    x, y = point
    return (x, y, 1, x * y % ED_P)


def ed_multiply(scalar, point):
    product = (0, 1, 1, 0)
    for bit in range(scalar.bit_length() - 1, -1, -1):
        product = ed_add(product, product)
        if scalar >> bit & 1:
            product = ed_add(product, point)
    return product


def ed_same(one, two):
    return (one[0] * two[2] - two[0] * one[2]) % ED_P == 0 and (one[1] * two[2] - two[1] * one[2]) % ED_P == 0


def ed_point(encoded):
    """The point of 32 bytes in its one canonical encoding (RFC 8032, 5.1.3), or None."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if len(encoded) != 32 or y >= ED_P:
        return None
    square = (y * y - 1) * pow(ED_D * y * y + 1, -1, ED_P) % ED_P
    x = pow(square, (ED_P + 3) // 8, ED_P)
    if x * x % ED_P != square:
        x = x * pow(2, (ED_P - 1) // 4, ED_P) % ED_P
    if x * x % ED_P != square or (x == 0 and sign == 1):
        return None
    return (x if x % 2 == sign else ED_P - x, y)


def ed_is_small(point):
    return ed_same(ed_multiply(8, ed_extended(point)), (0, 1, 1, 0))


ED_BASE = ed_point((4 * pow(5, -1, ED_P) % ED_P).to_bytes(32, "little"))


@lru_cache(maxsize=50_000)
def ed_verifies(public, message, signature):
    """keys.md, "Ed25519": canonical S, no small order of key or R, the equation without the cofactor."""
    point, r = ed_point(public), ed_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or point is None or ed_is_small(point) or r is None or ed_is_small(r) or s >= ED_ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ED_ORDER
    right = ed_add(ed_extended(r), ed_multiply(k, ed_extended(point)))
    return ed_same(ed_multiply(s, ed_extended(ED_BASE)), right)
