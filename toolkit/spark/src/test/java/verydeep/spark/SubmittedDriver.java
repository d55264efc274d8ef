package verydeep.spark;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A driver that has been submitted, and what it says. */
final class SubmittedDriver {

  private final Process process;
  private final SparkHome spark;
  private final String name;

  SubmittedDriver(Process process, SparkHome spark, String name) {
    this.process = process;
    this.spark = spark;
    this.name = name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has said a line. */
  void await(String line) throws IOException, InterruptedException {
    while (!said().contains(line + "\n")) {
      if (!process.isAlive() && !said().contains(line + "\n")) {
        throw new AssertionError("It ended without saying " + line + ":\n" + log());
      }
      Thread.sleep(5);
    }
  }

  /** {@return the number before some words that it has said} */
  int number(String words) throws IOException {
    Matcher found = Pattern.compile("(\\d+) " + Pattern.quote(words)).matcher(said());
    if (!found.find()) {
      throw new AssertionError("It did not say \"" + words + "\":\n" + log());
    }
    return Integer.parseInt(found.group(1));
  }

  /** Kills it with SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** {@return its exit status} */
  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  private String said() throws IOException {
    return spark.text(name + ".out");
  }

  /** {@return all that it has said and logged} */
  String log() throws IOException {
    return said() + spark.text(name + ".log");
  }
}
