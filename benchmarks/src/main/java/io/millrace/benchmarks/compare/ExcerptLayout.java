package io.millrace.benchmarks.compare;

import io.millrace.contest.Transfers;
import org.agrona.MutableDirectBuffer;

/**
 * One event as a journal written by hand holds it: sequence, timestamp, type, length, stream, and the 64 bytes.
 *
 * <pre>
 *  0          8           16     20       24       32        96
 *  +----------+-----------+------+--------+--------+---------+
 *  | sequence | timestamp | type | length | stream | payload |
 *  +----------+-----------+------+--------+--------+---------+
 * </pre>
 */
final class ExcerptLayout {
    static final int PAYLOAD_OFFSET = 32;
    static final int BYTES = PAYLOAD_OFFSET + Transfers.EVENT_BYTES;

    private static final int SEQUENCE_OFFSET = 0;
    private static final int TIMESTAMP_OFFSET = 8;
    private static final int TYPE_OFFSET = 16;
    private static final int LENGTH_OFFSET = 20;
    private static final int STREAM_OFFSET = 24;

    private ExcerptLayout() {}

    static void putHeader(
            final MutableDirectBuffer target, final long sequence, final long timestampNs, final long stream) {
        target.putLong(SEQUENCE_OFFSET, sequence, Transfers.BYTE_ORDER);
        target.putLong(TIMESTAMP_OFFSET, timestampNs, Transfers.BYTE_ORDER);
        target.putInt(TYPE_OFFSET, TransferLayout.TYPE_ID, Transfers.BYTE_ORDER);
        target.putInt(LENGTH_OFFSET, Transfers.EVENT_BYTES, Transfers.BYTE_ORDER);
        target.putLong(STREAM_OFFSET, stream, Transfers.BYTE_ORDER);
    }
}
