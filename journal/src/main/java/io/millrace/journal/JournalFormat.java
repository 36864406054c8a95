package io.millrace.journal;

import java.nio.ByteOrder;

/**
 * Format version 1 of the journal, whole: every offset and length stands here and nowhere else.
 *
 * <p>The unit the journal writes is the <b>commit</b>: the whole commands of one ring batch, in one Chronicle Queue
 * excerpt. A commit is an envelope followed by command records; a command record is a header, the events that the
 * command emitted, and an optional result payload. Everything is little-endian, every record starts on a multiple of 8
 * bytes counted from the start of the commit, and padding is zero. The same layout is described for other languages by
 * the SBE schema {@code io/millrace/journal/millrace-journal-v1.xml}.
 *
 * <pre>
 * Commit envelope, 64 bytes
 *   0        4        8       12    14    16                      24       28       32
 *  +--------+--------+--------+-----+-----+-----------------------+--------+--------+
 *  | magic  | crc32c | length | ver |flags|      journal id       | epoch  | events |
 *  +--------+--------+--------+-----+-----+-----------------------+--------+--------+
 *   32                        40                      48                   56       60
 *  +-------------------------+-----------------------+--------------------+--------+--------+
 *  |     first sequence      |   base timestamp ns   |       chain        |commands|   0    |
 *  +-------------------------+-----------------------+--------------------+--------+--------+
 *
 * Command record, 32 bytes + events + result
 *   0        4                 8                 16                24   26 27 28   30   32
 *  +--------+-----------------+-----------------+-----------------+----+--+--+----+----+---------+--------+
 *  | length | timestamp delta |    client id    |   request id    |code|st|lv| res| ev | events… | result |
 *  +--------+-----------------+-----------------+-----------------+----+--+--+----+----+---------+--------+
 *
 * Event record, 32 bytes + payload
 *   0        4      6      8           16               24                   32
 *  +--------+------+------+-----------+----------------+--------------------+---------+
 *  | length | type | ver. | stream id | stream version | previous sequence  | payload |
 *  +--------+------+------+-----------+----------------+--------------------+---------+
 * </pre>
 *
 * <p><b>What makes a commit good.</b> The magic and version are known, no flag is set, {@code length} equals the length of the excerpt,
 * {@code crc32c} (CRC-32C, RFC 3720) matches bytes 8 to {@code length}, the journal id is this journal's, the first
 * sequence follows the last one of the commit before, {@code chain} equals {@link #nextChain} of the commit before, and
 * the records fill the commit exactly. A reader that finds anything else stops with
 * {@link JournalCorruptException}; it never skips.
 *
 * <p><b>Numbers.</b> Sequences count events from 1. A commit may hold only commands without events (rejected ones, kept
 * so that a repeated request gets the same answer): its event count is 0 and its first sequence is that of the next
 * event. A journal holds at most 2^48 - 1 events. Type ids, schema versions, codes, result lengths and event counts are unsigned 16-bit numbers.
 *
 * <p><b>Version rule.</b> {@link #VERSION} grows with any change that an existing reader would misread.
 */
public final class JournalFormat {
    /** Byte order of every number in the journal. */
    public static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    /** First four bytes of every commit: {@code MRC1} in ASCII. */
    public static final int MAGIC = 0x3143_524D;

    /** Version of this format. */
    public static final int VERSION = 1;

    /** Every record starts on a multiple of this many bytes. */
    public static final int ALIGNMENT = 8;

    /** Offset of the magic in a commit, 4 bytes. */
    public static final int COMMIT_MAGIC_OFFSET = 0;

    /** Offset of the CRC-32C over the bytes from {@link #COMMIT_CHECKED_OFFSET} to the end of the commit, 4 bytes. */
    public static final int COMMIT_CRC_OFFSET = 4;

    /** First byte that the CRC covers. */
    public static final int COMMIT_CHECKED_OFFSET = 8;

    /** Offset of the length of the whole commit in bytes, 4 bytes. */
    public static final int COMMIT_LENGTH_OFFSET = 8;

    /** Offset of the format version, 2 bytes. */
    public static final int COMMIT_VERSION_OFFSET = 12;

    /** Offset of the flags, 2 bytes; version 1 defines none, all bits are zero. */
    public static final int COMMIT_FLAGS_OFFSET = 14;

    /** Offset of the journal id, 8 bytes: a random number drawn when the journal was created. */
    public static final int COMMIT_JOURNAL_ID_OFFSET = 16;

    /** Offset of the epoch, 4 bytes: which opening for writing wrote this commit, from 1. */
    public static final int COMMIT_EPOCH_OFFSET = 24;

    /** Offset of the number of events in the commit, 4 bytes. */
    public static final int COMMIT_EVENT_COUNT_OFFSET = 28;

    /** Offset of the sequence of the first event, 8 bytes. */
    public static final int COMMIT_FIRST_SEQUENCE_OFFSET = 32;

    /** Offset of the base timestamp, nanoseconds since 1970-01-01T00:00Z, 8 bytes; never decreases. */
    public static final int COMMIT_BASE_TIMESTAMP_OFFSET = 40;

    /** Offset of the chain, 8 bytes: {@link #nextChain} of the commit before. */
    public static final int COMMIT_CHAIN_OFFSET = 48;

    /** Offset of the number of command records, 4 bytes. */
    public static final int COMMIT_COMMAND_COUNT_OFFSET = 56;

    /** Offset of four zero bytes that complete the envelope. */
    public static final int COMMIT_RESERVED_OFFSET = 60;

