package io.millrace.peers.reveno;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.reveno.atp.api.commands.Result;

/** The answers that are outstanding, oldest first, as many as there are places. Of the producing thread. */
final class Answers {
    private static final long STALL_NS = 60_000_000_000L;
    private static final long POLL_NS = 20_000;

    private final CompletableFuture<Result<Boolean>>[] places;
    private int next;
    private long accepted;

    Answers(final int capacity) {
        places = newPlaces(capacity);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // There is no other way to an array of a generic type.
    private static CompletableFuture<Result<Boolean>>[] newPlaces(final int capacity) {
        return new CompletableFuture[capacity];
    }

    /** Returns when there is room for one more. */
    void awaitRoom() {
        final CompletableFuture<Result<Boolean>> oldest = places[next];
        if (oldest != null) {
            settle(oldest);
            places[next] = null;
        }
    }

    /** Only after {@link #awaitRoom}. */
    void add(final CompletableFuture<Result<Boolean>> answer) {
        places[next] = answer;
        next = next + 1 == places.length ? 0 : next + 1;
    }

    /** Returns when all are there. */
    void awaitAll() {
        for (int i = 0; i < places.length; i++) {
            awaitRoom();
            next = next + 1 == places.length ? 0 : next + 1;
        }
    }

    long accepted() {
        return accepted;
    }

    private void settle(final CompletableFuture<Result<Boolean>> answer) {
        final long deadline = System.nanoTime() + STALL_NS;
        while (!answer.isDone()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Reveno must answer: accepted so far=" + accepted);
            }
            LockSupport.parkNanos(POLL_NS);
        }
        final Result<Boolean> result = answer.join();
        if (!result.isSuccess()) {
            throw new IllegalStateException("Reveno must not fail", result.getException());
        }
        if (result.getResult()) {
            accepted++;
        }
    }
}
