package verydeep.internal.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UndisturbedTest {

  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  @Test
  void workSeesNoInterruptAndTheCallerKeepsIt() {
    Thread.currentThread().interrupt();

    assertThat(Undisturbed.call(Thread::interrupted)).isFalse();

    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anInterruptInTheMiddleIsKept() {
    Thread caller = Thread.currentThread();

    boolean seen =
        Undisturbed.call(
            () -> {
              caller.interrupt();
              return Thread.interrupted();
            });

    assertThat(seen).isFalse();
    assertThat(caller.isInterrupted()).isTrue();
  }

  @Test
  void failuresAreThoseOfTheWork() {
    assertThatThrownBy(
            () ->
                Undisturbed.call(
                    () -> {
                      throw new UnsatisfiedLinkError("no libtorch");
                    }))
        .isExactlyInstanceOf(UnsatisfiedLinkError.class);
    assertThatThrownBy(
            () ->
                Undisturbed.call(
                    () -> {
                      throw new IllegalStateException("no engine");
                    }))
        .isExactlyInstanceOf(IllegalStateException.class);
  }
}
