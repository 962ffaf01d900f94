"""A slow verifier in plain Python, written from docs/rules alone and never from the sources of core.

Its worth is that independence: where it and core disagree, one of them or a page of docs/rules is wrong. It is a test tool
and nothing else, it takes seconds where core takes milliseconds.
"""


class Refused(Exception):
    """A refusal: the code that the rule names, and the index of the operation that it is about."""

    def __init__(self, code, operation=None):
        super().__init__(code)
        self.code = code
        self.operation = operation
