package verydeep.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Hadoop's file systems with the settings {@code spark.hadoop.*} of the session, on the driver and
 * on executors. What {@link SparkHadoopUtil} holds ready has only those that are system properties,
 * which executors and drivers without spark-submit lack.
 */
final class HadoopFiles {

  private static SparkConf read;
  private static Configuration settings;

  private HadoopFiles() {}

  static synchronized Configuration settings() {
    SparkEnv here = SparkEnv.get();
    if (here == null) {
      return SparkHadoopUtil.get().conf();
    }
    if (here.conf() != read) {
      read = here.conf();
      settings = SparkHadoopUtil.get().newConfiguration(read);
    }
    return settings;
  }

  /** {@return the file system of a path} */
  static FileSystem of(Path path) throws IOException {
    return path.getFileSystem(settings());
  }
}
