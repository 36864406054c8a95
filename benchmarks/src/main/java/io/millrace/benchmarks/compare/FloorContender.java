package io.millrace.benchmarks.compare;

import io.millrace.contest.Answer;
import io.millrace.contest.Books;
import io.millrace.contest.Contender;
import io.millrace.contest.Transfers;
import io.millrace.contest.Turnovers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The floor: the same events copied one behind the other into a fresh mapped file, by one thread that does nothing else:
 * no ring, no other thread, no state.
 */
final class FloorContender implements Contender {
    private static final int BLOCK_BYTES = 64 << 20;
    private static final int EVENTS_PER_BLOCK = BLOCK_BYTES / ExcerptLayout.BYTES;

    @Override
    public String key() {
        return "floor";
    }

    @Override
    public String title() {
        return "plain mapped copy";
    }

    @Override
    public Durability durability() {
        return Durability.JOURNALED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("work", "copies events of 96 bytes, decides and applies nothing, one thread");
    }

    @Override
    public Live live(final Path directory, final Work work) throws IOException {
        final Transfers transfers = work.transfers();
        final UnsafeBuffer event = new UnsafeBuffer(new byte[ExcerptLayout.BYTES]);
        try (FileChannel channel = FileChannel.open(
                directory.resolve("floor.dat"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            final Usage start = Usage.now();
            for (long done = 0; done < work.commands(); done += EVENTS_PER_BLOCK) {
                final MappedByteBuffer block =
                        channel.map(FileChannel.MapMode.READ_WRITE, done / EVENTS_PER_BLOCK * BLOCK_BYTES, BLOCK_BYTES);
                copy(transfers, event, new UnsafeBuffer(block), (int)
                        Math.min(EVENTS_PER_BLOCK, work.commands() - done));
                IoUtil.unmap(block);
            }
            final Usage usage = Usage.now().since(start);
            return new Live(usage, readBack(channel, work));
        }
    }

    private static void copy(
            final Transfers transfers, final UnsafeBuffer event, final UnsafeBuffer block, final int count) {
        for (int i = 0; i < count; i++) {
            transfers.advance();
            ExcerptLayout.putHeader(event, transfers.id(), 0, transfers.debit());
            TransferLayout.write(transfers, event, ExcerptLayout.PAYLOAD_OFFSET);
            block.putBytes(i * ExcerptLayout.BYTES, event, 0, ExcerptLayout.BYTES);
        }
    }

    /** What was copied, applied afterwards: the answer is in the file and nowhere else. */
    private static Answer readBack(final FileChannel channel, final Work work) throws IOException {
        final Books books = new Books(work.accounts());
        final Turnovers turnovers = new Turnovers(work.accounts());
        for (long done = 0; done < work.commands(); done += EVENTS_PER_BLOCK) {
            final MappedByteBuffer block =
                    channel.map(FileChannel.MapMode.READ_ONLY, done / EVENTS_PER_BLOCK * BLOCK_BYTES, BLOCK_BYTES);
            final UnsafeBuffer bytes = new UnsafeBuffer(block);
            final int count = (int) Math.min(EVENTS_PER_BLOCK, work.commands() - done);
            for (int offset = ExcerptLayout.PAYLOAD_OFFSET; offset < count * ExcerptLayout.BYTES; ) {
                final int debit = TransferLayout.debit(bytes, offset);
                final int credit = TransferLayout.credit(bytes, offset);
                final long amount = TransferLayout.amount(bytes, offset);
                books.apply(debit, credit, amount);
                turnovers.add(debit, credit, amount);
                offset += ExcerptLayout.BYTES;
            }
            IoUtil.unmap(block);
        }
        return new Answer(work.commands(), work.commands(), books.hash(), turnovers.hash());
    }

    @Override
    public boolean replays() {
        return false;
    }

    @Override
    public Replay replay(final Path directory, final Work work) {
        throw new UnsupportedOperationException("the floor is not replayed");
    }
}
