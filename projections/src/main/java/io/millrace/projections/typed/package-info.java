/**
 * Projections of the typed API: events as the records of {@link io.millrace.engine.typed.Types}, read models as plain
 * objects.
 */
package io.millrace.projections.typed;
