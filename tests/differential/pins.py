"""Months of visits to a directory, honest or lying, by verifiers that remember: core, the core in PHP, the slow reference.

    python3 pins.py SEED COUNT [CASE]

The same seed gives the same histories and visits. Checked at every visit: all three say the same, and keep the same pin; an
honest directory is never refused; and nothing is accepted that did-plc.md, "Pins", forbids.
"""

import collections
import datetime
import json
import random
import sys

from differential import HERE, Core, Lines, cases
from reference import Refused, pin, plc
from reference.moment import instant
from trials import tried

HOUR, DAY = 3600, 86400
GAPS = (1, 60, HOUR, 20 * HOUR, 71 * HOUR, 4 * DAY, 5 * DAY, 30 * DAY)


class History:
    """All that the owner, or a thief, ever did: entries that a directory took in at their times."""

    def __init__(self, did, entries):
        self.did, self.entries = did, entries
        self.times = [instant(entry["createdAt"]) for entry in entries]

    def until(self, time):
        return [entry for entry, then in zip(self.entries, self.times) if then <= time]


def history_of(case):
    """The history of a log that verifies whole; None of others."""
    inputs = case["request"]["inputs"]
    try:
        plc.verify(inputs["did"], inputs["log"].encode())
    except Refused:
        return None
    return History(inputs["did"], json.loads(inputs["log"]))


def served(did, entries, form):
    """The entries as a directory serves them, with the flags that are right for them."""
    lines = "".join(json.dumps(entry) + "\n" for entry in entries)
    nullified = set(plc.verify(did, lines.encode()).nullified)
    flagged = [dict(entry, nullified=entry["cid"] in nullified) for entry in entries]
    if form == "bare":
        return json.dumps([entry["operation"] for entry in flagged if not entry["nullified"]])
    return lines if form == "export" else json.dumps(flagged)


