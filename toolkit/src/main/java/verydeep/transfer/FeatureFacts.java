package verydeep.transfer;

import java.util.Objects;
import verydeep.data.TestViews;

/**
 * What is known about features besides their vectors.
 *
 * @param network layer and network
 * @param protocol how the images were viewed
 * @param views the same where the vectors come from plain views of whole images; null for any other
 * @param seconds how long the extraction took
 * @param arithmetic which arithmetic ran
 */
record FeatureFacts(
    String network, String protocol, TestViews views, double seconds, String arithmetic) {

  FeatureFacts by(String arithmetic, double seconds) {
    return new FeatureFacts(network, protocol, views, seconds, arithmetic);
  }

  /** Of both, one vector after the other; what they share is named once. */
  FeatureFacts and(FeatureFacts other) {
    return new FeatureFacts(
        network + " & " + other.network,
        joined(protocol, other.protocol),
        Objects.equals(views, other.views) ? views : null,
        seconds + other.seconds,
        joined(arithmetic, other.arithmetic));
  }

  private static String joined(String one, String other) {
    return one.equals(other) ? one : one + " & " + other;
  }
}
