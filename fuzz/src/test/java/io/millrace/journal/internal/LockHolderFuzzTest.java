package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A lock file of any bytes names a holder, or says nothing; it never keeps a journal from opening. */
class LockHolderFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void shouldNameAHolderOrNobodyWhenLockFileIsAnything(final byte[] input) {
        final LockHolder holder = LockHolder.parse(new String(input, StandardCharsets.ISO_8859_1));
        assertTrue(holder.pid() >= -1, "pid");
        assertTrue(holder.inode() >= -1, "inode");
        assertFalse(holder.startTime() == null || holder.bootId() == null, "start time and boot id");
        holder.sameBoot();
        holder.alive();
    }
}
