package io.millrace.faults.kill;

import io.millrace.journal.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a child process tried and what it was told, in a mapped file that outlives it. The numbers of a client have one
 * writing thread each; any process may read.
 *
 * <pre>
 *   0       8          16        24            64 * (1 + client)
 *  +-------+----------+---------+-------------+-----------+-------+--------------+
 *  | stage | openings | refused | refused now | published | acked | acked synced |
 *  +-------+----------+---------+-------------+-----------+-------+--------------+
 * </pre>
 */
public final class AckFile {
    /** Clients have the ids 1 to this. */
    public static final int CLIENTS = 3;

    private static final int STRIDE = 64;
    private static final int STAGE_OFFSET = 0;
    private static final int OPENINGS_OFFSET = 8;
    private static final int REFUSED_OFFSET = 16;
    private static final int REFUSED_NOW_OFFSET = 24;
    private static final int CLIENTS_OFFSET = STRIDE;
    private static final int PUBLISHED_OFFSET = 0;
    private static final int ACKED_OFFSET = 8;
    private static final int SYNCED_OFFSET = 16;

    private final UnsafeBuffer buffer;

    private AckFile(final UnsafeBuffer buffer) {
        this.buffer = buffer;
    }

    /** Maps a file, and creates it if need be. The mapping goes with this object. */
    public static AckFile map(final Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long length = CLIENTS_OFFSET + (CLIENTS + 1L) * STRIDE;
            return new AckFile(new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, length)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stage(final Stage stage) {
        buffer.putLongRelease(STAGE_OFFSET, stage.ordinal());
        if (stage == Stage.OPEN) {
            buffer.getAndAddLong(OPENINGS_OFFSET, 1);
        }
    }

    /** How far the child has come. */
    public Stage stage() {
        return Stage.values()[(int) buffer.getLongAcquire(STAGE_OFFSET)];
    }

    /** How often an engine was launched. */
    public long openings() {
        return buffer.getLongAcquire(OPENINGS_OFFSET);
    }

    void published(final int client, final long request) {
        buffer.putLongRelease(offset(client) + PUBLISHED_OFFSET, request);
    }

    /** Highest request that a client tried to publish. */
    public long published(final int client) {
        return buffer.getLongAcquire(offset(client) + PUBLISHED_OFFSET);
    }

    void acked(final int client, final long request, final Durability level) {
        buffer.putLongRelease(offset(client) + ACKED_OFFSET, Math.max(request, acked(client)));
        if (level == Durability.SYNCED) {
            buffer.putLongRelease(offset(client) + SYNCED_OFFSET, Math.max(request, ackedSynced(client)));
        }
    }

    /** Highest request of a client that was acknowledged. */
    public long acked(final int client) {
        return buffer.getLongAcquire(offset(client) + ACKED_OFFSET);
    }

    /** Highest request of a client that was acknowledged as synced. */
    public long ackedSynced(final int client) {
        return buffer.getLongAcquire(offset(client) + SYNCED_OFFSET);
    }

    /** Highest request of a client that must be there after a fault that spares this level. */
    public long acked(final int client, final Durability level) {
        return level == Durability.SYNCED ? ackedSynced(client) : acked(client);
    }

    /** Acknowledgements of all clients. */
    public long acked() {
        long sum = 0;
        for (int client = 1; client <= CLIENTS; client++) {
            sum += acked(client);
        }
        return sum;
    }

    /** After a power loss: what is not there any more was never acknowledged, and will be published again. */
    void forget(final int client, final long lastRequest) {
        buffer.putLongRelease(offset(client) + PUBLISHED_OFFSET, lastRequest);
        buffer.putLongRelease(offset(client) + ACKED_OFFSET, Math.min(lastRequest, acked(client)));
        buffer.putLongRelease(offset(client) + SYNCED_OFFSET, Math.min(lastRequest, ackedSynced(client)));
    }

    void refusedForSpace(final boolean now) {
        if (now) {
            buffer.getAndAddLong(REFUSED_OFFSET, 1);
        }
        buffer.putLongRelease(REFUSED_NOW_OFFSET, now ? 1 : 0);
    }

    /** How many commands were refused because the disk is nearly full. */
    public long refusedForSpace() {
        return buffer.getLongAcquire(REFUSED_OFFSET);
    }

    /** Whether the last command was. */
    public boolean isRefusedForSpace() {
        return buffer.getLongAcquire(REFUSED_NOW_OFFSET) == 1;
    }

    @Override
    public String toString() {
        return "stage=" + stage() + ", published=" + published(1) + " " + published(2) + " " + published(3) + ", acked="
                + acked() + ", refused=" + refusedForSpace() + ", refusedNow=" + isRefusedForSpace();
    }

    private static int offset(final int client) {
        return CLIENTS_OFFSET + client * STRIDE;
    }

    /** How far a child has come. */
    public enum Stage {
        /** The JVM runs. */
        STARTED,
        /** The engine is launched. */
        OPEN,
        /** The engine is being closed. */
        CLOSING,
        /** The engine is closed. */
        CLOSED
    }
}
