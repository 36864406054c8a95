package io.millrace.projections;

/**
 * How a projection is.
 *
 * @param name of the projection
 * @param group that it shares a thread with; its own name if it has a thread of its own
 * @param requested attachment that it was started with
 * @param attachment in force
 * @param appliedSequence last event that it has applied, 0 before the first
 * @param lag number of events that are journaled and not applied
 * @param failure what stopped it, null while it runs
 */
public record ProjectionStatus(
        String name,
        String group,
        Attachment requested,
        Attachment attachment,
        long appliedSequence,
        long lag,
        ProjectionFailedException failure) {}
