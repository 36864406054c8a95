package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lock file says of who held a directory. */
class LockHolderTest {
    @TempDir
    Path directory;

    private LockHolder current() throws IOException {
        final Path lock = directory.resolve(DirectoryLock.FILE_NAME);
        if (!Files.exists(lock)) {
            Files.createFile(lock);
        }
        return LockHolder.current(lock);
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        final LockHolder holder = current();
        assertEquals(ProcessHandle.current().pid(), holder.pid());
        assertEquals(holder, LockHolder.parse(holder.text()));
        Files.writeString(directory.resolve(DirectoryLock.FILE_NAME), holder.text());
        assertEquals(holder, LockHolder.read(directory));
    }

    @Test
    void shouldKnowThisBootThisProcessAndThisDirectory() throws IOException {
        final LockHolder holder = current();
        assertTrue(holder.sameBoot());
        assertTrue(holder.sameDirectory(directory));
        assertFalse(holder.sameDirectory(directory.resolve("other")));
    }

    @Test
    void shouldTellAnotherBootAndACopyApart() throws IOException {
        final LockHolder holder = current();
        assertFalse(new LockHolder(holder.pid(), holder.startTime(), "other", holder.inode()).sameBoot());
        assertFalse(new LockHolder(holder.pid(), holder.startTime(), holder.bootId(), holder.inode() + 1)
                .sameDirectory(directory));
    }

    @Test
    void shouldConcludeNothingFromADamagedText() {
        for (final String text : List.of("", "\0\0\0", "pid=abc\ninode=-5", "\\u00zz", "pid=99999999999999999999")) {
            final LockHolder holder = LockHolder.parse(text);
            assertEquals(-1, holder.pid(), text);
            assertEquals(-1, holder.inode(), text);
            assertFalse(holder.sameBoot() || holder.sameDirectory(directory), text);
        }
    }

    @Test
    void shouldKnowNobodyWhenThereIsNoLock() {
        assertEquals(LockHolder.parse(""), LockHolder.read(directory));
    }
}
