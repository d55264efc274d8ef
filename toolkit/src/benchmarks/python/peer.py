"""The worker's end of verydeep.benchmarks.Peer: one line `step` in, one unit of work, one line out."""

import os
import sys


def threads():
    """How many threads a peer may use: as many as libtorch in the JVM."""
    return int(os.environ["OMP_NUM_THREADS"])


def serve(step, versions):
    """Does `step()` for each line `step`, until the input ends.

    step: does one unit of work and returns when it is done
    versions: of what does the work, such as "PyTorch 2.15.0"
    """
    # What libraries print must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    python = "Python %d.%d.%d" % sys.version_info[:3]
    print(f"ready {versions}, {python}", file=answers, flush=True)
    for line in sys.stdin:
        if line.strip() != "step":
            sys.exit(f"not a request: {line!r}")
        step()
        print("done", file=answers, flush=True)
