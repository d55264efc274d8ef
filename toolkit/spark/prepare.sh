# shellcheck shell=sh disable=SC2034 # the caller uses what is set
# Sourced in the root of the repository: builds toolkit/spark if it is missing or out of date, and sets $spark_jar;
# $spark_jars, all that a cluster needs besides its own Spark, with commas; $spark_libraries, the class path of Spark.

version=$(sed -n 's|^ *<version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
spark_jar=toolkit/spark/target/toolkit-spark-$version.jar
if [ ! -f "$spark_jar" ] || [ ! -f toolkit/spark/target/spark-class-path ] ||
  [ -n "$(find toolkit/src/main toolkit/spark/src/main toolkit/spark/pom.xml -newer "$spark_jar" | head -n 1)" ]; then
  echo "building toolkit/spark: the first time Maven fetches Spark, 285 MB" >&2
  mvn -B -ntp -q -Pspark -pl toolkit,toolkit/spark package -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Denforcer.skip=true >&2
  touch "$spark_jar"
fi
spark_libraries=$(cat toolkit/spark/target/spark-class-path)
spark_jars=$spark_jar
for one in toolkit/spark/target/jars/*.jar; do spark_jars=$spark_jars,$one; done
