/** The engine: ring, publishers, state machines, stages, outcomes and recovery. */
package io.millrace.engine;
