"""Calls every function of the C library with NULL and 0 for everything, and compares the exported symbols with the header.

    exports.py <include/fedverify.h> <libfedverify.so>

NULL is never looked at: functions that can fail return `api.argument`, those that only look return 0, those that free do
nothing. Prints what went wrong; exit status 1 if anything did.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from typing import Dict, List, Tuple

API_ARGUMENT = 901
ABI_VERSION = 4

# What functions return for NULL, where it is something else: versions, the status of an empty challenge, that nothing is wanted
# any more, and how many limits there are.
EXPECTED = {
    "fedverify_abi_version": ABI_VERSION,
    "fedverify_pfn_challenge_check": 613,
    "fedverify_verification_is_decided": True,
}

# Those that tell a string without a handle, of the index 0 too.
TELLING = ("fedverify_version", "fedverify_limits_name")

# Those that make something of defaults alone; all others have nothing to make it of.
MAKING = ("fedverify_limits_new", "fedverify_package_hasher_new", "fedverify_directories_new")


# secp256k1-sys exports what its C calls back. The names hold its version, so that no two of them clash in one program.
FOREIGN = "rustsecp256k1_v"


class Str(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("len", ctypes.c_size_t)]


RESULTS = {
    "fedverify_str": Str,
    "fedverify_status": ctypes.c_int32,
    "void": None,
    "bool": ctypes.c_bool,
    "size_t": ctypes.c_size_t,
    "int32_t": ctypes.c_int32,
    "uint32_t": ctypes.c_uint32,
    "int64_t": ctypes.c_int64,
    "uint64_t": ctypes.c_uint64,
}


def declarations(header: str) -> Dict[str, Tuple[str, List[str]]]:
    """Result and parameters of every function, by its name."""
    code = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    code = re.sub(r"^#.*$", "", code, flags=re.M)
    code = re.sub(r"FEDVERIFY_(API|MUST_USE)\b", "", code)
    found = re.findall(r"([A-Za-z_0-9]+)\s+(\*?)(fedverify_[a-z0-9_]+)\(([^)]*)\);", code)
    return {
        name: (result + star, [p.strip() for p in parameters.split(",") if p.strip() != "void"])
        for result, star, name, parameters in found
    }


def exported(library: str) -> List[str]:
    listing = subprocess.run(["nm", "-D", "--defined-only", library], stdout=subprocess.PIPE, check=True)
    names = [line.split()[-1] for line in listing.stdout.decode().splitlines()]
    return [name for name in names if not name.startswith(FOREIGN)]


def is_pointer(parameter: str) -> bool:
    return "*" in parameter or parameter.startswith("fedverify_reader ")


def call(library: ctypes.CDLL, name: str, result: str, parameters: List[str]) -> List[str]:
    function = getattr(library, name)
    function.restype = ctypes.c_void_p if result.endswith("*") else RESULTS[result]
    function.argtypes = [ctypes.c_void_p if is_pointer(p) else RESULTS[p.split()[0]] for p in parameters]
    answer = function(*[None if is_pointer(p) else 0 for p in parameters])
    if result.endswith("*"):
        makes = name in MAKING
        if makes and answer:
            free = getattr(library, name.replace("_new", "_free"))
            free.argtypes = [ctypes.c_void_p]
            free(answer)
        return [] if bool(answer) == makes else [f"{name}: found {answer}"]
    if any("fedverify_error **" in p for p in parameters):
        expected = EXPECTED.get(name, API_ARGUMENT)
        return [] if answer == expected else [f"{name}: expected {expected}, found {answer}"]
    if result == "fedverify_str":
        says_something = name in TELLING
        return [] if (answer.data is not None) == says_something else [f"{name}: found a string of {answer.len} bytes"]
    expected = EXPECTED.get(name, -1 if result == "int64_t" else 0)
    return [] if answer in (None, expected) else [f"{name}: expected {expected}, found {answer}"]


def main() -> int:
    header_path, library_path = sys.argv[1:]
    with open(header_path, encoding="utf-8") as file:
        header = file.read()
    functions = declarations(header)
    EXPECTED["fedverify_limits_count"] = len(re.findall(r"^#define FEDVERIFY_LIMIT_", header, flags=re.M))
    wrong = [f"exported, but not in the header: {name}" for name in exported(library_path) if name not in functions]
    wrong += [f"in the header, but not exported: {name}" for name in functions if name not in exported(library_path)]
    library = ctypes.CDLL(library_path)
    for name, (result, parameters) in functions.items():
        wrong += call(library, name, result, parameters)
    for line in wrong:
        print(line)
    print(f"exports: {len(functions)} functions, {len(wrong)} failures")
    return 1 if wrong or len(functions) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
