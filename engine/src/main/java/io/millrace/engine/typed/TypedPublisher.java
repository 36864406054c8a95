package io.millrace.engine.typed;

import io.millrace.engine.Outcome;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;

/**
 * Puts the commands of one client into the ring. Thread-safe; commands of one thread keep their order. The client numbers
 * its commands itself: the number must be a new one for a new command, also after a restart.
 *
 * <p>All methods throw {@link UnregisteredTypeException} for a command whose class is not registered and
 * {@link CodecException} for one that cannot be encoded; nothing was published then.
 *
 * @param <C> what the commands have in common
 */
public final class TypedPublisher<C> {
    private static final long PAUSE_NS = 20_000;

    private final Publisher publisher;
    private final Types<C> commands;
    private final Types<Object> results;
    private final int maxCommandBytes;
    private final ThreadLocal<ExpandableArrayBuffer> scratch = ThreadLocal.withInitial(ExpandableArrayBuffer::new);

    TypedPublisher(
            final Publisher publisher,
            final Types<C> commands,
            final Types<Object> results,
            final int maxCommandBytes) {
        this.publisher = publisher;
        this.commands = commands;
        this.results = results;
        this.maxCommandBytes = maxCommandBytes;
    }

    /**
     * Who this publisher's commands are from.
     *
     * @return the client id, 0 for anonymous
     */
    public long clientId() {
        return publisher.clientId();
    }

    /**
     * Publishes a command. Never waits: when the ring or the disk is full, the engine has stopped, or the command is
     * longer than {@code maxCommandBytes}, the future has completed with {@link PublishException} on return and the command has no
     * effect. Otherwise the engine's thread completes it: use the {@code Async} methods for anything slow that depends
     * on it.
     *
     * @param requestId the client's number for the command
     * @param command of a registered class
     * @param durability at which the outcome is wanted
     * @return the outcome to come
     */
    public CompletableFuture<TypedOutcome> submit(final long requestId, final C command, final Durability durability) {
        final Registration<? extends C> registration = commands.registered(command.getClass());
        final ExpandableArrayBuffer buffer = scratch.get();
        final int length = registration.encode(command, buffer, 0);
        return typed(publish(registration, requestId, durability, buffer, length));
    }

    /**
     * Publishes a command and waits for room in the ring when it is full. Waits for nothing else: a full disk is told at
     * once, {@code DISK_FULL}. Does not wait for the outcome. Not for the engine's own threads.
     *
     * @param requestId the client's number for the command
     * @param command of a registered class
     * @param durability at which the outcome is wanted
     * @param timeoutNs how long to wait for room at most, in nanoseconds; after that the future completes with
     *     {@link PublishException}, {@code BACK_PRESSURED}
     * @return the outcome to come
     * @throws InterruptedException if the caller was interrupted while waiting; the command has no effect
     */
    public CompletableFuture<TypedOutcome> submitOrWait(
            final long requestId, final C command, final Durability durability, final long timeoutNs)
            throws InterruptedException {
        final long startNs = System.nanoTime();
        final Registration<? extends C> registration = commands.registered(command.getClass());
        final ExpandableArrayBuffer buffer = scratch.get();
        final int length = registration.encode(command, buffer, 0);
        CompletableFuture<Outcome> future = publish(registration, requestId, durability, buffer, length);
        while (isBackPressured(future) && System.nanoTime() - startNs < timeoutNs) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for room in the ring");
            }
            LockSupport.parkNanos(PAUSE_NS);
            future = publish(registration, requestId, durability, buffer, length);
        }
        return typed(future);
    }

    /**
     * Publishes a command and waits for its outcome, and for room in the ring before that. Not for the engine's own
     * threads.
     *
     * @param requestId the client's number for the command
     * @param command of a registered class
     * @param durability at which the outcome is wanted
     * @param timeoutNs how long to wait at most, in nanoseconds
     * @return the outcome, accepted or not
     * @throws PublishException if it was not published, for lack of room in the ring {@code BACK_PRESSURED}, on the
     *     disk {@code DISK_FULL}; it has no effect
     * @throws TimeoutException if it was published and its outcome did not come in time; it may take effect later
     * @throws InterruptedException if the caller was interrupted while waiting; it may take effect later
     */
    public TypedOutcome execute(
            final long requestId, final C command, final Durability durability, final long timeoutNs)
            throws InterruptedException, TimeoutException {
        final long startNs = System.nanoTime();
        final CompletableFuture<TypedOutcome> future = submitOrWait(requestId, command, durability, timeoutNs);
        try {
            return future.get(Math.max(0, timeoutNs - (System.nanoTime() - startNs)), TimeUnit.NANOSECONDS);
        } catch (final TimeoutException e) {
            throw named(e, requestId, durability, timeoutNs);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof PublishException unpublished) {
                throw unpublished;
            }
            throw new CompletionException(e.getCause());
        }
    }

    private CompletableFuture<Outcome> publish(
            final Registration<? extends C> registration,
            final long requestId,
            final Durability durability,
            final ExpandableArrayBuffer buffer,
            final int length) {
        if (length > maxCommandBytes) {
            return CompletableFuture.failedFuture(new PublishException(
                    PublishResult.TOO_LARGE,
                    "length=" + length + ", maxCommandBytes=" + maxCommandBytes + ", " + registration
                            + "; raise EngineConfig.maxCommandBytes"));
        }
        return publisher.submit(registration.typeId(), requestId, durability, buffer, 0, length);
    }

    private CompletableFuture<TypedOutcome> typed(final CompletableFuture<Outcome> future) {
        final CompletableFuture<TypedOutcome> typed = new CompletableFuture<>();
        future.whenComplete((outcome, failure) -> {
            if (failure == null) {
                typed.complete(new TypedOutcome(outcome, results));
            } else {
                typed.completeExceptionally(failure);
            }
        });
        return typed;
    }

    private TimeoutException named(
            final TimeoutException cause, final long requestId, final Durability durability, final long timeoutNs) {
        final TimeoutException named = new TimeoutException("outcome must arrive in time: timeoutNs=" + timeoutNs
                + ", clientId=" + clientId() + ", requestId=" + requestId + ", durability=" + durability);
        named.initCause(cause);
        return named;
    }

    private static boolean isBackPressured(final CompletableFuture<Outcome> future) {
        if (!future.isCompletedExceptionally()) {
            return false;
        }
        try {
            future.join();
            return false;
        } catch (final CompletionException e) {
            return e.getCause() instanceof PublishException unpublished
                    && unpublished.result() == PublishResult.BACK_PRESSURED;
        }
    }
}
