package verydeep.internal.cpu;

import java.util.ArrayList;
import java.util.List;
import verydeep.network.MapShape;

/** Memory for numbered maps, which grows to the largest that was asked for. */
final class MapStores {

  private final List<float[]> stores = new ArrayList<>();

  /**
   * Returns maps in a store; they hold whatever was there.
   *
   * @param store the number of the store
   * @param images the number of images
   * @param shape the shape of one image's map
   * @param pixel the channels of a plane
   */
  Maps maps(int store, int images, MapShape shape, int pixel) {
    while (stores.size() <= store) {
      stores.add(new float[0]);
    }
    int size =
        Math.addExact(
            Math.multiplyExact(images, Maps.size(shape, pixel)),
            GemmKernel.FIRST + ImageKernel.PAST);
    if (stores.get(store).length < size) {
      stores.set(store, new float[0]); // lets the old one be collected first
      stores.set(store, new float[size]);
    }
    return new Maps(stores.get(store), GemmKernel.FIRST, images, shape, pixel);
  }
}
