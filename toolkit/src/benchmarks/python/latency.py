"""Serves D's answers on a port: python latency.py CONTESTANT WEIGHTS PORT

Each client has a connection, and each connection a thread: a line with the path of an image in, a line with the number of
its class out. Decoding and arithmetic hold no lock of Python's, so that several answers can be on their way.
"""

import socketserver
import sys
import threading

import torch

import peer
from cold_start import network, read
from testing import onnx


def of_pytorch(net, layout):
    net = net.to(memory_format=layout)

    @torch.inference_mode()
    def answer(pixels):
        return int(net(pixels.contiguous(memory_format=layout)).argmax(1))

    return answer, f"PyTorch {torch.__version__}"


def of_onnx_runtime(net):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = peer.threads()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    with torch.inference_mode():
        file = onnx(net, torch.zeros(1, 3, 224, 224))
    session = onnxruntime.InferenceSession(file, options, ["CPUExecutionProvider"])
    name = session.get_inputs()[0].name

    def answer(pixels):
        return int(session.run(None, {name: pixels.numpy()})[0].argmax(1)[0])

    return answer, f"ONNX Runtime {onnxruntime.__version__}"


def main(contestant, weights, port):
    torch.set_num_threads(peer.threads())
    net = network(weights)
    if contestant == "ONNX Runtime":
        answer, versions = of_onnx_runtime(net)
    elif contestant == "PyTorch, channels-last":
        answer, versions = of_pytorch(net, torch.channels_last)
    else:
        answer, versions = of_pytorch(net, torch.contiguous_format)

    class Client(socketserver.StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self):
            for line in self.rfile:
                found = answer(read(line.decode().rstrip("\n"))[None])
                self.wfile.write(b"%d\n" % found)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", int(port)), Client)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    peer.serve(lambda: None, versions)


if __name__ == "__main__":
    main(*sys.argv[1:])
