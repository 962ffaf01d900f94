"""docs/rules/json.md: one strict reader, for every document."""

import re

from . import Refused

LIMITS = {"jsonDepth": 32, "jsonValues": 500_000}

# How a ZIP file, gzip, DIDs, URLs, PEM and HTML start, in lower case.
OTHERS = (b"pk\x03\x04", b"\x1f\x8b", b"did:", b"https://", b"http://", b"-----begin", b"<")

WHITE = " \t\n\r"
# What goes on like a number is one or nothing: "1." and "01" are no number and something after it.
NUMBER = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?![0-9])(?:\.[0-9]+(?![0-9])|(?!\.))(?:[eE][+-]?[0-9]+(?![0-9])|(?![eE]))")
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Number:
    """A number, as it was written: "Numbers" says which are read at all."""

    def __init__(self, text):
        self.text = text

    def whole(self):
        """The number, or None where it is not only digits or not below 2^64."""
        if re.fullmatch("[0-9]+", self.text) and int(self.text) < 2**64:
            return int(self.text)
        return None


def text_of(data, most_bytes):
    """The bytes as text: size, byte order mark and UTF-8."""
    if len(data) > most_bytes:
        raise Refused("input.too_large")
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused("input.byte_order_mark")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("input.not_utf8") from None


def reported(refused, data):
    """"The first error": what is recognised is reported in place of how it fails."""
    is_replaced = refused.code in ("input.not_utf8", "input.trailing_bytes")
    return Refused("input.malformed") if is_replaced and is_other(data) else refused


def is_other(data):
    """"Strict JSON": something else that is recognised."""
    return data.strip(b" \t\n\r\f").lower().startswith(OTHERS) or is_path(data)


def is_path(data):
    """"Strict JSON": one line that starts as paths do, or ends with an extension and has no space, tab or quotation mark."""
    line = data.strip(b" \t\n\r\f")
    if len(line) > 4096 or b"\n" in line or b"\r" in line:
        return False
    is_absolute = re.match(rb"/[^*/]", line) and len(line) < 43
    starts = re.match(rb"\./|\.\./|~/|[A-Za-z]:[\\/]|\.\\|\.\.\\|\\\\", line)
    ends = re.search(rb"(?i)\.(pem|pub|key|der|crt|cer|txt|jsonl?|zip|php)\Z", line)
    return bool(is_absolute or starts or (ends and not re.search(rb'[ \t"]', line)))


def read(data, most_bytes, limits=LIMITS):
    """The one value of a document. Objects are dicts, numbers are Number."""
    try:
        return Reader(text_of(data, most_bytes), limits).document()
    except Refused as refused:
        raise reported(refused, data) from None


class Reader:
    def __init__(self, text, limits):
        self.text = text
        self.at = 0
        self.values = 0
        self.limits = limits

    def document(self):
        """The one value, and nothing after it."""
        value = self.value(0)
        self.white()
        if self.at < len(self.text):
            raise Refused("input.trailing_bytes")
        return value

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def white(self):
        while self.peek() != "" and self.peek() in WHITE:
            self.at += 1

    def expect(self, token):
        if not self.text.startswith(token, self.at):
            raise Refused("input.malformed")
        self.at += len(token)

    def value(self, depth):
        self.white()
        self.values += 1
        if self.values > self.limits["jsonValues"]:
            raise Refused("input.too_many_values")
        first = self.peek()
        if first == "{":
            return self.object(self.deeper(depth))
        if first == "[":
            return self.array(self.deeper(depth))
        if first == '"':
            return self.string()
        for word, meaning in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        found = NUMBER.match(self.text, self.at)
        if found is None:
            raise Refused("input.malformed")
        self.at = found.end()
        return Number(found.group())

    def deeper(self, depth):
        if depth + 1 > min(self.limits["jsonDepth"], 100):
            raise Refused("input.too_deep")
        return depth + 1

    def array(self, depth):
        self.expect("[")
        elements = []
        self.white()
        if self.peek() == "]":
            self.at += 1
            return elements
        while True:
            elements.append(self.value(depth))
            self.white()
            if self.peek() == "]":
                self.at += 1
                return elements
            self.expect(",")

    def object(self, depth):
        self.expect("{")
        members, is_twice = {}, False
        self.white()
        if self.peek() == "}":
            self.at += 1
            return members
        while True:
            self.white()
            name = self.string()
            is_twice = is_twice or name in members
            self.white()
            self.expect(":")
            members[name] = self.value(depth)
            self.white()
            if self.peek() == "}":
                self.at += 1
                if is_twice:
                    raise Refused("input.duplicate_member")
                return members
            self.expect(",")

    def string(self):
        self.expect('"')
        parts = []
        while True:
            plain = PLAIN.match(self.text, self.at)
            parts.append(plain.group())
            self.at = plain.end()
            if self.peek() == '"':
                self.at += 1
                return "".join(parts)
            self.expect("\\")
            parts.append(self.escape())

    def escape(self):
        letter = self.peek()
        if letter in ESCAPES and letter != "":
            self.at += 1
            return ESCAPES[letter]
        unit = self.unit()
        if 0xDC00 <= unit < 0xE000:
            raise Refused("input.malformed")
        if not 0xD800 <= unit < 0xDC00:
            return chr(unit)
        self.expect("\\")
        low = self.unit()
        if not 0xDC00 <= low < 0xE000:
            raise Refused("input.malformed")
        return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))

    def unit(self):
        digits = re.compile("u([0-9a-fA-F]{4})").match(self.text, self.at)
        if digits is None:
            raise Refused("input.malformed")
        self.at = digits.end()
        return int(digits.group(1), 16)
