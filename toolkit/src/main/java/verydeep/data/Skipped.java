package verydeep.data;

import java.nio.file.Path;

/**
 * A file that was left out because it cannot be read.
 *
 * @param file the file
 * @param reason why
 */
public record Skipped(Path file, String reason) {}
