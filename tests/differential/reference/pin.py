"""docs/rules/did-plc.md, "Pins": what a verifier remembers, what that refuses, and what it keeps. Without releases."""

import hashlib

from . import Refused

SCHEMA = "fedverify/pin/v2"
LATEST_PROOF = 96 * 3600
RECOVERY_WINDOW = 72 * 3600


def visit(identity, log, pin, now):
    """The pin to keep, and the warnings. A refusal keeps the old one."""
    late = compare(identity, pin, now) if pin else False
    return keep(identity, log, pin, now), {"pin.nullification.unwitnessed"} if late else set()


def compare(identity, pin, now):
    """"What a pin refuses" and "Late nullifications": whether something is accepted that was not witnessed."""
    here = {operation.cid: operation for operation in identity.operations}
    known = {operation["cid"] for operation in pin["operations"]}
    is_bare = identity.form == "bare"
    for operation in pin["operations"]:
        if operation["cid"] not in here and not (is_bare and operation["nullified"]):
            raise Refused("pin.fork" if any(cid not in known for cid in here) else "pin.rollback")
    is_unwitnessed = False
    for operation in pin["operations"]:
        if operation["nullified"] or not here[operation["cid"]].nullified:
            continue
        since = min(operation["firstSeen"], operation.get("createdAt", operation["firstSeen"]))
        undone = here[operation["cid"]]
        if pin["lastVisit"] > since + LATEST_PROOF or is_late_by_its_times(operation, undone.recovery):
            raise Refused("pin.nullification_late", identity.operations.index(undone))
        is_unwitnessed = is_unwitnessed or now > since + LATEST_PROOF
    return is_unwitnessed


def is_late_by_its_times(known, recovery):
    """r > c + 72 h."""
    return "createdAt" in known and max(0, int(recovery.time // 1)) > known["createdAt"] + RECOVERY_WINDOW


def keep(identity, log, pin, now):
    """"Pins"."""
    before = {operation["cid"]: operation for operation in pin["operations"]} if pin else {}
    first = before.get(identity.operations[0].cid)
    # "What can still be undone": what a later visit sees is never as old as what the first one saw.
    seen = now + 1 if first and first["firstSeen"] == now else now
    operations = [remembered(operation, before.get(operation.cid), seen) for operation in identity.operations]
    here = {operation["cid"] for operation in operations}
    read = served(log)
    kept = {
        "schema": SCHEMA,
        "did": identity.did,
        "head": identity.head.cid,
        "lastVisit": now,
        "log": {"bytes": len(read), "sha256": hashlib.sha256(read).hexdigest(), "operations": len(operations)},
        "operations": operations + [known for cid, known in before.items() if cid not in here],
        "releases": {},
    }
    return dict(kept, sha256=digest(kept))


def remembered(operation, before, seen):
    kept = {"cid": operation.cid, "signer": operation.signer, "size": len(operation.bytes)}
    kept["firstSeen"] = before["firstSeen"] if before else seen
    if before and "createdAt" in before:
        kept["createdAt"] = before["createdAt"]
    elif operation.time is not None:
        kept["createdAt"] = max(0, int(operation.time // 1))
    kept["nullified"] = operation.nullified
    return kept


def served(log):
    """The text up to the end of its last entry, which is an object."""
    return log[: log.rindex(b"}") + 1]


def digest(pin):
    """"The digest of a pin"."""
    log = pin["log"]
    lines = [pin["schema"], pin["did"], pin["lastVisit"]]
    lines.append(f"{log['bytes']} {log['sha256']} {log['operations']} {len(pin['operations'])}")
    for known in pin["operations"]:
        created, nullified = known.get("createdAt", "-"), str(known["nullified"]).lower()
        lines.append(f"{known['cid']} {known['signer']} {known['size']} {known['firstSeen']} {created} {nullified}")
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
