package io.millrace.engine;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A slot of the ring, claimed by {@link Publisher#tryClaim}. Reusable; for one thread. */
public final class CommandClaim {
    /** What ends a claim; implemented by the engine. */
    @FunctionalInterface
    public interface Completion {
        /**
         * Ends the claim.
         *
         * @param ringSequence that was claimed
         * @param commit true to publish the command, false to let the slot pass unused
         */
        void complete(long ringSequence, boolean commit);
    }

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private Completion completion;
    private long ringSequence;

    /** Creates a claim that holds nothing. */
    public CommandClaim() {}

    /**
     * Opens the claim; called by the engine.
     *
     * @param address of the payload in memory
     * @param length of the payload in bytes
     * @param sequence that was claimed
     * @param end what ends the claim
     */
    public void open(final long address, final int length, final long sequence, final Completion end) {
        requireEnded();
        buffer.wrap(address, length);
        ringSequence = sequence;
        completion = end;
    }

    /**
     * Checks that this claim can be used.
     *
     * @throws IllegalStateException if it is still open
     */
    public void requireEnded() {
        if (completion != null) {
            throw new IllegalStateException("claim must be committed or aborted before it is used again");
        }
    }

    /**
     * Where the payload goes: from 0 for the claimed length.
     *
     * @return the buffer; not to be touched after {@link #commit()} or {@link #abort()}
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Publishes the command. */
    public void commit() {
        end(true);
    }

    /** Gives the slot back unused; the command never was. */
    public void abort() {
        end(false);
    }

    private void end(final boolean commit) {
        final Completion end = completion;
        if (end == null) {
            throw new IllegalStateException("claim must be open to be ended");
        }
        completion = null;
        buffer.wrap(0, 0);
        end.complete(ringSequence, commit);
    }
}
