"""What a verifier said of a case, in one form for all of them."""

from reference import Refused, plc

STATE = ("rotationKeys", "verificationMethods", "alsoKnownAs", "services")


class Outcome:
    """A verdict with its code, or with what was proven."""

    def __init__(self, verdict, code=None, operation=None, warnings=None, facts=None):
        self.verdict, self.code, self.operation = verdict, code, operation
        self.warnings, self.facts = warnings, facts

    def __eq__(self, other):
        return vars(self) == vars(other)

    def __str__(self):
        if self.verdict != "verified":
            return f"{self.verdict} {self.code} at {self.operation}"
        return f"verified {self.warnings} {self.facts}"


def of_report(report):
    """A report of core, in Rust or PHP."""
    if report["verdict"] == "verified":
        codes = sorted(warning["code"] for warning in report["warnings"])
        return Outcome("verified", warnings=codes, facts=FACTS[report["kind"]](report))
    return Outcome(report["verdict"], report["error"]["code"], report["error"].get("operation"))


def of_reference(kind, inputs):
    """The slow reference. Inputs are bytes, but for those that the rules call strings."""
    try:
        return REFERENCE[kind](inputs)
    except Refused as refused:
        return Outcome("rejected", refused.code, refused.operation)


def log_facts(report):
    identity = report["identity"]
    names = ("head", "nullified", "tombstoned") + STATE
    return {name: identity.get(name) for name in names}


def log_outcome(inputs):
    identity = plc.verify(inputs["did"], inputs["log"])
    state = identity.head.state or {"rotationKeys": [], "verificationMethods": {}, "alsoKnownAs": [], "services": {}}
    facts = {"head": identity.head.cid, "nullified": identity.nullified, "tombstoned": identity.tombstoned}
    facts.update({name: state[name] for name in STATE})
    return Outcome("verified", warnings=sorted(identity.warnings), facts=facts)


FACTS = {"plc-log": log_facts}
REFERENCE = {"plc-log": log_outcome}
