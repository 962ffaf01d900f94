"""Limits, reports and pins."""

from __future__ import annotations

import ctypes
from typing import Dict, List, Optional, Tuple, Union

from ._library import NO_HANDLE, Handle, Refused, Str, attempt, call, make, tell, uint64

# FEDVERIFY_VERDICT_VERIFIED and those after it.
_VERDICTS = {1: "verified", 2: "rejected", 3: "undetermined"}


class Limits(Handle):
    """How much input may cost: `Limits(packageBytes=1 << 30)`. What is not named has its default."""

    _name = "limits"

    def __init__(self, **limits: int) -> None:
        super().__init__(ctypes.c_void_p(call("limits_new", ctypes.c_void_p)))
        for name, value in limits.items():
            attempt("limits_set", self, name, uint64(value))

    def __getitem__(self, name: str) -> int:
        value: int = tell("limits_get", ctypes.c_uint64(), self, name).value
        return value

    @staticmethod
    def names() -> List[str]:
        """The names of all limits."""
        count: int = call("limits_count", ctypes.c_size_t)
        return [call("limits_name", Str, ctypes.c_size_t(index)).copy() for index in range(count)]

    @staticmethod
    def defaults() -> Dict[str, int]:
        """The limits that hold where none are given."""
        return {name: tell("limits_get", ctypes.c_uint64(), NO_HANDLE, name).value for name in Limits.names()}

    @staticmethod
    def meaning(name: str) -> str:
        """What a limit counts, in one line."""
        meaning: Optional[str] = call("limits_meaning", Str, name).copy()
        if meaning is None:
            raise KeyError(name)
        return meaning


def limits_or_default(limits: Optional[Limits]) -> Union[Limits, ctypes.c_void_p]:
    return limits or NO_HANDLE


class Pin(Handle):
    """What to remember of an identity: keep `json`, and hand it to the next verification."""

    _name = "pin"

    @classmethod
    def parse(cls, json: bytes, limits: Optional[Limits] = None) -> "Pin":
        return cls(make("pin_parse", json, limits_or_default(limits)))

    def merge(self, other: "Pin", limits: Optional[Limits] = None) -> "Pin":
        """What both pins know."""
        return Pin(make("pin_merge", self, other, limits_or_default(limits)))

    def compare(self, other: "Pin") -> int:
        """-1, 0 or 1 where this pin's log is older than, the same as or newer than the other's.

        Of two with the same operations in force, the newer one knows more operations; else it is of the later visit; else the SHA-256
        of its log is the greater.
        """
        order: int = tell("pin_compare", ctypes.c_int32(), self, other).value
        return order

    def __eq__(self, other: object) -> bool:
        is_equal: bool = isinstance(other, Pin) and self._get("equals", ctypes.c_bool, other)
        return is_equal

    def __hash__(self) -> int:
        return hash(self.json)

    @property
    def json(self) -> str:
        return self._str("json")

    @property
    def did(self) -> str:
        return self._str("did")

    @property
    def head(self) -> str:
        return self._str("head")

    @property
    def last_visit(self) -> int:
        return self._uint("last_visit")

    @property
    def highest_version(self) -> Optional[str]:
        return self._optional_str("highest_version")


def pin_of(handle: Handle) -> Optional[Pin]:
    pointer = handle._new("pin")
    return None if pointer is None else Pin(pointer)


class Report(Handle):
    """The account of a verification, as `schema/report.v1.json` describes it."""

    _name = "report"

    @property
    def verified(self) -> bool:
        return self.verdict == "verified"

    @property
    def verdict(self) -> str:
        return _VERDICTS[self._get("verdict", ctypes.c_int32)]

    @property
    def error(self) -> Optional[Refused]:
        """Why it was not verified."""
        try:
            attempt("report_outcome", self)
        except Refused as refused:
            return refused
        return None

    @property
    def trust(self) -> Optional[str]:
        return self._optional_str("trust")

    @property
    def subject(self) -> str:
        """What was verified, in a few words for people."""
        return self._str("subject")

    @property
    def json(self) -> str:
        return self._str("json")

    @property
    def warnings(self) -> List[Tuple[str, str]]:
        """Code and message of every warning."""
        return self._warnings()

    @property
    def pin(self) -> Optional[Pin]:
        """What to keep for the next visit, whatever the verdict."""
        return pin_of(self)

    def not_remembered(self, message: str) -> "Report":
        """The report for where the pin could not be kept: a verdict that is not remembered is undetermined."""
        return Report(make("report_not_remembered", self, message))
