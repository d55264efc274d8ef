"""Writes kernel.json of the virtual environment's kernel `java`, and JupyterLab's answers to its own questions.

Called as kernel.py [--no-fork] JAVA JVM_OPTIONS CLASS_PATH.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KERNEL = Path(sys.prefix) / "share/jupyter/kernels/java"

arguments = sys.argv[1:]
forks = "--no-fork" not in arguments
java, options, class_path = [argument for argument in arguments if argument != "--no-fork"]
startup = ROOT / "notebooks/startup.jsh"
if not startup.exists():
    sys.exit(f"{startup} is missing")  # the kernel would ignore that in silence

spec = {
    # The kernel's own launcher would take whatever `java` the PATH has. Cells see the paths that scripts see: those
    # from the repository's root. The toolkit is on the JVM's own class path, so one class loader holds all.
    "argv": [sys.executable, str(ROOT / "notebooks/launch.py")]
    # Windows cannot fork, and cannot send a JVM the signal of an interrupt either.
    + ([] if forks else ["--no-fork"])
    + [str(ROOT), "{connection_file}"]
    + [java, *options.split()]
    + [f"-Djava.util.logging.config.file={ROOT / 'notebooks/logging.properties'}"]
    + ["--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED"]
    + ["-cp", f"{KERNEL / 'jjava.jar'}{os.pathsep}{class_path}", "org.dflib.jjava.distro.JJava"],
    "display_name": "Java",
    "language": "java",
    "interrupt_mode": "signal" if forks else "message",
    # The toolkit's extension of the kernel imports its packages.
    "env": {"JJAVA_STARTUP_SCRIPTS_PATH": str(startup)},
}
# At its first start JupyterLab would ask whether it may fetch news.
settings = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def write(target, content):
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(json.dumps(content, indent=2))
    part.replace(target)


write(KERNEL / "kernel.json", spec)
write(Path(sys.prefix) / "share/jupyter/lab/settings/overrides.json", settings)
