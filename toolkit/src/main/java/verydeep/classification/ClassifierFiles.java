package verydeep.classification;

import java.nio.file.Path;

/**
 * Knows the kinds of files that hold a classifier. It is found by {@link java.util.ServiceLoader},
 * because {@link Classifier} lies below the packages whose files these are.
 */
public interface ClassifierFiles {

  /**
   * Reads a file.
   *
   * @param file a file
   * @return the classifier in it, open
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds no classifier
   */
  Classifier read(Path file);
}