    /** Length of the commit envelope. */
    public static final int COMMIT_HEADER_LENGTH = 64;

    /** Offset of the length of a command record with its events and result, 4 bytes, a multiple of 8. */
    public static final int COMMAND_LENGTH_OFFSET = 0;

    /** Offset of the nanoseconds to add to the commit's base timestamp, unsigned, 4 bytes. */
    public static final int COMMAND_TIMESTAMP_DELTA_OFFSET = 4;

    /** Offset of the client id, 8 bytes; 0 means an anonymous command. */
    public static final int COMMAND_CLIENT_ID_OFFSET = 8;

    /** Offset of the request id, 8 bytes, chosen by the client. */
    public static final int COMMAND_REQUEST_ID_OFFSET = 16;

    /** Offset of the outcome code, unsigned, 2 bytes. */
    public static final int COMMAND_CODE_OFFSET = 24;

    /** Offset of the outcome status, 1 byte: {@link #STATUS_ACCEPTED} or {@link #STATUS_REJECTED}. */
    public static final int COMMAND_STATUS_OFFSET = 26;

    /** Offset of the durability that the command asked for, 1 byte: {@link Durability#code()}. */
    public static final int COMMAND_DURABILITY_OFFSET = 27;

    /** Offset of the length of the result payload, unsigned, 2 bytes. */
    public static final int COMMAND_RESULT_LENGTH_OFFSET = 28;

    /** Offset of the number of events, unsigned, 2 bytes. */
    public static final int COMMAND_EVENT_COUNT_OFFSET = 30;

    /** Length of the command header; the events follow, then the result payload padded to {@link #ALIGNMENT}. */
    public static final int COMMAND_HEADER_LENGTH = 32;

    /** Offset of the length of an event record, header and payload without padding, 4 bytes. */
    public static final int EVENT_LENGTH_OFFSET = 0;

    /** Offset of the event's type id, unsigned, 2 bytes, 1 to 65535. */
    public static final int EVENT_TYPE_ID_OFFSET = 4;

    /** Offset of the schema version of the payload, unsigned, 2 bytes. */
    public static final int EVENT_SCHEMA_VERSION_OFFSET = 6;

    /** Offset of the stream id, 8 bytes. */
    public static final int EVENT_STREAM_ID_OFFSET = 8;

    /** Offset of the stream version, 8 bytes: count of events in the stream up to this one, from 1. */
    public static final int EVENT_STREAM_VERSION_OFFSET = 16;

    /** Offset of the sequence of the stream's previous event, 8 bytes; 0 for the first. */
    public static final int EVENT_PREVIOUS_SEQUENCE_OFFSET = 24;

    /** Length of the event header; the payload follows, padded to {@link #ALIGNMENT}. */
    public static final int EVENT_HEADER_LENGTH = 32;

    /** Status of a command whose events were applied. */
    public static final int STATUS_ACCEPTED = 0;

    /** Status of a command that left no events. */
    public static final int STATUS_REJECTED = 1;

    /** Largest value of an unsigned 16-bit field. */
    public static final int MAX_U16 = 0xFFFF;

    private JournalFormat() {}

    /**
     * Rounds a length up to the next multiple of {@link #ALIGNMENT}.
     *
     * @param length in bytes, not negative
     * @return the padded length in bytes
     */
    public static int align(final int length) {
        return (length + (ALIGNMENT - 1)) & -ALIGNMENT;
    }

    /**
     * The first eight bytes of an event record as one number: length, type id and schema version.
     *
     * @param length of the record without padding, in bytes
     * @param typeId 1 to 65535
     * @param schemaVersion 0 to 65535
     * @return to be stored at {@link #EVENT_LENGTH_OFFSET}
     */
    public static long eventWord(final int length, final int typeId, final int schemaVersion) {
        return (long) schemaVersion << 48 | (long) typeId << 32 | length;
    }

    /**
     * The last eight bytes of a command header as one number: code, status, durability, result length, event count.
     *
     * @param code 0 to 65535
     * @param status {@link #STATUS_ACCEPTED} or {@link #STATUS_REJECTED}
     * @param durability {@link Durability#code()}
     * @param resultLength 0 to 65535
     * @param eventCount 0 to 65535
     * @return to be stored at {@link #COMMAND_CODE_OFFSET}
     */
    public static long outcomeWord(
            final int code, final int status, final int durability, final int resultLength, final int eventCount) {
        return (long) eventCount << 48 | (long) resultLength << 32 | (long) durability << 24 | status << 16 | code;
    }

    /**
     * The chain value of a journal's first commit.
     *
     * @param journalId id of the journal
     * @return the value its first commit carries
     */
    public static long firstChain(final long journalId) {
        return mix(journalId);
    }

    /**
     * The chain value that the commit after this one carries. It binds each commit to all before it: a commit that was
     * changed with a recomputed CRC, dropped, repeated or moved breaks the chain at its successor. The mixing function
     * is the 64-bit finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, variant 13 by D. Stafford). It is no
     * cryptographic hash: it finds damage, not forgery.
     *
     * @param chain chain field of this commit
     * @param crc32c CRC field of this commit
     * @param length length field of this commit
     * @return chain field of the next commit
     */
    public static long nextChain(final long chain, final int crc32c, final int length) {
        return mix(chain + 0x9E37_79B9_7F4A_7C15L ^ ((long) length << 32 | crc32c & 0xFFFF_FFFFL));
    }

    private static long mix(final long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
