package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a directory that was taken with nothing but a copy command. */
class CopiedDirectoryTest {
    @TempDir
    Path temporary;

    /** With the lock file, which names the inode of the original's. */
    private static void copy(final Path from, final Path to) throws IOException {
        DamagedDirectory.copy(from, to);
        Files.copy(from.resolve("lock"), to.resolve("lock"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void shouldHoldEverythingWhenItWasCopiedWhileOpen() throws IOException {
        final Path copy = temporary.resolve("copy");
        final List<String> lines;
        try (JournalFixture fixture = JournalFixture.open(temporary.resolve("open"))) {
            fixture.commitEvent(1, "a").journal.force();
            lines = fixture.commitEvent(1, "b").read(1);
            copy(temporary.resolve("open"), copy);
        }
        expectCopied(copy, lines);
    }

    /** The cycle file was copied first, the watermark last. */
    @Test
    void shouldHoldAPrefixWhenItsFilesWereCopiedAtDifferentTimes() throws IOException {
        final Path open = temporary.resolve("open");
        final Path copy = temporary.resolve("copy");
        final List<String> lines;
        try (JournalFixture fixture = JournalFixture.open(open)) {
            fixture.commitEvent(1, "a").journal.force();
            lines = fixture.commitEvent(1, "b").read(1);
            copy(open, copy);
            fixture.commitEvent(1, "c").journal.force();
            copyOver(open, copy, "watermark");
        }
        expectCopied(copy, lines);
    }

    @Test
    void shouldHoldAPrefixWhenALaterCycleWasNotCopied() throws IOException {
        final Path open = temporary.resolve("open");
        final Path copy = temporary.resolve("copy");
        final List<String> lines;
        try (JournalFixture fixture =
                new JournalFixture(JournalFixture.config(open).rollBytes(1))) {
            lines = fixture.commitEvent(1, "a").read(1);
            fixture.journal.force();
            copy(open, copy);
            fixture.commitEvent(1, "b").commitEvent(1, "c").journal.force();
            copyOver(open, copy, "watermark");
            copyOver(open, copy, "manifest");
        }
        expectCopied(copy, lines);
    }

    @Test
    void shouldBeRefusedWhenItIsDamagedBelowTheWatermark() throws IOException {
        final Path copy = temporary.resolve("copy");
        try (JournalFixture fixture = JournalFixture.open(temporary.resolve("open"))) {
            fixture.commitEvent(1, "a").commitEvent(1, "b").journal.force();
            copy(temporary.resolve("open"), copy);
        }
        final Path cycle = DamagedDirectory.cycles(copy).get(0);
        DamagedDirectory.flip(cycle, DamagedDirectory.commits(cycle).get(0).offset() + 100L, 1);
        assertThrows(JournalCorruptException.class, () -> JournalFixture.open(copy));
    }

    /** Chain and length of what is there are as good as those of what was forced; only the watermark tells. */
    @Test
    void shouldBeRefusedWhenItHoldsAnotherCommitInPlaceOfTheOneThatWasForced() throws IOException {
        final Path mine = temporary.resolve("mine");
        final Path other = temporary.resolve("other");
        final Path died = temporary.resolve("died");
        JournalFixture.open(mine).close();
        copy(mine, other);
        try (JournalFixture fixture = JournalFixture.open(mine)) {
            fixture.commitEvent(1, "a").journal.force();
            CrashedDirectory.copyAfterProcessDied(mine, died);
        }
        try (JournalFixture fixture = JournalFixture.open(other)) {
            fixture.commitEvent(1, "b").journal.force();
            copyOver(
                    other,
                    died,
                    DamagedDirectory.cycles(other).get(0).getFileName().toString());
        }

        final JournalCorruptException refused =
                assertThrows(JournalCorruptException.class, () -> JournalFixture.open(died));
        assertTrue(refused.getMessage().contains("must be the one that was forced"), refused.getMessage());
    }

    @Test
    void shouldBeRefusedWhenAFileWasCopiedInPart() throws IOException {
        final Path open = temporary.resolve("open");
        final Path whole = temporary.resolve("whole");
        try (JournalFixture fixture = JournalFixture.open(open)) {
            fixture.commitEvent(1, "a")
                    .commitEvent(1, "b")
                    .commitEvent(1, "c")
                    .journal
                    .force();
            copy(open, whole);
        }
        final long second = DamagedDirectory.commits(
                        DamagedDirectory.cycles(whole).get(0))
                .get(1)
                .offset();
        for (final long length : new long[] {second - Integer.BYTES, second, second + 10, second + 1000}) {
            final Path copy = temporary.resolve("copy-" + length);
            copy(whole, copy);
            try (FileChannel cycle =
                    FileChannel.open(DamagedDirectory.cycles(copy).get(0), StandardOpenOption.WRITE)) {
                cycle.truncate(second - Integer.BYTES);
                // The rest was not written any more, as on a full disk.
                cycle.write(ByteBuffer.allocate(1), length);
            }
            assertThrows(JournalCorruptException.class, () -> JournalFixture.open(copy), "length " + length);
        }
    }

    @Test
    void shouldBeAsTheOriginalWhenItWasCopiedAfterTheClose() throws IOException {
        final Path copy = temporary.resolve("copy");
        final List<String> lines;
        try (JournalFixture fixture = JournalFixture.open(temporary.resolve("open"))) {
            lines = fixture.commitEvent(1, "a").commitEvent(1, "b").read(1);
        }
        copy(temporary.resolve("open"), copy);
        try (JournalFixture fixture = JournalFixture.open(copy)) {
            assertEquals(RecoveryReport.Left.CLOSED, fixture.journal.recovery().left());
            assertEquals(lines, fixture.replayed.lines);
        }
    }

    private static void copyOver(final Path from, final Path to, final String name) throws IOException {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void expectCopied(final Path copy, final List<String> lines) {
        try (JournalFixture fixture = JournalFixture.open(copy)) {
            assertEquals(RecoveryReport.Left.COPIED, fixture.journal.recovery().left());
            assertEquals(lines, fixture.replayed.lines);
            fixture.commitEvent(1, "next");
        }
        try (JournalFixture fixture = JournalFixture.open(copy)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(RecoveryReport.Left.CLOSED, fixture.journal.recovery().left());
            assertEquals(lines, fixture.replayed.lines.subList(0, lines.size()));
        }
    }
}
