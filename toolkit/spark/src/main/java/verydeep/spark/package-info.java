/**
 * The toolkit's jobs on a cluster of Apache Spark, with the bits that one machine gives.
 *
 * <p>Start with {@link verydeep.spark.Cluster}.
 */
package verydeep.spark;
