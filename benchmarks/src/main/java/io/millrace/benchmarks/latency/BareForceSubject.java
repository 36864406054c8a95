package io.millrace.benchmarks.latency;

import io.millrace.contest.Transfers;
import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;

/**
 * What a disk takes at least: as many bytes as Millrace writes for a command go into a mapped file that was filled before,
 * and {@link FileChannel#force} follows, on the sending thread. No ring, no other thread.
 */
final class BareForceSubject implements Subject {
    private static final int FILE_BYTES = 64 << 20;
    private static final int BYTES = JournalFormat.COMMIT_HEADER_LENGTH
            + JournalFormat.COMMAND_HEADER_LENGTH
            + JournalFormat.EVENT_HEADER_LENGTH
            + Transfers.EVENT_BYTES;

    private final Recording recording;
    private final FileChannel channel;
    private final MappedByteBuffer mapped;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(Transfers.BYTE_ORDER);
    private int position;
    private long done;

    BareForceSubject(final Path directory, final Recording recording) throws IOException {
        this.recording = recording;
        channel = FileChannel.open(
                directory.resolve("bare.dat"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        final ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (long at = 0; at < FILE_BYTES; at += zeros.capacity()) {
            channel.write(zeros.clear(), at);
        }
        channel.force(true);
        mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
    }

    @Override
    public boolean offer(final Transfers transfer, final long dueNs) {
        transfer.write(bytes, 0);
        mapped.put(position, bytes, 0, BYTES);
        position = position + 2 * BYTES > FILE_BYTES ? 0 : position + BYTES;
        try {
            channel.force(false);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        recording.record(Section.SYNCED, System.nanoTime() - dueNs);
        done++;
        return true;
    }

    @Override
    public long done() {
        return done;
    }

    @Override
    public void close() throws IOException {
        IoUtil.unmap(mapped);
        channel.close();
    }
}
