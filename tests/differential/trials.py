"""Cases that several processes try, and what they counted and found wrong."""

import collections
import multiprocessing
import os

MOST_PRINTED = 20


def tried(run, seed, count, case, wanted):
    """The tally and the faults of all cases, or of one, printed.

    `run` tries those of (seed, first, end, step), and gives a tally and a list of faults. That nothing of a name that is wanted was
    counted is a fault, too.
    """
    workers = 1 if case else min(os.cpu_count() or 1, 4)
    ranges = [(seed, first, int(count), workers) for first in range(workers)]
    if case:
        ranges = [(seed, int(case), int(case) + 1, 1)]
    tally, faults = collections.Counter(), []
    with multiprocessing.Pool(workers) as pool:
        for counts, found in pool.imap_unordered(run, ranges):
            tally.update(counts)
            faults += found
    for name in wanted:
        if not case and tally[name] == 0:
            faults.append(f"nothing was tested of this: {name}")
    for fault in faults[:MOST_PRINTED]:
        print(fault)
    for name, times in sorted(tally.items()):
        print(f"{times:7} {name}")
    return tally, faults
