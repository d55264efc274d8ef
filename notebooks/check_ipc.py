"""A kernel whose server talks over files instead of ports, as Colab's does: it answers, asks for input, and is interrupted.

Run by the notebooks' own Python: notebooks/.venv/bin/python notebooks/check_ipc.py
"""

import queue
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

SECONDS = 120


def output(client, asked):
    """What a cell printed, or the name of its error."""
    printed = ""
    while True:
        message = client.get_iopub_msg(timeout=SECONDS)
        if message["parent_header"].get("msg_id") != asked:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            printed += content["text"]
        elif kind == "error":
            return content["ename"] + printed
        elif kind == "status" and content["execution_state"] == "idle":
            return printed


def main():
    with tempfile.TemporaryDirectory() as folder:
        manager = KernelManager(kernel_name="java", transport="ipc", ip=str(Path(folder) / "kernel"))
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=SECONDS)
            answer = output(client, client.execute('println(Vgg.of(D).build().label() + " answers");'))
            assert answer == "D answers\n", answer
            asked = client.execute('println("heard " + new Scanner(System.in).nextLine());')
            try:
                client.get_stdin_msg(timeout=SECONDS)
            except queue.Empty:
                sys.exit("the kernel did not ask for input")
            client.input("the answer")
            answer = output(client, asked)
            assert answer == "heard the answer\n", answer
            asked = client.execute('Thread.sleep(100_000); println("slept");')
            time.sleep(3)
            manager.interrupt_kernel()
            answer = output(client, asked)
            assert "slept" not in answer, answer
            assert client.is_alive(), "the heartbeat has stopped"
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    print("a kernel over ipc answers, asks, and is interrupted")


if __name__ == "__main__":
    main()
