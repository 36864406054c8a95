/**
 * The journal: an append-only, checked, memory-mapped sequence of events, and everything needed to read it back.
 *
 * <p>{@link io.millrace.journal.JournalFormat} is the format, whole. {@link io.millrace.journal.Journal} opens, appends,
 * forces and reads. {@link io.millrace.journal.CommandEncoder} makes what is appended;
 * {@link io.millrace.journal.EventView} and {@link io.millrace.journal.CommandView} read it in place.
 *
 * @serial exclude
 */
package io.millrace.journal;
