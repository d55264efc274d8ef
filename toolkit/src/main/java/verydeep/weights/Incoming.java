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
 * The body of a server's answer, piece by piece as it comes. Waiting for the next one ends after
 * some time, and at an interrupt; one piece at a time is asked for, so that none pile up.
 */
final class Incoming implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {

  /** Bytes; none of them are the end, and a failure is one before its time. */
  private record Piece(List<ByteBuffer> bytes, Throwable failure) {}

  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.Subscription subscription;

  static Incoming from(Flow.Publisher<List<ByteBuffer>> body) {
    Incoming incoming = new Incoming();
    body.subscribe(incoming);
    return incoming;
  }

  /**
   * The next bytes.
   *
   * @return none at the end
   * @throws HttpTimeoutException if nothing comes for so long
   * @throws IOException if the server breaks off
   */
  List<ByteBuffer> next(Duration timeout) throws IOException, InterruptedException {
    Piece piece = pieces.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (piece == null) {
      throw new HttpTimeoutException("the server sends nothing for " + timeout.toMillis() + " ms");
    }
    if (piece.failure() != null) {
      throw new IOException("breaks off: " + piece.failure().getMessage(), piece.failure());
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

  /** Wants no more: the connection is closed. */
  @Override
  public void close() {
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
