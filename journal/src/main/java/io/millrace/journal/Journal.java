package io.millrace.journal;

import io.millrace.journal.internal.ChronicleJournal;
import org.agrona.DirectBuffer;

/**
 * A durable, checked, append-only sequence of events in one directory, kept in memory-mapped Chronicle Queue files.
 *
 * <p>Threads: one thread {@linkplain #append appends}. One thread, the same or another that hands its records over in
 * order, uses the {@linkplain #commandEncoder() encoder} and the {@linkplain #nowNs() clock}. Any thread may force, create readers, and ask for watermarks. A reader belongs to one thread at a time.
 *
 * <p>The first failed write, force or mapping poisons the journal: every later append and force throws
 * {@link JournalFailedException}. Reading goes on as far as it can.
 */
public interface Journal extends AutoCloseable {
    /**
     * Opens a journal for writing, alone, and creates it when the directory holds none. Reads it from its oldest commit
     * to its newest and checks every one of them before it is delivered to the handler, then forces what was not known to
     * be forced. Blocks for as long as that takes. A thread that ends with it reads and checks up to 2 MiB ahead.
     *
     * <p>Damage at or below the durable watermark is refused, and so is any damage while the machine has not gone down
     * since; nothing is changed then. What a machine that went down left torn above the watermark is cut away, kept in the
     * directory {@code cut} beside, and reported by {@link #recovery()}. An opening that was cut short can be repeated.
     *
     * @param config where and how
     * @param handler receives everything the journal holds, in order, on the calling thread; may throw, which ends the
     *     opening and releases the directory
     * @return the journal, ready to append behind its last commit
     * @throws MissingJvmFlagsException if the JVM lacks a needed flag
     * @throws JournalLockedException if another process, or this one, has the directory open for writing
     * @throws JournalCorruptException if anything in it is not as it was written
     * @throws JournalException if the directory cannot be used: it is not readable or writable, others have rights on it,
     *     or it holds what does not belong to a journal; or the calling thread is interrupted
     * @throws IllegalArgumentException if the configured limits do not go together
     */
    static Journal open(final JournalConfig config, final JournalHandler handler) {
        return ChronicleJournal.open(config, handler);
    }

    /**
     * Appends one commit. On return its records have reached {@link Durability#JOURNALED}. Does not allocate, and blocks
     * only as long as the kernel takes to give pages. The records must have been made by {@link #commandEncoder()}, in
     * order, without a gap.
     *
     * @param records buffer that holds whole command records, one behind the other
     * @param offset of the first record
     * @param length of all records in bytes, at most {@link JournalConfig#maxCommitBytes()} less
     *     {@link JournalFormat#COMMIT_HEADER_LENGTH}
     * @param commandCount number of records
     * @param eventCount number of events in them
     * @param baseTimestampNs to which the records' timestamp deltas are relative; must not be below that of the commit
     *     before
     * @throws InvalidRecordException if a length or count is out of range; nothing was written
     * @throws JournalDiskFullException if there is no room; nothing was written, and the journal is still healthy
     * @throws JournalFailedException if the journal is poisoned, or this append poisoned it
     */
    void append(DirectBuffer records, int offset, int length, int commandCount, int eventCount, long baseTimestampNs);

    /**
     * Forces everything that was journaled when this was called to the device. Blocks until the device has answered;
     * other threads may append meanwhile. A failed force is never tried again.
     *
     * @return the highest sequence that is now {@link Durability#SYNCED}
     * @throws JournalFailedException if the force fails, or the journal is poisoned or closed
     */
    long force();

    /**
     * The encoder of command records for this journal. There is one; it assigns sequences and stream versions.
     *
     * @return the encoder, for one thread
     */
    CommandEncoder commandEncoder();

    /**
     * The clock that stamps commits: {@link JournalConfig#clock}, never below a timestamp that the journal holds.
     *
     * @return nanoseconds since 1970-01-01T00:00Z; for the encoding thread only
     */
    long nowNs();

    /**
     * Opens a reader of its own position.
     *
     * @param fromSequence first sequence to deliver, at least 1; may lie ahead of the journal
     * @return a reader that the caller closes; what it still has to read is not deleted while it is open
     * @throws JournalException if events from there on were deleted
     */
    JournalReader newReader(long fromSequence);

    /**
     * Opens a reader of single streams.
     *
     * @return a reader that the caller closes
     */
    StreamReader newStreamReader();

    /**
     * Highest sequence that has reached {@link Durability#JOURNALED}. Any thread; acquire semantics, paired with the
     * release by the writing thread behind each append.
     *
     * @return the sequence, 0 when the journal is empty
     */
    long journaledSequence();

    /**
     * Highest sequence that has reached {@link Durability#SYNCED}, which is the durable watermark. What the journal holds
     * when it is opened is forced by the opening. Any thread; acquire semantics.
     *
     * @return the sequence, 0 when nothing is
     */
    long syncedSequence();

    /**
     * The oldest event that the journal still has, after retention.
     *
     * @return its sequence, 1 as long as nothing was deleted
     */
    long firstSequence();

    /**
     * Whether new commands should be refused: the disk is nearly full. What is in flight when this turns true still fits,
     * up to half of {@link JournalConfig#reserveBytes()}. Turns back when there is space again. Any thread; a volatile read.
     *
     * @return true while there is less space than the configuration wants
     */
    boolean isDiskFull();

    /**
     * Deletes the oldest cycles, those that hold nothing from a sequence on, and nothing that a {@link #hold} or an open
     * reader still needs. The newest cycle always stays. The manifest forgets them first, then the files go, oldest
     * first; an interrupted deletion is finished by the next opening. Blocks for a force and the deletions; any thread.
     *
     * <p>A journal whose start is gone can only be replayed by somebody who has the state up to there.
     *
     * @param sequence of the oldest event to keep
     * @return how many cycles were deleted
     * @throws JournalFailedException if the journal is poisoned or closed
     */
    int deleteBefore(long sequence);

    /**
     * Keeps {@link #deleteBefore} from deleting an event and those behind it.
     *
     * @param sequence of the oldest event that is needed
     * @return to be moved and closed by the caller
     * @throws JournalException if the event is gone already
     */
    RetentionHold hold(long sequence);

    /**
     * What the opening found and did.
     *
     * @return the report
     */
    RecoveryReport recovery();

    /**
     * What identifies this journal.
     *
     * @return the random id drawn at its creation
     */
    long journalId();

    /**
     * Which opening for writing this is.
     *
     * @return the epoch, from 1
     */
    int epoch();

    /**
     * Why the journal is poisoned.
     *
     * @return the first failure, null while it is healthy
     */
    Throwable failure();

    /**
     * Forces what is not forced yet, notes that the journal was closed cleanly, and lets go of files and lock. A poisoned
     * journal is only let go of. The appending thread must be done. Idempotent. Readers should have been closed before: a later poll
     * throws {@link JournalFailedException}, and one that stays in its handler for more than a second holds the files and
     * the lock until it returns.
     *
     * @throws JournalFailedException if the last force fails; everything is released all the same
     */
    @Override
    void close();
}
