/** JMH benchmarks and the open-loop latency rig. */
package io.millrace.benchmarks;
