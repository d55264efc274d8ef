/**
 * Images, and what a network is shown of them (sections 3.1 and 3.2).
 *
 * <p>{@link verydeep.data.Images} are labeled files, an {@link verydeep.data.RgbImage} is one
 * decoded image, and {@link verydeep.data.Preprocessing} makes it a network's input. A training
 * decodes, rescales, crops, flips and color-shifts them ahead of time on other threads, in an order
 * and with random draws ({@link verydeep.data.Augmentation}) that depend only on the seed.
 *
 * <p>{@link verydeep.data.BoxedImages} are images with boxes around the objects in them (appendix
 * A), and {@link verydeep.localization.CropFrame} maps a box into a crop and back.
 *
 * <p>Pixels are what Pillow's {@code Image.open(file).convert("RGB")} returns, rotated as EXIF
 * says, and resizing matches {@code Image.resize(size, BILINEAR)} bit for bit, because published
 * results were computed that way.
 *
 * @serial exclude
 */
package verydeep.data;
