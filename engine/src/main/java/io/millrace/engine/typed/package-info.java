/**
 * Typed API: records for commands and events, functions for decide and apply, futures for outcomes. Built on
 * {@link io.millrace.engine} and costs what its codecs cost.
 *
 * <p>{@link io.millrace.engine.typed.Types} gives each class its number and codec,
 * {@link io.millrace.engine.typed.Domain} holds the functions, {@link io.millrace.engine.typed.TypedEngine} runs them.
 */
package io.millrace.engine.typed;
