package io.millrace.engine;

import io.millrace.journal.Durability;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;

/**
 * Puts commands into the ring. Thread-safe; commands of one thread keep their order. No method waits: a full ring is a
 * named result, and so is a disk that is nearly full. Every command that was published gets exactly one outcome, whatever happens to the engine.
 */
public interface Publisher {
    /**
     * Publishes a copy of a command. Does not allocate or block.
     *
     * @param typeId that tells the state machine what the payload is
     * @param requestId the client's number for the command; comes back with the outcome
     * @param durability at which the outcome is wanted
     * @param payload to copy from
     * @param offset in the payload buffer
     * @param length in bytes, 0 to {@link EngineConfig#maxCommandBytes()}
     * @return the ring sequence, or a negative number of {@link PublishResult}
     */
    long offer(int typeId, long requestId, Durability durability, DirectBuffer payload, int offset, int length);

    /**
     * Claims a slot to write a command into, without a copy. A successful claim must be ended soon, by
     * {@link CommandClaim#commit()} or {@link CommandClaim#abort()}, in a {@code finally}: commands behind it wait.
     *
     * @param claim to fill; one that is still open must not be used
     * @param typeId that tells the state machine what the payload is
     * @param requestId the client's number for the command
     * @param durability at which the outcome is wanted
     * @param length in bytes, 0 to {@link EngineConfig#maxCommandBytes()}
     * @return the ring sequence, or a negative number of {@link PublishResult}
     */
    long tryClaim(CommandClaim claim, int typeId, long requestId, Durability durability, int length);

    /**
     * Publishes a copy of a command and returns its outcome as a future, in place of the publisher's handler. The future
     * completes with {@link PublishException} when the command could not be published. It is completed by the engine's
     * thread: use the {@code Async} methods for anything slow that depends on it.
     *
     * @param typeId that tells the state machine what the payload is
     * @param requestId the client's number for the command
     * @param durability at which the outcome is wanted
     * @param payload to copy from
     * @param offset in the payload buffer
     * @param length in bytes
     * @return the outcome to come
     */
    CompletableFuture<Outcome> submit(
            int typeId, long requestId, Durability durability, DirectBuffer payload, int offset, int length);

    /**
     * Who this publisher's commands are from.
     *
     * @return the client id, 0 for anonymous
     */
    long clientId();
}
