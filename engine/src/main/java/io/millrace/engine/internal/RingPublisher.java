package io.millrace.engine.internal;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.millrace.engine.CommandClaim;
import io.millrace.engine.Outcome;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;

/**
 * Publishes into the ring. A slot is claimed first and the engine's state is looked at second. The claim is a
 * compare-and-set, a full fence, so either {@code close} and {@link Undertaker}, which set the state first and read the
 * ring's cursor second, see the claim and wait for it, or the publisher sees the new state and gives the slot back.
 */
final class RingPublisher implements Publisher, CommandClaim.Completion {
    private final RingBuffer<CommandSlot> ring;
    private final SlotMemory memory;
    private final Lifecycle lifecycle;
    private final Journal journal;
    private final int maxCommandBytes;
    private final long clientId;
    private final int publisherId;

    RingPublisher(
            final RingBuffer<CommandSlot> ring,
            final SlotMemory memory,
            final Lifecycle lifecycle,
            final Journal journal,
            final int maxCommandBytes,
            final long clientId,
            final int publisherId) {
        this.ring = ring;
        this.memory = memory;
        this.lifecycle = lifecycle;
        this.journal = journal;
        this.maxCommandBytes = maxCommandBytes;
        this.clientId = clientId;
        this.publisherId = publisherId;
    }

    @Override
    public long offer(
            final int typeId,
            final long requestId,
            final Durability durability,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        return publish(typeId, requestId, durability, payload, offset, length, null);
    }

    @Override
    public CompletableFuture<Outcome> submit(
            final int typeId,
            final long requestId,
            final Durability durability,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        final CompletableFuture<Outcome> future = new CompletableFuture<>();
        final long result = publish(typeId, requestId, durability, payload, offset, length, future);
        if (result < 0) {
            future.completeExceptionally(new PublishException(result));
        }
        return future;
    }

    private long publish(
            final int typeId,
            final long requestId,
            final Durability durability,
            final DirectBuffer payload,
            final int offset,
            final int length,
            final CompletableFuture<Outcome> future) {
        Objects.requireNonNull(durability, "durability");
        if (length > maxCommandBytes) {
            return PublishResult.TOO_LARGE;
        }
        payload.boundsCheck(offset, length);
        final long sequence = claimForCommand();
        if (sequence < 0) {
            return sequence;
        }
        final CommandSlot slot = ring.get(sequence);
        slot.fillUnused();
        try {
            memory.buffer().putBytes(slot.payloadOffset(), payload, offset, length);
            slot.fillCommand(typeId, publisherId, clientId, requestId, durability, length);
            if (future != null) {
                slot.future(future);
            }
        } finally {
            ring.publish(sequence);
        }
        return sequence;
    }

    @Override
    public long tryClaim(
            final CommandClaim claim,
            final int typeId,
            final long requestId,
            final Durability durability,
            final int length) {
        Objects.requireNonNull(durability, "durability");
        if (length < 0 || length > maxCommandBytes) {
            return refuseLength(length);
        }
        claim.requireEnded();
        final long sequence = claimForCommand();
        if (sequence >= 0) {
            final CommandSlot slot = ring.get(sequence);
            slot.fillCommand(typeId, publisherId, clientId, requestId, durability, length);
            claim.open(memory.buffer().addressOffset() + slot.payloadOffset(), length, sequence, this);
        }
        return sequence;
    }

    private static long refuseLength(final int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length must not be negative: " + length);
        }
        return PublishResult.TOO_LARGE;
    }

    @Override
    public void complete(final long ringSequence, final boolean commit) {
        if (!commit) {
            ring.get(ringSequence).fillUnused();
        }
        ring.publish(ringSequence);
    }

    /** An engine that has stopped says so first. A disk that becomes full later is noticed before the command is decided. */
    private long claimForCommand() {
        if (journal.isDiskFull()) {
            return lifecycle.isOpen() ? PublishResult.DISK_FULL : lifecycle.refusal();
        }
        return claim(ring, lifecycle);
    }

    /** Claims a slot, which the caller must publish; or a negative result, and nothing to publish. */
    static long claim(final RingBuffer<CommandSlot> ring, final Lifecycle lifecycle) {
        if (!lifecycle.isOpen() || !ring.hasAvailableCapacity(1)) {
            return lifecycle.refusal();
        }
        final long sequence;
        try {
            sequence = ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            return lifecycle.refusal();
        }
        if (!lifecycle.isOpen()) {
            ring.get(sequence).fillUnused();
            ring.publish(sequence);
            return lifecycle.refusal();
        }
        return sequence;
    }

    @Override
    public long clientId() {
        return clientId;
    }
}
