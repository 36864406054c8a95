package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final int ROUNDS = 20_000;
    private static final Progress.End NEVER = sequence -> {};

    /** Each thread waits for the other, so that a wake-up that is missed once is a wait that runs into its limit. */
    @Test
    void shouldMissNoWakeUpWhenTwoThreadsWaitForEachOther() throws Exception {
        final Progress ping = new Progress(0);
        final Progress pong = new Progress(0);
        final CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            for (long i = 1; i <= ROUNDS; i++) {
                await(ping, i);
                pong.publish(i);
            }
        });
        for (long i = 1; i <= ROUNDS; i++) {
            ping.publish(i);
            await(pong, i);
        }
        other.get(Waiting.LIMIT_NS, TimeUnit.NANOSECONDS);
    }

    private static void await(final Progress progress, final long sequence) {
        try {
            assertTrue(progress.await(sequence, Waiting.LIMIT_NS, NEVER));
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldWakeEveryWaiterWhenItsSequenceIsReached() throws Exception {
        final Progress progress = new Progress(0);
        final CompletableFuture<?>[] waiters = new CompletableFuture<?>[4];
        for (int i = 0; i < waiters.length; i++) {
            final long sequence = 1 + i % 2;
            waiters[i] = CompletableFuture.runAsync(() -> await(progress, sequence));
        }
        progress.publish(1);
        progress.publish(2);
        CompletableFuture.allOf(waiters).get(Waiting.LIMIT_NS, TimeUnit.NANOSECONDS);
    }

    @Test
    void shouldReturnFalseWhenTheTimeRunsOut() throws Exception {
        assertFalse(new Progress(4).await(5, 1, NEVER));
        assertFalse(new Progress(4).await(5, -1, NEVER));
        assertTrue(new Progress(5).await(5, 0, NEVER));
    }

    @Test
    void shouldEndTheWaitWhenTheSequenceWillNotCome() {
        final AtomicLong asked = new AtomicLong();
        final Progress progress = new Progress(0);
        assertThrows(
                IllegalStateException.class,
                () -> progress.await(7, Long.MAX_VALUE, sequence -> {
                    asked.set(sequence);
                    throw new IllegalStateException("will not come");
                }));
        assertTrue(asked.get() == 7);
    }
}
