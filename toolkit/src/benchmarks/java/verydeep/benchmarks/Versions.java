package verydeep.benchmarks;

import ai.djl.engine.Engine;

/** What the toolkit's own arithmetic runs on. */
public final class Versions {

  private Versions() {}

  /** DJL, its PyTorch engine, and Java. */
  public static String djl() {
    return "DJL "
        + Engine.getDjlVersion()
        + ", PyTorch "
        + Engine.getEngine("PyTorch").getVersion()
        + ", Java "
        + Runtime.version().feature();
  }
}
