"""A slow verifier in plain Python, written from docs/rules alone and never from the sources of core.

Its worth is that independence: where it and core disagree, one of them or a page of docs/rules is wrong. It is a test tool
and nothing else, it takes seconds where core takes milliseconds.
"""

import sys

# Numbers of versions, ports and fractions of a second may have any number of digits; limits on the bytes of an input bound them.
# Python refuses more than 4,300 since 3.11.
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)


class Refused(Exception):
    """A refusal: the code that the rule names, and the index of the operation that it is about."""

    def __init__(self, code, operation=None):
        super().__init__(code)
        self.code = code
        self.operation = operation
