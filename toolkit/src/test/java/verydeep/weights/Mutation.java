package verydeep.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Ways to damage a file: bits, bytes, numbers that matter, cuts, repetitions, pieces moved. */
public enum Mutation {
  BIT {
    @Override
    public byte[] apply(byte[] file, int at, SplittableRandom random) {
      file[at] ^= (byte) (1 << random.nextInt(8));
      return file;
    }
  },
  OCTET {
    @Override
    public byte[] apply(byte[] file, int at, SplittableRandom random) {
      file[at] = (byte) random.nextInt();
      return file;
    }
  },
  NUMBER {
    @Override
    public byte[] apply(byte[] file, int at, SplittableRandom random) {
      long[] numbers = {
        0, 1, -1, 7, 255, 65_535, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
      };
      long number = numbers[random.nextInt(numbers.length)];
      byte[] longer = Arrays.copyOf(file, Math.max(8, file.length));
      int from = Math.min(at, longer.length - 8);
      ByteBuffer bytes = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
      switch (random.nextInt(3)) {
        case 0 -> bytes.putShort(from, (short) number);
        case 1 -> bytes.putInt(from, (int) number);
        default -> bytes.putLong(from, number);
      }
      return longer;
    }
  },
  CUT {
    @Override
    public byte[] apply(byte[] file, int at, SplittableRandom random) {
      return Arrays.copyOf(file, at);
    }
  },
  INSERTION {
    @Override
    public byte[] apply(byte[] file, int at, SplittableRandom random) {
      int length = 1 + random.nextInt(64);
      byte[] longer = Arrays.copyOf(file, file.length + length);
      System.arraycopy(file, at, longer, at + length, file.length - at);
      return longer; // the bytes before are there twice
    }
  },
  MOVE {
    @Override
    public byte[] apply(byte[] file, int at, SplittableRandom random) {
      int length = Math.min(1 + random.nextInt(64), file.length - at);
      System.arraycopy(file, random.nextInt(file.length - length + 1), file, at, length);
      return file;
    }
  };

  /** The damaged file: the given array, changed, or another one. */
  public abstract byte[] apply(byte[] file, int at, SplittableRandom random);
}
