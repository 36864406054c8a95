package io.millrace.faults.simulation;

import io.millrace.journal.JournalFormat;

/** What machine and model agree on: numbers and sizes, no behaviour. */
final class Rules {
    static final int EVENT_PLAIN = 1;
    static final int EVENT_WITHDRAWN = 2;
    static final int[] EVENT_TYPES = {EVENT_PLAIN, EVENT_WITHDRAWN};
    static final int STREAMS = 7;
    static final int CODE_ACCEPTED = 41;
    static final int CODE_SHORT = 77;
    static final int CODE_REJECTED = 78;
    static final int MAX_RESULT_BYTES = 48;
    static final int FILL_STREAM = 3;

    private Rules() {}

    /** The byte at a place of a made-up payload. */
    static byte pattern(final long requestId, final int event, final int index) {
        return (byte) (requestId * 31 + event * 7L + index);
    }

    /** The longest event payload of a command with no other event and no result. */
    static int longestPayload(final int maxCommitBytes) {
        final int room = maxCommitBytes
                - JournalFormat.COMMIT_HEADER_LENGTH
                - JournalFormat.COMMAND_HEADER_LENGTH
                - JournalFormat.EVENT_HEADER_LENGTH;
        return room / JournalFormat.ALIGNMENT * JournalFormat.ALIGNMENT;
    }

    /** The next value of a digest of everything that was applied, in order. */
    static long mix(final long digest, final long value) {
        final long mixed = (digest ^ value) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }
}