def shifted(entries, seconds):
    """Every createdAt moved by the same time: the log still verifies."""
    moved = []
    for entry in entries:
        time = instant(entry["createdAt"]) + seconds
        whole = int(time // 1)
        date = datetime.datetime.fromtimestamp(whole, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
        moved.append(dict(entry, createdAt=f"{date}.{int((time - whole) * 10**9):09}Z"))
    return moved


class Directory:
    """What is served at a time. A liar holds back what came after some time, for as long as it likes, or moves the times."""

    def __init__(self, history, is_honest, chance):
        self.history, self.is_honest, self.chance = history, is_honest, chance
        self.hidden_after = chance.choice(history.times)
        self.hidden_until = history.times[-1] + chance.choice((0, HOUR, 5 * DAY, 40 * DAY))

    def serve(self, time):
        entries = self.history.until(time)
        form = self.chance.choice(("audit", "audit", "export", "bare"))
        if not self.is_honest:
            if time < self.hidden_until:
                entries = self.history.until(min(time, self.hidden_after))
            if self.chance.random() < 0.2:
                entries = entries[: self.chance.randint(1, len(entries))]
            if self.chance.random() < 0.2:
                entries = shifted(entries, self.chance.choice((-30 * DAY, -HOUR, HOUR, 3 * DAY)))
        return served(self.history.did, entries, form)


class Withholder:
    """Serves no recovery for longer than one may come late, and then the first one, as a thief's directory would."""

    is_honest = False

    def __init__(self, history, recovery):
        self.history = history
        self.before, self.after = history.entries[:recovery], history.entries[: recovery + 1]
        self.start = int(history.times[recovery])
        self.end = self.start + 97 * HOUR

    def serve(self, time):
        return served(self.history.did, self.after if time > self.end else self.before, "audit")


def is_unseen_recovery(identity, code, directory, now):
    """A bare log cannot show the recovery that undid what the pin has: "What a pin refuses"."""
    history = served(directory.history.did, directory.history.until(now), "export").encode()
    return code == "pin.fork" and identity.form == "bare" and bool(plc.verify(directory.history.did, history).nullified)


def forbidden(identity, remembered):
    """Whether the rules of pins forbid this log, said a second time and by itself."""
    state = {operation.cid: operation.nullified for operation in identity.operations}
    # In whole seconds, as a pin has times.
    undone = [operation for operation in identity.operations if operation.nullified]
    recovered = {operation.cid: max(0, operation.recovery.time // 1) for operation in undone}
    for known in remembered["operations"]:
        cid, was_nullified = known["cid"], known["nullified"]
        if cid not in state:
            if identity.form != "bare" or not was_nullified:
                return True
        elif state[cid] and not was_nullified:
            first = min(known["firstSeen"], known.get("createdAt", known["firstSeen"]))
            if remembered["lastVisit"] - first > 96 * HOUR:
                return True
            if "createdAt" in known and recovered[cid] - known["createdAt"] > 72 * HOUR:
                return True
    return False


def of_reference(did, log, remembered, now):
    """Code or None, warnings, and the pin to keep."""
    identity = plc.verify(did, log.encode())
    try:
        kept, warnings = pin.visit(identity, log.encode(), remembered, now)
    except Refused as refused:
        return identity, (refused.code, None, remembered)
    return identity, (None, sorted(identity.warnings | warnings), kept)


def of_report(report):
    if report["verdict"] == "verified":
        return None, sorted(warning["code"] for warning in report["warnings"]), report["pin"]
    return report["error"]["code"], None, report.get("pin")


class Verifiers:
    def __init__(self):
        self.core, self.php = Core(), Lines("php", "-n", str(HERE / "report.php"))

    def close(self):
        self.core.close()
        self.php.close()

    def visit(self, directory, remembered, now, tally):
        """One visit: what is wrong with it or None, and the pin after it."""
        did, log = directory.history.did, directory.serve(now)
        identity, expected = of_reference(did, log, remembered, now)
        inputs = {"did": did, "log": log, "now": now, "remember": True}
        if remembered:
            inputs["pin"] = json.dumps(remembered)
        request = {"kind": "plc-log", "inputs": inputs}
        core = of_report(self.core.report(request))
        php = of_report(self.php.ask(request))
        who = "honest" if directory.is_honest else "lying"
        tally[f"{who}: {core[0] or 'accepted'}{', unwitnessed' if 'pin.nullification.unwitnessed' in (core[1] or ()) else ''}"] += 1
        if not core == php == expected:
            return f"core {core}\n  PHP {php}\n  reference {expected}", core[2]
        if directory.is_honest and core[0] is not None and not is_unseen_recovery(identity, core[0], directory, now):
            return f"a false alarm: {core[0]}", core[2]
        if remembered and core[0] is None and forbidden(identity, remembered):
            return "accepted what the rules forbid", core[2]
        return None, core[2]


def months(history, is_honest, chance, verifiers, tally):
    """What went wrong in the visits to one directory."""
    directory, remembered = Directory(history, is_honest, chance), None
    now = int(history.times[0]) + 1 + chance.choice((0, HOUR, 10 * DAY))
    for number in range(chance.randint(2, 9)):
        fault, remembered = verifiers.visit(directory, remembered, now, tally)
        if fault:
            return [f"{'honest' if is_honest else 'lying'} directory, visit {number}\n  {fault}"]
        now += chance.choice(GAPS)
    return []


def withheld(history, verifiers, tally):
    """What went wrong in the visits to a directory that withholds the first recovery of the history, if there is one."""
    exports = ("".join(json.dumps(entry) + "\n" for entry in history.entries[: end + 1]) for end in range(len(history.entries)))
    undone = (bool(plc.verify(history.did, export.encode()).nullified) for export in exports)
    recovery = next((place for place, has_undone in enumerate(undone) if has_undone), None)
    if recovery is None:
        return []
    directory, remembered = Withholder(history, recovery), None
    for now in (directory.start, directory.end, directory.end + 1):
        fault, remembered = verifiers.visit(directory, remembered, now, tally)
        if fault:
            return [f"a directory that withholds a recovery\n  {fault}"]
    return []


def histories(seed, first, end, step, tally):
    """The cases whose logs verify whole, by their numbers. The others are counted."""
    for case in cases("history", seed, first, end, step):
        history = history_of(case)
        tally["histories" if history else "histories that do not verify"] += 1
        if history:
            yield case["case"], history


def run(arguments):
    seed, tally, faults, verifiers = arguments[0], collections.Counter(), [], Verifiers()
    for case, history in histories(*arguments, tally):
        for is_honest in (True, False):
            chance = random.Random(f"{seed}/{case}/{is_honest}")
            found = months(history, is_honest, chance, verifiers, tally)
            faults += [f"case {case}, {fault}" for fault in found]
        faults += [f"case {case}, {fault}" for fault in withheld(history, verifiers, tally)]
    verifiers.close()
    return tally, faults


def main(seed, count, case=None):
    # Of which more than half of all histories have one that is withheld: so all of these come, whatever the seed.
    wanted = ("honest: accepted", "lying: accepted", "lying: pin.rollback", "lying: pin.nullification_late")
    tally, faults = tried(run, seed, count, case, wanted)
    visits = sum(times for name, times in tally.items() if ":" in name)
    print(f"differential, pins: seed {seed}, {visits - len(faults)} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
