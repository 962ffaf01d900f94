"""docs/rules/did-plc.md, "Several directories" and "Two logs"."""

from . import Refused

RECOVERY_WINDOW = 72 * 3600


def newest(identities):
    """The place of the newest, and the places of those that lag."""
    whole = [identity for identity in identities if identity.form != "bare"]
    if whole:
        those_that_continue_all(whole)
    candidates = those_that_continue_all(identities)
    # The first of those with the most operations, and one that is not bare before one that is.
    found = max(candidates, key=lambda identity: (len(identity.operations), identity.form != "bare"))
    lagging = [place for place, other in enumerate(identities) if other.head.cid != found.head.cid]
    return next(place for place, other in enumerate(identities) if other is found), lagging


def those_that_continue_all(identities):
    found = [one for one in identities if all(continues(one, other) for other in identities)]
    if not found:
        raise Refused("plc.directory.disagree")
    return found


def relation(first, second):
    """How the second relates to the first."""
    if any(differ for _, _, differ in shared(first, second)):
        return "rewritten"
    is_later, is_earlier = continues(second, first), continues(first, second)
    if is_later or is_earlier:
        return "equal" if is_later and is_earlier else "ahead" if is_later else "behind"
    may_have = (second.form == "bare" and may_have_undone(second, first)) or (
        first.form == "bare" and may_have_undone(first, second)
    )
    return "unknown" if may_have else "fork"


def continues(later, earlier):
    if any(differ for _, _, differ in shared(later, earlier)):
        return False
    if later.form == "bare":
        return starts_with(cids(in_force(later)), cids(in_force(earlier)))
    if earlier.form == "bare":
        heads = [i for i, operation in enumerate(later.operations) if operation.cid == earlier.head.cid]
        return any(cids(in_force_when(later, i)) == cids(earlier.operations) for i in heads)
    return starts_with(cids(later.operations), cids(earlier.operations))


def shared(one, other):
    """Operations that both have, and whether their times differ. A bare log has no times."""
    by_cid = {operation.cid: operation for operation in other.operations}
    for operation in one.operations:
        same = by_cid.get(operation.cid)
        if same is not None:
            yield operation, same, None not in (operation.time, same.time) and operation.time != same.time


def may_have_undone(bare, other):
    """What a bare log has instead of operations of another one can have undone them."""
    for undone, by in zip(in_force(other), in_force(bare)):
        if undone.cid != by.cid:
            end = other.operations[-1].time
            is_late = other.form != "bare" and end - undone.time > RECOVERY_WINDOW
            return by.signer < undone.signer and not is_late
    return False


def in_force(identity):
    return [operation for operation in identity.operations if not operation.nullified]


def in_force_when(identity, head):
    """What was in force when this operation was the head."""
    then = identity.operations[: head + 1]
    return [operation for operation in then if operation.recovery is None or operation.recovery not in then]


def cids(operations):
    return [operation.cid for operation in operations]


def starts_with(whole, start):
    return whole[: len(start)] == start
