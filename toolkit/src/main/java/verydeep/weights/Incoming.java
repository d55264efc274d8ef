package verydeep.weights;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a server's response, piece by piece as it arrives. Waiting for the next piece ends
 * after a timeout and on an interrupt; pieces are requested one at a time, so that none pile up.
 */
final class Incoming implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {

  /** Some bytes; an empty list marks the end, and a failure a premature end. */
  private record Piece(List<ByteBuffer> bytes, Throwable failure) {}

  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.Subscription subscription;

  static Incoming from(Flow.Publisher<List<ByteBuffer>> body) {
    Incoming incoming = new Incoming();
    body.subscribe(incoming);
    return incoming;
  }

  /**
   * Returns the next bytes.
   *
   * @return the bytes; none at the end
   * @throws HttpTimeoutException if nothing arrives within the timeout
   * @throws IOException if the connection breaks
   */
  List<ByteBuffer> next(Duration timeout) throws IOException, InterruptedException {
    Piece piece = pieces.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (piece == null) {
      throw new HttpTimeoutException("The server sent nothing for " + timeout.toMillis() + " ms.");
    }
    if (piece.failure() != null) {
      throw new IOException(
          "The connection broke: " + piece.failure().getMessage() + ".", piece.failure());
    }
    if (!piece.bytes().isEmpty()) {
      subscription.request(1);
    }
    return piece.bytes();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    pieces.add(new Piece(bytes, null));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(List.of(), failure));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), null));
  }

  /** Closes the connection. */
  @Override
  public void close() {
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
