/** What an event costs as everything grows: journal, streams, producers, payloads, projections; and what it allocates. */
package io.millrace.benchmarks.scale;
