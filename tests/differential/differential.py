"""Random cases through every verifier: core, the core in PHP, @did-plc/lib and the slow reference of this folder.

    python3 differential.py KIND SEED COUNT [CASE]

Every difference must be of a kind that docs/differences.md explains; differences.py recognises them. The same seed gives the
same cases. With CASE, the number of one, only that one is run, and printed. FEDVERIFY is the command of core.
"""

import base64
import collections
import json
import multiprocessing
import os
import pathlib
import re
import subprocess
import sys

from differences import OF_DID_PLC_LIB, OF_NODE, OF_PHP, TABLES, Pair, kind_of
from outcome import Outcome, of_reference, of_report

HERE = pathlib.Path(__file__).parent
FEDVERIFY = os.environ.get("FEDVERIFY", "fedverify")
STRINGS = ("did", "release", "artifactUrl", "signature", "archiveSignature", "challenge", "author", "slug", "txt")
# Differences beyond these are counted only.
MOST_PRINTED = 20


class Tally:
    def __init__(self):
        self.counts = collections.Counter()
        self.unexplained = []

    def add(self, other):
        self.counts.update(other.counts)
        self.unexplained += other.unexplained


class Lines:
    """A program that answers a line of JSON with one."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, question):
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            raise RuntimeError(f"{self.process.args} failed")


def cases(*arguments):
    """The cases of cases.php, which must come to its end."""
    command = ["php", "-n", str(HERE / "cases.php"), *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    for line in process.stdout:
        yield json.loads(line)
    if process.wait() != 0:
        raise RuntimeError("cases.php failed")


def bytes_of(value):
    """An input of a request, as the reference takes it."""
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value.encode()


def inputs_of(request):
    inputs = {}
    for name, value in request["inputs"].items():
        is_plain = name in STRINGS or not isinstance(value, (str, dict))
        inputs[name] = value if is_plain else bytes_of(value)
    return inputs


class Core:
    """`fedverify run`. What is not UTF-8, and a package, goes by a file."""

    def __init__(self):
        self.scratch = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"fedverify-differential-{os.getpid()}"

    def report(self, request):
        inputs = {}
        for name, value in request["inputs"].items():
            if isinstance(value, dict) or name == "package":
                path = self.scratch.with_suffix(f".{name}")
                path.write_bytes(bytes_of(value))
                value = {"file": str(path)}
            inputs[name] = value
        question = json.dumps(dict(request, inputs=inputs), ensure_ascii=False).encode()
        done = subprocess.run([FEDVERIFY, "run", "-", "--json"], input=question, stdout=subprocess.PIPE, check=False)
        return json.loads(done.stdout)

    def close(self):
        for path in self.scratch.parent.glob(self.scratch.name + ".*"):
            path.unlink()


def lib_outcome(lib, request):
    """@did-plc/lib has no codes and no warnings: a verdict, and the head."""
    answer = lib.ask({"did": request["inputs"]["did"], "log": request["inputs"]["log"]})
    facts = {name: answer[name] for name in ("head", "nullified")} if answer["verdict"] == "verified" else None
    return Outcome(answer["verdict"], facts=facts), answer.get("why")


def node_outcome(node, request):
    """JSON.parse, JSON.stringify and Node's Ed25519. What was signed is compared with what the reference says was."""
    answer = node.ask({"kind": request["kind"], **request["inputs"]})
    facts = None
    if answer["verdict"] == "verified" and request["kind"] == "pfn-plugin":
        facts = json.loads(answer["signed"])
    return Outcome(answer["verdict"], facts=facts), answer.get("why")


# The other verifiers by kind: the script that answers, how it is asked, its differences.
PEERS = {
    "log": ("@did-plc/lib", "did-plc-lib/judge.mjs", lib_outcome, OF_DID_PLC_LIB),
    "pfn": ("Node", "federation-node/judge.mjs", node_outcome, OF_NODE),
}


