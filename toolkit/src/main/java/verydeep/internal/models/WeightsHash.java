package verydeep.internal.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import verydeep.network.Parameters;
import verydeep.network.Tensor;

/** A hash of all of a network's weights, by which a file recognizes the network it needs. */
final class WeightsHash {

  private static final int CHUNK = 1 << 16;

  private WeightsHash() {}

  /** {@return SHA-256 of the arrays' names and numbers, in hexadecimal} */
  static String of(Parameters parameters) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (String name : parameters.names()) {
      Tensor tensor = parameters.get(name);
      digest.update((name + tensor.sizes()).getBytes(StandardCharsets.UTF_8));
      FloatBuffer values = tensor.values();
      while (values.hasRemaining()) {
        int count = Math.min(values.remaining(), CHUNK / 4);
        bytes.asFloatBuffer().put(values.slice(values.position(), count));
        values.position(values.position() + count);
        digest.update(bytes.array(), 0, 4 * count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
