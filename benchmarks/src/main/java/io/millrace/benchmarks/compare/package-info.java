/**
 * Millrace beside its peers: each contender in a process of its own, all on the same work, in turns.
 */
package io.millrace.benchmarks.compare;
