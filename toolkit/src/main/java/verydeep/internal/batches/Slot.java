package verydeep.internal.batches;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import verydeep.data.RgbImage;
import verydeep.internal.images.Levels;

/** The memory where a batch is assembled: room for its examples, as numbers or as levels. */
interface Slot {

  /** Writes an example; several threads may write at once, each a different example. */
  void write(Example example, RgbImage image, Draw draw, int place);

  /** Returns the first examples written, as a batch. */
  Batch batch(int[] labels, int[] indices, Draw[] draws);

  static Slot allocate(boolean levels, int size, int window) {
    return levels
        ? new LevelSlot(Levels.allocate(size, window * window))
        : new FloatSlot(size, window);
  }

  /** Preprocessed numbers. */
  record FloatSlot(FloatBuffer buffer, int numbers) implements Slot {

    FloatSlot(int size, int window) {
      this(
          ByteBuffer.allocateDirect(12 * size * window * window)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer(),
          3 * window * window);
    }

    @Override
    public void write(Example example, RgbImage image, Draw draw, int place) {
      example.write(image, draw, buffer, place * numbers);
    }

    @Override
    public Batch batch(int[] labels, int[] indices, Draw[] draws) {
      FloatBuffer pixels = buffer.duplicate();
      pixels.clear().limit(numbers * indices.length);
      return new Batch(indices.length, pixels, labels, indices, draws);
    }
  }

  /** Levels and their tables. */
  record LevelSlot(Levels levels) implements Slot {

    @Override
    public void write(Example example, RgbImage image, Draw draw, int place) {
      example.write(image, draw, levels, place);
    }

    @Override
    public Batch batch(int[] labels, int[] indices, Draw[] draws) {
      return new Batch(levels.slice(0, indices.length), labels, indices, draws);
    }
  }
}
