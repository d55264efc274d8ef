# shellcheck shell=sh disable=SC2034,SC2154 # prepare.sh has set some variables, and the caller uses the rest
# Sourced after prepare.sh. If $SPARK_MASTER is not empty, this process will be the driver of that cluster, or with local[n]
# all of it: puts Spark and toolkit/spark on $class_path and says in $jvm_options which cluster, and what it has not.

if [ -n "${SPARK_MASTER:-}" ]; then
  case $SPARK_MASTER in *[[:space:]]*) fail "SPARK_MASTER has a blank: $SPARK_MASTER" ;; esac
  # shellcheck source=../toolkit/spark/prepare.sh
  . toolkit/spark/prepare.sh
  # Spark's libraries are the newer ones. It writes its log nowhere: what fails is thrown.
  class_path="$jar:$toolkit:$spark_jar:$spark_libraries:$lib/*"
  jvm_options="$jvm_options -Dslf4j.provider=org.slf4j.nop.NOPServiceProvider -Dslf4j.internal.verbosity=WARN"
  jvm_options="$jvm_options -Dspark.master=$SPARK_MASTER"
  case $SPARK_MASTER in
    local*) ;;
    *) jvm_options="$jvm_options -Dspark.jars=$spark_jars" ;; # what executors elsewhere have not
  esac
fi