class Peer:
    """Another verifier of a kind. It is asked in JSON, so of text only."""

    def __init__(self, kind):
        self.name, script, self.outcome, self.differences = PEERS[kind]
        self.lines = Lines("node", str(HERE / script))

    def of(self, request):
        """Its outcome and its reason, or None where it cannot be asked."""
        if any(isinstance(value, dict) for value in request["inputs"].values()):
            return None
        return self.outcome(self.lines, request)


def differs(core, peer):
    """A peer has no codes and no warnings: its verdict counts, and the facts that it has."""
    if core.verdict != peer.verdict:
        return True
    return core.verdict == "verified" and any(core.facts.get(name) != value for name, value in (peer.facts or {}).items())


def compare(case, core_program, peer, tally):
    request, sort = case["request"], case["sort"]
    inputs = inputs_of(request)
    core = of_report(core_program.report(request))
    tally.counts[f"{sort}: {core.code or 'verified'}"] += 1
    tally.counts["cases"] += 1
    tally.counts["verified"] += core.verdict == "verified"

    def note(who, table, other, why=None):
        kind = kind_of(table, Pair(inputs, core, other, why))
        tally.counts[f"{who}: {kind or 'UNEXPLAINED'}"] += 1
        if kind is None:
            tally.unexplained.append(f"case {case['case']} ({sort})\n  core {core}\n  {who} {other} {why or ''}")

    if core.verdict != (case["verdict"] or core.verdict):
        tally.unexplained.append(f"case {case['case']} ({sort})\n  core {core}\n  and not {case['verdict']}")
    php = of_report(case["php"])
    if php != core:
        note("PHP", OF_PHP, php)
    reference = of_reference(request["kind"], inputs, request["limits"] or {})
    if reference != core:
        note("reference", {}, reference)
    answer = peer and peer.of(request)
    if answer:
        tally.counts[f"cases for {peer.name}"] += 1
        if differs(core, answer[0]):
            note(peer.name, peer.differences, *answer)


def run(arguments):
    tally, core, peer = Tally(), Core(), Peer(arguments[0]) if arguments[0] in PEERS else None
    for case in cases(*arguments):
        compare(case, core, peer, tally)
    core.close()
    if peer:
        peer.lines.close()
    return tally


def show(kind, seed, case):
    """One case, in full."""
    core, peer = Core(), Peer(kind) if kind in PEERS else None
    for found in cases(kind, seed, case, case + 1):
        request = found["request"]
        print(json.dumps(request, indent=1, ensure_ascii=False))
        report = core.report(request)
        print("must be", found["verdict"] or "anything")
        print("core", of_report(report), (report["error"] or {}).get("message"))
        print("PHP", of_report(found["php"]))
        print("reference", of_reference(request["kind"], inputs_of(request), request["limits"] or {}))
        if peer:
            print(peer.name, *(peer.of(request) or ["cannot be asked"]))
    core.close()
    if peer:
        peer.lines.close()


def undocumented():
    """Kinds that the page or the classifiers have alone."""
    page = (HERE / "../../docs/differences.md").read_text()
    rows = set(re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE)) - {"kind", "---"}
    return rows ^ {name for table in TABLES for name in table}


def main(kind, seed, count, case=None):
    if case is not None:
        return show(kind, seed, int(case))
    workers = min(os.cpu_count() or 1, 4)
    total = Tally()
    with multiprocessing.Pool(workers) as pool:
        for tally in pool.imap_unordered(run, [(kind, seed, first, count, workers) for first in range(workers)]):
            total.add(tally)
    for unexplained in total.unexplained[:MOST_PRINTED]:
        print(unexplained)
    for name, times in sorted(total.counts.items()):
        print(f"{times:7} {name}")
    for name in sorted(undocumented()):
        total.unexplained.append(name)
        print(f"not in both of docs/differences.md and differences.py: {name}")
    if total.counts["verified"] * 20 < total.counts["cases"]:
        # Where little verifies, most of the rules were never reached.
        total.unexplained.append("verified")
        print("fewer than one in twenty of the cases verified")
    failed = len(total.unexplained)
    print(f"differential, {kind}: seed {seed}, {total.counts['cases'] - failed} passed, {failed} failed")
    return 1 if failed or total.counts["cases"] != int(count) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
