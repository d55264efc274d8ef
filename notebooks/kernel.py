"""Writes kernel.json of the virtual environment's kernel `java`: kernel.py JAVA JVM_OPTIONS CLASS_PATH."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KERNEL = Path(sys.prefix) / "share/jupyter/kernels/java"

# A server that a script started in the background ignores the interrupt, and so would all that it starts.
# Another process takes away the JVM's line that the Vector API incubates, and passes on what comes behind it.
START = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.chdir(sys.argv[1])
read, write = os.pipe()
if os.fork() == 0:
    os.close(write)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in os.fdopen(read, "rb", buffering=0):
        if not line.startswith(b"WARNING: Using incubator modules: "):
            os.write(2, line)
    os._exit(0)
os.close(read)
os.dup2(write, 2)
os.close(write)
os.execv(sys.argv[2], sys.argv[2:])
"""

java, options, class_path = sys.argv[1:]
startup = [ROOT / "jshell-scripts/startup/imports.jsh", ROOT / "notebooks/startup.jsh"]
for file in startup:
    if not file.exists():
        sys.exit(f"{file} is missing")  # the kernel would ignore that in silence

spec = {
    # The kernel's own launcher would take whatever `java` the PATH has. Cells see the paths that scripts see: those
    # from the repository's root. The toolkit is on the JVM's own class path, so one class loader holds all.
    "argv": [sys.executable, "-c", START, str(ROOT)]
    + [java, *options.split()]
    + [f"-Djava.util.logging.config.file={ROOT / 'notebooks/logging.properties'}"]
    + ["--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED"]
    + ["-cp", f"{KERNEL / 'jjava.jar'}:{class_path}", "org.dflib.jjava.distro.JJava", "{connection_file}"],
    "display_name": "Java",
    "language": "java",
    "interrupt_mode": "signal",
    "env": {"JJAVA_STARTUP_SCRIPTS_PATH": ":".join(map(str, startup))},
}
target = KERNEL / "kernel.json"
part = target.with_suffix(".part")
part.write_text(json.dumps(spec, indent=2))
part.replace(target)
