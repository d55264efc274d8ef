package verydeep.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A contestant in Python, in a process of its own that {@code peer.py} serves: a line {@code step}
 * asks for one unit of work, a line {@code done} says that it is done. The two lines cost some 50
 * microseconds. While it waits for a line the process sleeps.
 */
public final class Peer implements Contestant {

  private static final String READY = "ready ";

  private final String name;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final String versions;

  private Peer(String name, Process process) {
    this.name = name;
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.versions = answer().substring(READY.length());
  }

  /**
   * Starts a worker and waits until it is ready to work.
   *
   * @param contestant its row's name; if that ends in {@code , our malloc} it has the settings of
   *     memory with which we start our own JVM, else those of Python as it comes
   * @param script a file of {@code src/benchmarks/python}, without its ending
   * @param arguments what the worker is told: sizes, places of files
   * @return the worker
   * @throws IllegalStateException if it ends; what it complained of is on the standard error
   */
  public static Peer start(String contestant, String script, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("verydeep.python", "python3"));
    command.add("toolkit/src/benchmarks/python/" + script + ".py");
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    PeerEnvironment.set(builder.environment(), contestant);
    try {
      return new Peer(script, builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void step() {
    try {
      requests.write("step\n");
      requests.flush();
    } catch (IOException e) {
      throw new IllegalStateException("the worker " + name + " has ended", e);
    }
    String answer = answer();
    if (!answer.equals("done")) {
      throw new IllegalStateException("the worker " + name + " answers: " + answer);
    }
  }

  private String answer() {
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("the worker " + name + " has ended: " + process.waitFor());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the worker " + name + " worked", e);
    }
  }

  @Override
  public String versions() {
    return versions;
  }

  /** Ends the worker. */
  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
