/**
 * The engine: ring, publishers, state machines, stages, outcomes and recovery.
 *
 * @serial exclude
 */
package io.millrace.engine;
