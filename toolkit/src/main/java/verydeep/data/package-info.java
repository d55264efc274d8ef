/**
 * Images to batches (sections 3.1 and 3.2).
 *
 * <p>{@link verydeep.data.Images} are labeled files, {@link verydeep.data.RgbImage} one decoded
 * image, {@link verydeep.data.Batches} what a network eats: decoded, rescaled, cropped, flipped,
 * color-shifted and preprocessed ahead on other threads, in an order and with random draws that
 * depend on the seed alone.
 *
 * <p>{@link verydeep.data.BoxedImages} are images with boxes around the objects in them (appendix
 * A), {@link verydeep.localization.CropFrame} the way of a box into a crop and back.
 *
 * <p>Pixels are what Pillow gives for {@code Image.open(file).convert("RGB")}, turned as EXIF says,
 * and sizes are changed as {@code Image.resize(size, BILINEAR)} does, bit for bit: published
 * numbers come from there.
 */
package verydeep.data;
