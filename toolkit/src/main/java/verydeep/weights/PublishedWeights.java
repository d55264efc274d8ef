package verydeep.weights;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;

/**
 * A published set of weights, as its publisher describes it.
 *
 * @param name its name for {@link Pretrained#of}
 * @param file the file's name, also in the cache folder
 * @param source its publisher's address
 * @param bytes the file's size, or 0 if it is not known exactly
 * @param hash {@code SHA-256}, {@code SHA-1} or {@code MD5} and the digits the publisher states:
 *     all of them or, as in torchvision's file names, the first few
 * @param accuracy the published accuracy, with its protocol
 * @param preprocessing how an image becomes the network's input
 * @param trainingScale the scale S at which the network was trained; empty if it was not trained as
 *     in section 3.1
 * @param credit who trained it
 * @param license the license, as stated by the publisher
 */
record PublishedWeights(
    String name,
    String file,
    URI source,
    long bytes,
    String hash,
    String accuracy,
    Preprocessing preprocessing,
    Optional<TrainingScale> trainingScale,
    String credit,
    String license) {

  /** The released networks were trained with scale jitter (section 4). */
  private static final Optional<TrainingScale> JITTERED =
      Optional.of(TrainingScale.jittered(256, 512));

  private static final String AUTHORS = "Karen Simonyan and Andrew Zisserman, University of Oxford";

  static final List<PublishedWeights> ALL =
      Stream.of(
              Stream.of(
                  authors(
                      "D", "16", 553_432_081, "9363e1f6d65f7dba68c4f27a1e62105cdf6c4e24", "28.5"),
                  authors(
                      "E", "19", 574_671_192, "239785e7862442717d831f682bb824055e51e9ba", "28.7")),
              Stream.of(
                  torchvision("A", "vgg11", 0, "8a719046", 69.020, 88.628),
                  torchvision("B", "vgg13", 0, "19584684", 69.928, 89.246),
                  torchvision(
                      "D",
                      "vgg16",
                      553_433_881,
                      "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0",
                      71.592,
                      90.382),
                  torchvision(
                      "E",
                      "vgg19",
                      574_673_361,
                      "dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44",
                      72.376,
                      90.876),
                  torchvision("A-BN", "vgg11_bn", 0, "6002323d", 70.370, 89.810),
                  torchvision("B-BN", "vgg13_bn", 0, "abd245e5", 71.586, 90.374),
                  torchvision(
                      "D-BN",
                      "vgg16_bn",
                      553_507_836,
                      "6c64b3138f2f4fcb3bcc4cafde11619c4f440eb1631787e93a682fd88305888a",
                      73.360,
                      91.516),
                  torchvision(
                      "E-BN",
                      "vgg19_bn",
                      574_769_405,
                      "c79401a0cf3cb42714e4182f5868c7a6f4f4534f5df9e956e2bb2098de41cbb6",
                      74.218,
                      91.842)),
              Stream.of(
                  keras("D-keras", "vgg16", "", 553_467_096, "64373286793e3c8b2b4e3219cbf3544b"),
                  keras(
                      "D-keras-convolutions",
                      "vgg16",
                      "_notop",
                      58_889_256,
                      "6d6bbae143d832006294945121d1f1fc"),
                  keras("E-keras", "vgg19", "", 574_710_816, "cbe5617147190e668d6c5d5026f83318"),
                  keras(
                      "E-keras-convolutions",
                      "vgg19",
                      "_notop",
                      80_134_624,
                      "253f8cb515780f3b799900260a226db6")))
          .flatMap(sets -> sets)
          .toList();

  private static PublishedWeights authors(
      String net, String layers, long bytes, String sha1, String top1) {
    String file = "VGG_ILSVRC_" + layers + "_layers.caffemodel";
    return new PublishedWeights(
        net + "-authors",
        file,
        URI.create("https://www.robots.ox.ac.uk/~vgg/software/very_deep/caffe/" + file),
        bytes,
        "SHA-1 " + sha1,
        "top-1 error " + top1 + "%, top-5 9.9%: ILSVRC-2012 validation, center crop of Q=256",
        Preprocessing.caffe(),
        JITTERED,
        AUTHORS,
        "CC BY 4.0");
  }

  private static PublishedWeights torchvision(
      String net, String model, long bytes, String sha256, double top1, double top5) {
    String file = model + "-" + sha256.substring(0, 8) + ".pth";
    return new PublishedWeights(
        net + "-torchvision",
        file,
        URI.create("https://download.pytorch.org/models/" + file),
        bytes,
        "SHA-256 " + sha256,
        "accuracy@1 "
            + top1
            + "%, @5 "
            + top5
            + "%: ILSVRC-2012 validation, resize 256, center crop 224",
        Preprocessing.torchvision(),
        Optional.empty(),
        "torchvision's maintainers",
        "not stated for the weights; torchvision's code is BSD 3-clause");
  }

  private static PublishedWeights keras(
      String name, String model, String ending, long bytes, String md5) {
    String file = model + "_weights_tf_dim_ordering_tf_kernels" + ending + ".h5";
    return new PublishedWeights(
        name,
        file,
        URI.create(
            "https://storage.googleapis.com/tensorflow/keras-applications/" + model + "/" + file),
        bytes,
        "MD5 " + md5,
        "that of the authors' weights, which they are",
        Preprocessing.caffe(),
        JITTERED,
        AUTHORS + ", by way of Keras",
        "CC BY 4.0");
  }

  /** Returns the name, the accuracy and the license. */
  @Override
  public String toString() {
    return name + " (" + file + "): " + accuracy + "; license: " + license;
  }
}
