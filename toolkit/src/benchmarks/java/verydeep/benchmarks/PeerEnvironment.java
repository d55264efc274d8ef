package verydeep.benchmarks;

import java.util.Map;
import java.util.Set;

/**
 * The environment variables of a peer. A peer gets none that our launchers set for ourselves,
 * unless its row says so by {@link #OUR_MALLOC}: then it gets those for memory, and no other. What
 * all contestants share stays: the number of threads and the locale.
 */
final class PeerEnvironment {

  /** How the name of a contestant ends that has our settings of memory. */
  static final String OUR_MALLOC = ", our malloc";

  /** Those of {@code jshell-scripts/prepare.sh} for memory. */
  static final Set<String> MEMORY =
      Set.of(
          "THP_MEM_ALLOC_ENABLE", "MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_");

  /** The other ones of {@code jshell-scripts/prepare.sh}. */
  static final Set<String> OTHERS = Set.of("GOMP_SPINCOUNT", "OPT_OUT_TRACKING", "PYTORCH_FLAVOR");

  /** Our JVM's -XX:+UseTransparentHugePages, for a peer whose weights lie in glibc's memory. */
  private static final Map<String, String> HUGE_PAGES =
      Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

  private PeerEnvironment() {}

  /** Changes the environment that a peer's process inherits from us. */
  static void set(Map<String, String> environment, String contestant) {
    environment.keySet().removeAll(OTHERS);
    if (contestant.endsWith(OUR_MALLOC)) {
      environment.putAll(HUGE_PAGES);
    } else {
      environment.keySet().removeAll(MEMORY);
    }
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.putAll(Vectors.environment());
  }

  /** The contestant's name without {@link #OUR_MALLOC}: what its script is told. */
  static String plain(String contestant) {
    return contestant.endsWith(OUR_MALLOC)
        ? contestant.substring(0, contestant.length() - OUR_MALLOC.length())
        : contestant;
  }
}
