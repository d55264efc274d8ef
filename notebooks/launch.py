"""Starts the kernel's JVM: launch.py [--no-fork] ROOT CONNECTION_FILE COMMAND ...

It changes to ROOT, so that cells see the paths that scripts see. Without --no-fork it becomes the JVM, which then gets the
signal of an interrupt; a child takes away the JVM's line that the Vector API incubates and, where the server talks over files
instead of ports (transport "ipc", as on Colab), which the kernel cannot, passes the messages on.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

INCUBATOR = b"WARNING: Using incubator modules: "
CHANNELS = ["shell", "control", "stdin", "hb", "iopub"]


def free_ports(count):
    """Ports that nobody listens on; all are held until the last is found, so that they differ."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def over_ports(connection):
    """The same connection over ports of this machine."""
    return {**connection, "transport": "tcp", "ip": "127.0.0.1"} | {
        f"{channel}_port": port for channel, port in zip(CHANNELS, free_ports(len(CHANNELS)), strict=True)
    }


def pass_messages(outside, inside):
    """Passes messages between the server's files and the kernel's ports until the process ends."""
    import threading

    import zmq

    context = zmq.Context()
    for channel in CHANNELS:
        heard = channel == "iopub"  # published by the kernel, and subscribed to; all else is asked and answered
        front = context.socket(zmq.XPUB if heard else zmq.ROUTER)
        back = context.socket(zmq.XSUB if heard else zmq.DEALER)
        # The kernel asks for input by the identity that the question before came from, whatever the channel.
        back.identity = b"verydeep"
        front.bind(f"ipc://{outside['ip']}-{outside[channel + '_port']}")
        back.connect(f"tcp://127.0.0.1:{inside[channel + '_port']}")
        threading.Thread(target=zmq.proxy, args=(front, back), daemon=True).start()


def child(read, outside, inside):
    """Lives as long as the JVM, whose standard error it passes on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if outside["transport"] == "ipc":
        pass_messages(outside, inside)
    for line in os.fdopen(read, "rb", buffering=0):
        if not line.startswith(INCUBATOR):
            os.write(2, line)
    os._exit(0)


def main(arguments):
    forks = arguments[0] != "--no-fork"
    root, file, *command = arguments if forks else arguments[1:]
    os.chdir(root)
    if not forks:
        sys.exit(subprocess.run([*command, file]).returncode)
    # A server that a script started in the background ignores the interrupt, and so would all that it starts.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    outside = inside = json.loads(Path(file).read_text())
    if outside["transport"] == "ipc":
        inside = over_ports(outside)
        file += ".ports"
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as ports:
            json.dump(inside, ports)
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(write)
        child(read, outside, inside)
    os.close(read)
    os.dup2(write, 2)
    os.close(write)
    os.execv(command[0], [*command, file])


if __name__ == "__main__":
    main(sys.argv[1:])
