package verydeep.internal.jobs;

/**
 * What networks took of the time of some work, in seconds.
 *
 * @param loading until their weights were ready
 * @param computing in their forward passes; NaN if it is not known
 */
public record NetworkTime(double loading, double computing) {

  /** None at all. */
  public static final NetworkTime NONE = new NetworkTime(0, 0);

  /** {@return this time and another one} */
  public NetworkTime plus(NetworkTime other) {
    return new NetworkTime(loading + other.loading, computing + other.computing);
  }

  /** {@return this time without an earlier one that is part of it} */
  public NetworkTime minus(NetworkTime earlier) {
    return new NetworkTime(loading - earlier.loading, computing - earlier.computing);
  }
}
