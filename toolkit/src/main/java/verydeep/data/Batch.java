package verydeep.data;

import java.nio.FloatBuffer;

/**
 * Some examples, ready for a network. Its buffer is used again once the next batch is asked for.
 *
 * @param size number of examples N, at least 1
 * @param pixels N x 3 x window x window float32 in native byte order, outside the Java heap, from
 *     position 0 to its limit
 * @param labels class of each example, an index into {@link Images#classes()}
 * @param indices which example of the {@link Images} each is
 */
@SuppressWarnings("ArrayRecordComponent") // A batch is a buffer to be read once, not a value.
public record Batch(int size, FloatBuffer pixels, int[] labels, int[] indices) {}
