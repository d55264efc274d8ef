package verydeep.spark;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Does one part of a job on an executor. */
final class PartTask implements Function<Integer, PartOutcome> {

  private static final long serialVersionUID = 1L;

  private final Broadcast<Order> order;

  PartTask(Broadcast<Order> order) {
    this.order = order;
  }

  @Override
  public PartOutcome call(Integer index) {
    return OpenJob.run(order.value(), index);
  }
}
