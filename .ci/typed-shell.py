"""The shell as a newcomer uses it: typed keys in a terminal, TAB, and Ctrl-C in the middle of a training.

Run from anywhere: python3 .ci/typed-shell.py. Ends with 1 and what the terminal showed if something is not as it should be.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROMPT = "jshell> "
CONTROLS = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")  # of the cursor and its colors
TRAINING = (
    "var run = Training.of(Vgg.of(A).classes(10).width(1.0 / 16).input(64).build(), "
    'Images.folder("datasets/clothing/train").take(100, 1).split(0.8, 1)).'
    "recipe(Recipe.paper().batch(16).epochs(100_000)).scale(jittered(64, 96)).run()"
)


class Terminal:
    def __init__(self, *command):
        self.raw, self.shown = b"", ""
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "40"})
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

    def type(self, keys):
        os.write(self.master, keys.encode())

    def wait_for(self, pattern, seconds, after=0):
        """What the terminal showed up to the pattern, from a place on."""
        end = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.shown[after:])
            if found:
                return self.shown[after : after + found.end()]
            if time.monotonic() > end:
                self.fail(f"waited {seconds} s for {pattern!r}")
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.raw += os.read(self.master, 65536)
                    self.shown = CONTROLS.sub(b"", self.raw).decode(errors="replace")
                except OSError:
                    self.fail(f"the shell has ended; waited for {pattern!r}")

    def enter(self, line, pattern, seconds=60):
        """Types a line and waits for what comes of it."""
        after = len(self.shown)
        self.type(line + "\r")
        return self.wait_for(pattern, seconds, after)

    def fail(self, why):
        print(self.shown[-3000:])
        self.end()
        sys.exit(why)

    def end(self):
        os.kill(self.process, signal.SIGKILL)  # harmless if it has ended: nobody has waited for it yet
        os.waitpid(self.process, 0)


def main():
    shell = Terminal("jshell-scripts/shell")
    shell.wait_for(PROMPT, 180)

    after = len(shell.shown)
    shell.type("Training.\t")
    shell.wait_for(r"from\([\s\S]*of\(", 60, after)
    shell.type("\x15")  # takes the line away

    after = len(shell.shown)
    shell.type(TRAINING + "\r")
    shell.wait_for(r"epoch +\d+", 120, after)
    time.sleep(3)
    shell.type("\x03")
    shell.wait_for(r"run ==> [\s\S]*" + PROMPT, 60, after)
    shell.enter("run.epochs().isEmpty()", r"==> false")
    shell.enter("run.stopReason()", r"==> because it was interrupted")
    shell.enter("/exit", r"Goodbye")
    shell.end()
    print("the shell completes, and Ctrl-C keeps what was trained")


if __name__ == "__main__":
    main()
