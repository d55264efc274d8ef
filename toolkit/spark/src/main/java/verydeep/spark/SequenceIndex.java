package verydeep.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The names in a sequence file and the places of their records.
 *
 * @param file its URI
 * @param names the keys, in order
 * @param at where the records begin
 * @param failure why the file cannot be read, a message for people; empty if it was
 */
record SequenceIndex(String file, List<String> names, List<Long> at, String failure)
    implements Serializable {

  /** Reads the keys, on an executor. */
  static SequenceIndex of(String file) {
    List<String> names = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    try (SequenceRecords records = new SequenceRecords(file)) {
      long at = records.begin();
      while (!records.isEnd(at)) {
        SequenceRecords.Found found = records.found(at);
        names.add(found.name());
        places.add(at);
        at = found.end();
      }
    } catch (IOException e) {
      return new SequenceIndex(file, List.of(), List.of(), String.valueOf(e.getMessage()));
    }
    return new SequenceIndex(file, names, places, "");
  }
}
