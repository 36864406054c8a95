/**
 * The open-loop rig: commands are due at fixed times whatever happens, and latency counts from when one was due. Each run is
 * a process of its own; the parents run them in turns.
 */
package io.millrace.benchmarks.latency;
