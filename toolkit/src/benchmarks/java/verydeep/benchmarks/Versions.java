package verydeep.benchmarks;

import ai.djl.engine.Engine;
import verydeep.device.Hardware;
import verydeep.internal.devices.Gpus;

/** What the toolkit's own arithmetic runs on. */
public final class Versions {

  private Versions() {}

  /** DJL, its PyTorch engine, and Java. */
  public static String djl() {
    return "DJL "
        + Engine.getDjlVersion()
        + ", PyTorch "
        + (Gpus.count() > 0 ? Hardware.here().libtorch() : Engine.getEngine("PyTorch").getVersion())
        + ", Java "
        + Runtime.version().feature()
        + (Gpus.count() > 0 ? " on " + Hardware.here().name() : "");
  }
}
