/**
 * The simulation: histories of an engine, its crashes and its restarts, drawn from seeds and held against a model that
 * is too simple to be wrong. A seed always gives the same history; how the engine's threads meet within a step is the
 * machine's to choose, so the history waits for all answers before it looks.
 */
package io.millrace.faults.simulation;
