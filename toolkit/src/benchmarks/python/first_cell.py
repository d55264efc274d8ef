"""A notebook kernel from its start to its first result: python first_cell.py KERNEL CODE

KERNEL is one of the environment of this Python, CODE a cell. What the cell prints is printed.
"""

import sys

from jupyter_client import KernelManager


def show(message):
    if message["msg_type"] == "stream":
        print(message["content"]["text"], flush=True)
    elif message["msg_type"] == "error":
        print("\n".join(message["content"]["traceback"]), file=sys.stderr)


def main(kernel, code):
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=180)
    client.execute_interactive(code, output_hook=show)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
