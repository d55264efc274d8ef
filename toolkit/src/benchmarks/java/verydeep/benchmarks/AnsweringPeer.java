package verydeep.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A peer in Python that serves on a port of this machine, a connection for each client: a line with
 * the path of an image asks, a line with the number of its class answers.
 */
final class AnsweringPeer implements Answering {

  private final Peer peer;
  private final int port;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Connection> connections = ThreadLocal.withInitial(this::connect);

  private record Connection(Socket socket, BufferedReader answers) {}

  AnsweringPeer(String contestant, Path weights) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    peer = Peer.start(contestant, "latency", contestant, weights, port);
  }

  private Connection connect() {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      sockets.add(socket);
      return new Connection(
          socket,
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int answer(Path image) {
    try {
      Connection connection = connections.get();
      connection.socket().getOutputStream().write((image + "\n").getBytes(StandardCharsets.UTF_8));
      return Integer.parseInt(connection.answers().readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String versions() {
    return peer.versions();
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    peer.close();
  }
}
