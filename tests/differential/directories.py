"""Several directories, honest or lying, that are asked at once: core, the core in PHP, the slow reference.

    python3 directories.py SEED COUNT [CASE]

The same seed gives the same histories and questions. Checked of every question: all say the same, and honest directories that
serve audit logs or exports never contradict each other. Core is asked as its command offers it: how two logs relate to each other,
and which of several audit logs from servers is the newest.
"""

import collections
import http.server
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading

from differential import FEDVERIFY, HERE, Lines
from pins import DAY, HOUR, histories, served, shifted
from reference import Refused, directories, plc
from trials import tried

LAGS = (0, 0, 0, 1, HOUR, DAY, 30 * DAY)
FORMS = ("audit", "audit", "audit", "export", "bare")
QUESTIONS = 12


class Served:
    """A log as a directory serves it, and what it proves."""

    def __init__(self, did, entries, form):
        self.form, self.log = form, served(did, entries, form)
        self.identity = plc.verify(did, self.log.encode())


def honest(history, chance):
    """All that there was some time ago."""
    now = chance.choice(history.times)
    return history.until(max(history.times[0], now - chance.choice(LAGS)))


def lying(history, chance):
    """Something is cut off, left out, or has another time."""
    entries = honest(history, chance)
    lie = chance.choice(("cut", "leave out", "leave out what was undone", "move one", "move all"))
    place = chance.randrange(len(entries))
    if lie == "cut":
        return entries[: place + 1]
    if lie == "leave out":
        return entries[:place] + entries[place + 1 :]
    if lie == "leave out what was undone":
        lines = "".join(json.dumps(entry) + "\n" for entry in entries)
        undone = set(plc.verify(history.did, lines.encode()).nullified)
        return [entry for entry in entries if entry["cid"] not in undone]
    if lie == "move all":
        return shifted(entries, chance.choice((-DAY, -1, 1, HOUR)))
    return entries[:place] + shifted(entries[place : place + 1], chance.choice((-HOUR, -1, 1, HOUR))) + entries[place + 1 :]


def question(history, chance):
    """Whether all are honest, and what two to four directories serve. A lie whose log does not verify is none."""
    is_honest, logs, count = chance.random() < 0.4, [], chance.randint(2, 4)
    while len(logs) < count:
        entries = (honest if is_honest or chance.random() < 0.5 else lying)(history, chance)
        try:
            logs.append(Served(history.did, entries, chance.choice(FORMS)))
        except Refused:
            pass
    return is_honest, logs


class Server:
    """Directories on this machine, each below a number of its own."""

    def __init__(self):
        answers = self.answers = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                body = answers[self.path]
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def serve(self, did, logs):
        """The URLs of directories that serve these logs."""
        self.answers.clear()
        self.answers.update((f"/{place}/{did}/log/audit", served.log.encode()) for place, served in enumerate(logs))
        return [f"http://127.0.0.1:{self.server.server_port}/{place}" for place in range(len(logs))]


class Verifiers:
    def __init__(self):
        self.php, self.server = Lines("php", "-n", str(HERE / "newest.php")), Server()
        self.scratch = tempfile.TemporaryDirectory()

    def close(self):
        self.php.close()
        self.server.server.shutdown()
        self.scratch.cleanup()

    def command(self, *arguments):
        done = subprocess.run([FEDVERIFY, *arguments, "--json"], stdout=subprocess.PIPE, check=False)
        return json.loads(done.stdout)

    def relation(self, did, pair):
        paths = [pathlib.Path(self.scratch.name) / name for name in ("first", "second")]
        for path, log in zip(paths, pair):
            path.write_text(log.log)
        return self.command("log", "diff", *map(str, paths), "--did", did)["relation"]

    def newest(self, did, logs):
        """The code, or the head, and the places of those that lag."""
        urls = self.server.serve(did, logs)
        report = self.command("log", "show", did, *itertools.chain(*(("--plc-url", url) for url in urls)))
        if report["error"]:
            return report["error"]["code"], None, None
        lags = [warning["message"] for warning in report["warnings"] if warning["code"] == "plc.directory.lag"]
        return None, report["identity"]["head"], [urls.index(message.split('"')[1]) for message in lags]

    def judge(self, did, is_honest, logs, tally):
        """What is wrong with what they say; an empty list where nothing is."""
        identities, faults = [log.identity for log in logs], []

        def same(who, expected, found):
            if expected != found:
                faults.append(f"{who} {found}\n  reference {expected}")

        try:
            expected = (None, *directories.newest(identities))
        except Refused as refused:
            expected = (refused.code, None, None)
        forms = {log.form for log in logs}
        some_bare = ", some bare" if "bare" in forms else ""
        tally[f"{'honest' if is_honest else 'lying'}{some_bare}: {expected[0] or 'a newest'}"] += 1
        php = self.php.ask({"did": did, "logs": [log.log for log in logs]})
        same("PHP", expected, (php["code"], php["newest"], php["lagging"]))
        relation = directories.relation(*identities[:2])
        tally[f"relation, {relation}"] += 1
        same("core, relation", relation, self.relation(did, logs[:2]))
        if forms == {"audit"}:
            head = None if expected[0] else identities[expected[1]].head.cid
            same("core, newest", (expected[0], head, expected[2]), self.newest(did, logs))
            tally["asked of core by servers"] += 1
        if is_honest and "bare" not in forms and expected[0]:
            faults.append(f"a false alarm: {expected[0]}")
        return faults


def run(arguments):
    seed, tally, faults, verifiers = arguments[0], collections.Counter(), [], Verifiers()
    for case, history in histories(*arguments, tally):
        chance = random.Random(f"{seed}/{case}")
        for number in range(QUESTIONS):
            is_honest, logs = question(history, chance)
            tally["questions"] += 1
            found = verifiers.judge(history.did, is_honest, logs, tally)
            faults += [f"case {case}, question {number}\n  {fault}" for fault in found]
    verifiers.close()
    return tally, faults


def main(seed, count, case=None):
    wanted = ["honest: a newest", "lying: a newest", "lying: plc.directory.disagree", "asked of core by servers"]
    wanted += [f"relation, {name}" for name in ("equal", "ahead", "behind", "rewritten", "fork", "unknown")]
    tally, faults = tried(run, seed, count, case, wanted)
    print(f"differential, directories: seed {seed}, {tally['questions'] - len(faults)} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
