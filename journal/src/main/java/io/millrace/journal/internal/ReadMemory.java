package io.millrace.journal.internal;

import java.nio.ByteBuffer;

/** What a scanner reads a file into, piece by piece. For the scanning thread. */
interface ReadMemory {
    /**
     * Memory for the next piece, in the journal's byte order. What was read before is still there until the next call, unless
     * this is the same memory.
     *
     * @param minBytes how large at least
     */
    ByteBuffer next(int minBytes);
}
