package io.millrace.contest;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * What an experienced user would put around a store that commits batches: one ring of commands, allocated once, and three
 * threads that follow each other around it. The caller produces and takes the answers; the writer decides whatever has
 * come in meanwhile, up to a batch, and commits it; the reader counts what was committed in the read model.
 *
 * <pre>
 *  answered &lt;= counted &lt;= committed &lt;= produced &lt;= answered + {@link #RING_COMMANDS}
 *  caller      reader     writer       caller        who moves it on
 * </pre>
 *
 * A slot holds a command until the writer makes its event of it in place, and is the caller's again when it is answered.
 */
public final class BatchPipeline implements AutoCloseable {
    /** Commands that may wait for an answer. */
    public static final int RING_COMMANDS = 1 << 14;

    private static final int RING_MASK = RING_COMMANDS - 1;
    private static final int SPINS = 100;
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long STALL_NS = TimeUnit.SECONDS.toNanos(60);

    // Positions, two cache lines from each other.
    private static final int PRODUCED = 16;
    private static final int COMMITTED = 32;
    private static final int COUNTED = 48;
    private static final int POSITIONS = 64;

    private final Work work;
    private final EventLog log;
    private final int batchCommands;
    private final Books books;
    private final Turnovers turnovers;
    private final ByteBuffer ring =
            ByteBuffer.allocateDirect(RING_COMMANDS * Transfers.COMMAND_BYTES).order(Transfers.BYTE_ORDER);
    private final ByteBuffer writersRing = ring.duplicate().order(Transfers.BYTE_ORDER);
    private final boolean[] accepts = new boolean[RING_COMMANDS];
    private final AtomicLongArray positions = new AtomicLongArray(POSITIONS);
    private final Thread writer = new Thread(() -> guard(this::write), "writer");
    private final Thread reader = new Thread(() -> guard(this::read), "reader");
    private volatile boolean closed;
    private volatile Throwable failure;

    // The caller's.
    private long answered;
    private long accepted;

    // The reader's, the caller's when all is answered.
    private long events;

    /** Where the events go. Called by one thread, which is not the one that opens and closes it. */
    public interface EventLog {
        /**
         * Adds an event to the batch.
         *
         * @param buffer has it until the commit; nobody else uses its position and limit, which must come back as they were
         * @param offset of its {@link Transfers#EVENT_BYTES}
         */
        void append(ByteBuffer buffer, int offset) throws Exception;

        /** Ends the batch: when this returns, its events have reached what the log promises. */
        void commit() throws Exception;
    }

    private interface Stage {
        void run() throws Exception;
    }

    private BatchPipeline(final Work work, final int batchCommands, final EventLog log) {
        this.work = work;
        this.batchCommands = batchCommands;
        this.log = log;
        books = new Books(work.accounts());
        turnovers = new Turnovers(work.accounts());
    }

    /** Does all of the work. The log stays open. */
    public static Contender.Live live(final Work work, final int maxBatchCommands, final EventLog log) {
        try (BatchPipeline pipeline = new BatchPipeline(work, maxBatchCommands, log)) {
            return pipeline.run();
        }
    }

    private Contender.Live run() {
        writer.start();
        reader.start();
        final Usage start = Usage.now();
        produce();
        final Usage usage = Usage.now().since(start);
        return new Contender.Live(usage, new Answer(accepted, events, books.hash(), turnovers.hash()));
    }

    private void produce() {
        final Transfers transfers = work.transfers();
        for (long position = 0; position < work.commands(); position++) {
            transfers.advance();
            if (position == answered + RING_COMMANDS) {
                takeAnswers(answered + 1);
            }
            transfers.write(ring, offset(position));
            positions.setRelease(PRODUCED, position + 1);
        }
        takeAnswers(work.commands());
    }

    /** Takes all answers there are, at least up to a position. */
    private void takeAnswers(final long end) {
        while (answered < end) {
            final long counted = await(COUNTED, answered);
            for (; answered < counted; answered++) {
                accepted += accepts[slot(answered)] ? 1 : 0;
            }
        }
    }

    private void write() throws Exception {
        long position = 0;
        while (position < work.commands()) {
            final long end = Math.min(await(PRODUCED, position), position + batchCommands);
            for (; position < end; position++) {
                accepts[slot(position)] = decide(offset(position));
            }
            log.commit();
            positions.setRelease(COMMITTED, position);
        }
        awaitClose();
    }

    private boolean decide(final int offset) throws Exception {
        final int debit = (int) writersRing.getLong(offset + Transfers.DEBIT_OFFSET);
        final int credit = (int) writersRing.getLong(offset + Transfers.CREDIT_OFFSET);
        final long amount = writersRing.getLong(offset + Transfers.AMOUNT_OFFSET);
        if (!books.allows(debit, amount)) {
            return false;
        }
        Transfers.toEvent(writersRing, offset, books.balance(debit) - amount, books.balance(credit) + amount);
        log.append(writersRing, offset);
        apply(writersRing, offset, books);
        return true;
    }

    /** Applies an event, live and at replay. */
    public static void apply(final ByteBuffer event, final int offset, final Books books) {
        books.apply(
                (int) event.getLong(offset + Transfers.DEBIT_OFFSET),
                (int) event.getLong(offset + Transfers.CREDIT_OFFSET),
                event.getLong(offset + Transfers.AMOUNT_OFFSET));
    }

    private void read() {
        long position = 0;
        while (position < work.commands()) {
            final long committed = await(COMMITTED, position);
            for (; position < committed; position++) {
                if (accepts[slot(position)]) {
                    count(offset(position));
                }
            }
            positions.setRelease(COUNTED, position);
        }
        awaitClose();
    }

    private void count(final int offset) {
        turnovers.add(
                (int) ring.getLong(offset + Transfers.DEBIT_OFFSET),
                (int) ring.getLong(offset + Transfers.CREDIT_OFFSET),
                ring.getLong(offset + Transfers.AMOUNT_OFFSET));
        events++;
    }

    /** Waits until a position is beyond what the calling thread has seen of it. */
    private long await(final int position, final long seen) {
        long found = positions.getAcquire(position);
        if (found == seen) {
            final long startNs = System.nanoTime();
            for (int tries = 0; found == seen; tries++) {
                pause(tries, startNs);
                found = positions.getAcquire(position);
            }
        }
        return found;
    }

    private void pause(final int tries, final long startNs) {
        if (failure != null) {
            throw new IllegalStateException("a thread of the pipeline failed", failure);
        }
        if (closed || System.nanoTime() - startNs > STALL_NS) {
            throw new IllegalStateException("nothing comes: closed=" + closed + " positions=" + positions);
        }
        if (tries < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PARK_NS);
        }
    }

    /** What a thread allocated is only counted while it lives. */
    private void awaitClose() {
        while (!closed) {
            LockSupport.park(this);
        }
    }

    private void guard(final Stage stage) {
        try {
            stage.run();
        } catch (final Throwable e) {
            if (failure == null) {
                failure = e;
            }
        }
    }

    private static int slot(final long position) {
        return (int) position & RING_MASK;
    }

    private static int offset(final long position) {
        return slot(position) * Transfers.COMMAND_BYTES;
    }

    /** Ends the threads, and waits for them as long as it takes: the log must not be closed while one writes to it. */
    @Override
    public void close() {
        closed = true;
        join(writer);
        join(reader);
    }

    private static void join(final Thread thread) {
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
