package io.millrace.benchmarks;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of an append, in memory that stays in the cache: one operation is one command with one event of 64 bytes.
 * {@link #commit} does what the journal does with a commit but for Chronicle Queue and fresh pages; the difference to
 * {@link AppendBenchmark} is what those cost.
 */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommitBenchmark extends ForkedBenchmark {
    private static final int COMMANDS = 256;

    /** Commands in a commit, a divisor of 256. */
    @Param({"1", "16", "256"})
    public int batch;

    private final CounterSequence sequence = new CounterSequence(CounterTable.ACCOUNTS);
    private final UnsafeBuffer records =
            new UnsafeBuffer(ByteBuffer.allocateDirect(COMMANDS * CounterJournal.RECORD_BYTES));
    private CounterJournal journal;
    private CommandEncoder encoder;
    private UnsafeBuffer commits;
    private int recordsLength;
    private int commitLength;
    private long timestampNs;
    private long chain;
    private long crcs;

    /** For JMH. */
    public CommitBenchmark() {}

    /**
     * Makes the commits once. The journal is there for its encoder, and stays empty.
     *
     * @throws IOException if there is no directory for it
     */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        journal = new CounterJournal(CounterTable.ACCOUNTS, 1);
        encoder = journal.journal().commandEncoder();
        timestampNs = journal.journal().nowNs();
        chain = JournalFormat.firstChain(journal.journal().journalId());
        recordsLength = batch * CounterJournal.RECORD_BYTES;
        commitLength = JournalFormat.COMMIT_HEADER_LENGTH + recordsLength;
        commits = new UnsafeBuffer(ByteBuffer.allocateDirect(COMMANDS / batch * commitLength));
        commit();
        crcs = sumOfStoredCrcs();
    }

    /**
     * Command records only.
     *
     * @return the sequence of the next event
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long encode() {
        encode(0, COMMANDS);
        return encoder.nextSequence();
    }

    /**
     * Copying the records only.
     *
     * @return the last byte
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public byte copy() {
        for (int i = 0; i < COMMANDS / batch; i++) {
            copy(i);
        }
        return commits.getByte(commits.capacity() - 1);
    }

    /**
     * CRC-32C only.
     *
     * @return the sum of all
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long crc() {
        long sum = 0;
        for (int i = 0; i < COMMANDS / batch; i++) {
            sum += crc(i);
        }
        Require.equal("sum of CRCs", crcs, sum);
        return sum;
    }

    /**
     * The chain only.
     *
     * @return its last value
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long chain() {
        for (int i = 0; i < COMMANDS / batch; i++) {
            chain = JournalFormat.nextChain(chain, storedCrc(i), commitLength);
        }
        return chain;
    }

    /**
     * Records, their copy, envelope, CRC-32C and chain.
     *
     * @return the last value of the chain
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long commit() {
        for (int i = 0; i < COMMANDS / batch; i++) {
            encode(i * batch, batch);
            copy(i);
            putEnvelope(i * commitLength);
            final int crc = crc(i);
            commits.putInt(i * commitLength + JournalFormat.COMMIT_CRC_OFFSET, crc, BYTE_ORDER);
            chain = JournalFormat.nextChain(chain, crc, commitLength);
        }
        return chain;
    }

    private void encode(final int first, final int count) {
        for (int i = first; i < first + count; i++) {
            sequence.advance();
            encoder.begin(records, i * CounterJournal.RECORD_BYTES, CounterJournal.RECORD_BYTES);
            final int payload = encoder.claimEvent(
                    CounterTable.TYPE_ID, CounterTable.SCHEMA_VERSION, sequence.account(), CounterTable.LENGTH);
            CounterTable.write(records, payload, sequence.account(), sequence.amount());
            encoder.end(0, sequence.count(), true, 0, Durability.JOURNALED, 0);
        }
    }

    private void copy(final int i) {
        commits.putBytes(
                i * commitLength + JournalFormat.COMMIT_HEADER_LENGTH, records, i * recordsLength, recordsLength);
    }

    private int crc(final int i) {
        return Crc32c.INSTANCE.compute(
                commits.addressOffset(),
                i * commitLength + JournalFormat.COMMIT_CHECKED_OFFSET,
                commitLength - JournalFormat.COMMIT_CHECKED_OFFSET);
    }

    private int storedCrc(final int i) {
        return commits.getInt(i * commitLength + JournalFormat.COMMIT_CRC_OFFSET, BYTE_ORDER);
    }

    private long sumOfStoredCrcs() {
        long sum = 0;
        for (int i = 0; i < COMMANDS / batch; i++) {
            sum += storedCrc(i);
        }
        return sum;
    }

    private void putEnvelope(final int at) {
        commits.putInt(at + JournalFormat.COMMIT_MAGIC_OFFSET, JournalFormat.MAGIC, BYTE_ORDER);
        commits.putInt(at + JournalFormat.COMMIT_LENGTH_OFFSET, commitLength, BYTE_ORDER);
        commits.putShort(at + JournalFormat.COMMIT_VERSION_OFFSET, (short) JournalFormat.VERSION, BYTE_ORDER);
        commits.putShort(at + JournalFormat.COMMIT_FLAGS_OFFSET, (short) 0, BYTE_ORDER);
        commits.putLong(
                at + JournalFormat.COMMIT_JOURNAL_ID_OFFSET, journal.journal().journalId(), BYTE_ORDER);
        commits.putInt(at + JournalFormat.COMMIT_EPOCH_OFFSET, 1, BYTE_ORDER);
        commits.putInt(at + JournalFormat.COMMIT_EVENT_COUNT_OFFSET, batch, BYTE_ORDER);
        commits.putLong(at + JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET, encoder.nextSequence() - batch, BYTE_ORDER);
        commits.putLong(at + JournalFormat.COMMIT_BASE_TIMESTAMP_OFFSET, timestampNs, BYTE_ORDER);
        commits.putLong(at + JournalFormat.COMMIT_CHAIN_OFFSET, chain, BYTE_ORDER);
        commits.putInt(at + JournalFormat.COMMIT_COMMAND_COUNT_OFFSET, batch, BYTE_ORDER);
        commits.putInt(at + JournalFormat.COMMIT_RESERVED_OFFSET, 0, BYTE_ORDER);
    }

    /** Checks the sequences, and the commits against their records and the JDK's CRC-32C. */
    @TearDown(Level.Iteration)
    public void check() {
        Require.equal("next sequence", sequence.count() + 1, encoder.nextSequence());
        commit();
        crcs = sumOfStoredCrcs();
        for (int i = 0; i < COMMANDS / batch; i++) {
            final ByteBuffer commit = commits.byteBuffer().duplicate();
            commit.limit((i + 1) * commitLength).position(i * commitLength + JournalFormat.COMMIT_CHECKED_OFFSET);
            final CRC32C crc = new CRC32C();
            crc.update(commit);
            Require.equal("CRC-32C", (int) crc.getValue(), storedCrc(i));
        }
        final int lastPayload = commits.capacity() - CounterTable.LENGTH;
        Require.equal("amount of the last event", sequence.amount(), CounterTable.amount(commits, lastPayload));
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        journal.close();
    }
}
