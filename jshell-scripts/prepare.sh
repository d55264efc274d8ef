# shellcheck shell=sh disable=SC2034,SC2154 # $root is set by the caller, which uses the rest
# Sourced by run, shell and the notebooks' start and run: `. prepare.sh` with $root set. Changes to the root, builds what is
# missing or out of date, and sets $java_home, $jvm_options (words without blanks) and $class_path (relative to the root).

fail() {
  echo "$*" >&2
  exit 2
}

# A link is created atomically and names its owner, so one left by a killed run can be recognized.
lock() {
  lock=$1
  until ln -s $$ "$lock" 2>/dev/null; do
    owner=$(readlink "$lock") || continue
    if kill -0 "$owner" 2>/dev/null; then sleep 0.3; else rm -f "$lock"; fi
  done
  trap unlock EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

unlock() {
  rm -f "$lock"
  trap - EXIT INT TERM
}

cd "$root" || exit 2

# --- The JDK: JAVA_HOME, otherwise java on the PATH.

if [ -n "${JAVA_HOME:-}" ]; then
  java_home=$JAVA_HOME
  [ -x "$java_home/bin/java" ] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java"
else
  command -v java >/dev/null || fail "no Java found: install a JDK of 17 or later, or set JAVA_HOME"
  java_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
fi
[ -f "$java_home/release" ] || fail "$java_home is not a JDK: it has no file named release"
java_version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$java_home/release")
java_feature=${java_version%%[!0-9]*}
[ "$java_feature" -ge 17 ] || fail "Java $java_version in $java_home: a JDK of 17 or later is needed"
grep -q '^MODULES=.*jdk\.jshell' "$java_home/release" && [ -x "$java_home/bin/jshell" ] ||
  fail "Java $java_version in $java_home has no JShell: a full JDK is needed, not a JRE"

# --- The toolkit's jar, its libraries, and the jar of the scripts' own classes, which is built last, so its time counts.

version=$(sed -n 's|^ *<version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
toolkit=toolkit/target/toolkit-$version.jar
jar=jshell-scripts/target/scripts-$version.jar
lib=toolkit/target/lib

is_old() {
  [ ! -f "$jar" ] || [ ! -f "$toolkit" ] || [ ! -d "$lib" ] ||
    [ -n "$(find toolkit/src/main toolkit/pom.xml jshell-scripts/src/main jshell-scripts/startup jshell-scripts/pom.xml \
      pom.xml -newer "$jar" 2>/dev/null | head -n 1)" ]
}

# Reads what Maven prints and says how far it is, in place on a terminal, else every 100 MB. Fails if the build does.
tell_progress() {
  terminal=0
  if [ -t 2 ]; then terminal=1; fi
  awk -v terminal="$terminal" '
    function say(text) {
      if (terminal) printf "\r%-78s", text > "/dev/stderr"; else print text > "/dev/stderr"
    }
    /Downloaded from / {
      files++
      for (i = 1; i < NF; i++) if ($i ~ /^\(/) {
        size = substr($i, 2)
        unit = $(i + 1)
        megabytes += size * (unit == "GB" ? 1000 : unit == "MB" ? 1 : unit == "kB" ? 0.001 : 0.000001)
      }
      if (terminal || megabytes >= said + 100) {
        said = megabytes
        say(sprintf("fetched %d files, %d MB", files, megabytes))
      }
    }
    /^\[INFO\] Compiling / { say("compiling " $3 " files") }
    /^BUILD FAILED/ { failed = 1 }
    END { if (terminal) printf "\r%-78s\r", "" > "/dev/stderr"; exit failed }
  '
}

build() {
  maven=mvn
  command -v mvn >/dev/null || maven=./mvnw # which fetches Maven first
  profile=
  # Built with -Pgpu before: lib has no libtorch for CPUs. Keep it that way.
  if [ -d "$lib" ] && ! ls "$lib"/pytorch-native-cpu-* >/dev/null 2>&1; then profile=-Pgpu; fi
  # Dependencies may have changed: remove the old ones.
  if [ pom.xml -nt "$jar" ] || [ toolkit/pom.xml -nt "$jar" ]; then rm -rf "$lib"; fi
  if [ -d "$lib" ]; then
    echo "building the toolkit, whose sources have changed: about a minute" >&2
  else
    echo "building the toolkit for the first time: Maven fetches about 255 MB, what it has not yet, and compiles for a minute" >&2
  fi
  if ! { JAVA_HOME=$java_home $maven -B -Dstyle.color=never package $profile -Dmaven.test.skip=true \
    -Dspotless.check.skip=true -Denforcer.skip=true 2>&1 || printf '\nBUILD FAILED\n'; } |
    tee toolkit/target/build.log | tell_progress; then
    grep -v -e '^Download' -e '^\[INFO\]' -e '^BUILD FAILED' toolkit/target/build.log | sed '/-> \[Help/q' >&2
    return 1
  fi
  touch "$jar"
}

if is_old; then
  mkdir -p toolkit/target
  lock toolkit/target/build.lock
  if is_old; then build || fail "the toolkit does not build: see above"; fi
  unlock
fi
class_path="$jar:$toolkit:$lib/*"

# --- JVM options.

jvm_options=-Djava.awt.headless=true
case $java_version in
  # CVE-2026-114938, on CPUs with AVX-512 VBMI.
  17.0.[6-9] | 17.0.[6-9].* | 17.0.1[0-9] | 17.0.1[0-9].* | 17.0.20 | 17.0.20.*)
    jvm_options="$jvm_options -XX:-UseBASE64Intrinsics"
    ;;
esac
# The kernels of verydeep.cpu, and huge pages for the weights they stream.
if grep -q '^MODULES=.*jdk\.incubator\.vector' "$java_home/release"; then
  jvm_options="$jvm_options --add-modules=jdk.incubator.vector"
fi
jvm_options="$jvm_options -XX:+UseTransparentHugePages"
# Newer JDKs print warnings about what DJL's and Tablesaw's libraries do.
if [ "$java_feature" -ge 22 ]; then jvm_options="$jvm_options --enable-native-access=ALL-UNNAMED"; fi
if [ "$java_feature" -ge 24 ]; then jvm_options="$jvm_options --sun-misc-unsafe-memory-access=allow"; fi
# With a local libtorch, DJL need not contact its servers.
if ls "$lib"/pytorch-native-cpu-* >/dev/null 2>&1 || [ -n "${PYTORCH_LIBRARY_PATH:-}" ]; then
  jvm_options="$jvm_options -Dai.djl.offline=true"
fi
# A libtorch for CUDA elsewhere, such as Python's torch/lib: DJL finds GPUs through CUDA's run-time library, which Python has
# next to it, and must be told that this libtorch is for CUDA.
case ${PYTORCH_LIBRARY_PATH:-} in *[[:space:]]*) fail "PYTORCH_LIBRARY_PATH has a blank: $PYTORCH_LIBRARY_PATH" ;; esac
if [ -f "${PYTORCH_LIBRARY_PATH:-}/libtorch_cuda.so" ]; then
  export PYTORCH_FLAVOR="${PYTORCH_FLAVOR:-cu128}"
  for cudart in "$PYTORCH_LIBRARY_PATH"/libcudart.so* "$PYTORCH_LIBRARY_PATH"/../../nvidia/*/lib/libcudart.so*; do
    if [ -f "$cudart" ]; then
      jvm_options="$jvm_options -Djna.library.path=$(dirname "$cudart")"
      break
    fi
  done
fi

export THP_MEM_ALLOC_ENABLE=1 # libtorch asks for huge pages: a training step is up to 1.3 times faster
# Libtorch's threads soon sleep when they wait for each other: up to twice as fast on a busy machine, as fast on an idle one.
export GOMP_SPINCOUNT=5000
# glibc keeps what libtorch frees for its next arrays instead of returning it to the kernel, which would clear the pages again
# for each step: a training step of D at 224 takes a fifth less time. One arena, since only that one can keep it.
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
export OPT_OUT_TRACKING=true  # DJL sends no telemetry
# In the C locale, Java would read and print only ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in C | POSIX) export LC_ALL=C.UTF-8 ;; esac
