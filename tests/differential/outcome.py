"""What a verifier said of a case, in one form for all of them."""

from reference import Refused, fair, keys, pfn, plc

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


def of_reference(kind, inputs, limits):
    """The slow reference. Inputs are bytes, but for those that the rules call strings."""
    try:
        return REFERENCE[kind](inputs, limits)
    except Refused as refused:
        return Outcome("rejected", refused.code, refused.operation)


def log_facts(report):
    identity = report["identity"]
    names = ("head", "nullified", "tombstoned") + STATE
    return {name: identity.get(name) for name in names}


def log_outcome(inputs, limits):
    identity = plc.verify(inputs["did"], inputs["log"], dict(plc.LIMITS, **limits))
    state = identity.head.state or {"rotationKeys": [], "verificationMethods": {}, "alsoKnownAs": [], "services": {}}
    facts = {"head": identity.head.cid, "nullified": identity.nullified, "tombstoned": identity.tombstoned}
    facts.update({name: state[name] for name in STATE})
    return Outcome("verified", warnings=sorted(identity.warnings), facts=facts)


def package_facts(report):
    package = report.get("package") or {}
    facts = {name: package.get(name) for name in ("keyId", "key")}
    return dict(facts, version=report["release"]["version"])


def package_outcome(inputs, limits):
    who, _, release, signed = fair.verify(inputs, dict(fair.LIMITS, **limits))
    facts = dict(zip(("keyId", "key"), signed or (None, None)), version=release["version"])
    return Outcome("verified", warnings=sorted(who.warnings), facts=facts)


def alias_outcome(inputs, limits):
    who = fair.subject(inputs, dict(fair.LIMITS, **limits))
    return Outcome("verified", warnings=sorted(who.warnings), facts={"alias": fair.alias(who, inputs["txt"])})


def key_outcome(inputs, _limits):
    key = keys.of_any_form(inputs["key"])
    facts = {"type": key.kind, "multibase": key.multibase, "didKey": keys.PREFIX + key.multibase}
    return Outcome("verified", warnings=[], facts=facts)


def plugin_facts(report):
    return {name: value for name, value in report["plugin"].items() if name in ("id", "name", "version", "description")}


def plugin_outcome(inputs, _limits):
    members = {name: value for name, value in pfn.verify_plugin(inputs).items() if value is not None}
    return Outcome("verified", warnings=["pfn.archive.unbound", "pfn.signature.oracle"], facts=members)


def author_facts(report):
    author = report["author"]
    return {"username": author["username"], "plugins": [(plugin["id"], plugin.get("code")) for plugin in author["plugins"]]}


def author_outcome(inputs, _limits):
    username, plugins = pfn.author_data(inputs)
    # In a report a plugin without a slug has its place.
    named = [(slug if isinstance(slug, str) and slug else f"plugins[{i}]", code) for i, (slug, code) in enumerate(plugins)]
    codes = [code for _, code in plugins]
    if "key" in inputs and codes and None not in codes:
        raise Refused(codes[0])
    is_proven = "key" in inputs and None in codes
    is_partial = is_proven and set(codes) != {None}
    warnings = ["pfn.author_data.partial"] * is_partial + ["pfn.signature.oracle"] * is_proven
    return Outcome("verified", warnings=warnings, facts={"username": username, "plugins": named})


def federation_outcome(inputs, _limits):
    return Outcome("verified", warnings=[], facts=pfn.federation_info(inputs))


def asset_outcome(inputs, _limits):
    return Outcome("verified", warnings=[], facts={"assetUrl": pfn.asset_url(inputs)})


def challenge_outcome(inputs, _limits):
    pfn.verify_challenge(inputs)
    return Outcome("verified", warnings=[], facts={})


FACTS = {
    "plc-log": log_facts,
    "fair-metadata": package_facts,
    "fair-package": package_facts,
    "fair-alias": lambda report: {"alias": report.get("alias")},
    "key": lambda report: report["key"],
    "pfn-plugin": plugin_facts,
    "pfn-author-data": author_facts,
    "pfn-federation-info": lambda report: report["federation"],
    "pfn-asset-url": lambda report: {"assetUrl": report["assetUrl"]},
    "pfn-challenge": lambda report: {},
}
REFERENCE = {
    "plc-log": log_outcome,
    "fair-metadata": package_outcome,
    "fair-package": package_outcome,
    "fair-alias": alias_outcome,
    "key": key_outcome,
    "pfn-plugin": plugin_outcome,
    "pfn-author-data": author_outcome,
    "pfn-federation-info": federation_outcome,
    "pfn-asset-url": asset_outcome,
    "pfn-challenge": challenge_outcome,
}
