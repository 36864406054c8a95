package io.millrace.projections;

import java.util.function.Function;

/**
 * A running projection: how far it is, and the way to ask it. Any thread.
 *
 * @param <P> type of the projection
 */
public interface ProjectionHandle<P extends Projection> {
    /**
     * Last event that the projection has applied. Acquire semantics: whoever sees a sequence here sees its effects when
     * the read model is safe to read without {@link #query}.
     *
     * @return the sequence, 0 before the first
     */
    long appliedSequence();

    /**
     * Waits until the projection has applied an event, so that a query sees it (read your own writes).
     *
     * @param sequence to wait for, as an outcome named it
     * @param timeoutNs how long at most, in nanoseconds; 0 only looks
     * @return true if it is applied, false if the time ran out first
     * @throws ProjectionFailedException if the projection has stopped before the sequence
     * @throws ProjectionsClosedException if the projection has been closed before the sequence
     * @throws InterruptedException if the caller was interrupted while waiting
     */
    boolean awaitSequence(long sequence, long timeoutNs) throws InterruptedException;

    /**
     * Asks the read model between two batches of events; a batch ends between two commands. Queries run beside each
     * other, and never beside a change. The writer is never locked; the projection waits for the query, so a query on a
     * {@code RING} projection that is slow holds the ring until its lag budget is used up. A projection that has stopped
     * can still be asked; one that has failed may show part of the command that it failed in.
     *
     * <p>A question must not ask the same projection again: the projection may be waiting for the outer one, and the
     * inner one for the projection.
     *
     * @param question reads the projection and must not change it; its exception passes through
     * @param <T> type of the answer
     * @return the answer
     */
    <T> T query(Function<? super P, ? extends T> question);

    /**
     * How it gets its events at the moment; a projection attached to the ring may have moved itself to tailing.
     *
     * @return the attachment in force
     */
    Attachment attachment();

    /**
     * What stopped it.
     *
     * @return null while it runs
     */
    ProjectionFailedException failure();
}
