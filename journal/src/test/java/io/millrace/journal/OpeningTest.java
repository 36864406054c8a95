package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open a journal, with what, and what is left when it is refused. */
class OpeningTest {
    /** Where Chronicle keeps it in a cycle file. */
    private static final int WRITE_POSITION_OFFSET = 0x40;

    @TempDir
    Path temporary;

    @Test
    void shouldKeepOthersOutWhenItCreatesTheDirectory() throws IOException {
        final Path directory = temporary.resolve("a/b/journal");
        JournalFixture.open(directory).close();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    @Test
    void shouldRefuseWhenThisProcessHasItOpen() throws IOException {
        final Path directory = temporary.resolve("journal");
        final Path alias = Files.createSymbolicLink(temporary.resolve("alias"), directory);
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            for (final Path path : List.of(directory, alias, directory.resolve("."))) {
                final JournalLockedException refusal =
                        assertThrows(JournalLockedException.class, () -> JournalFixture.open(path));
                assertEquals(ProcessHandle.current().pid(), refusal.holderPid());
            }
            fixture.commitEvent(1, "still mine");
        }
        JournalFixture.open(alias).close();
    }

    /** The refused opening of the same process must not let go of the kernel's lock. */
    @Test
    void shouldRefuseAnotherProcessWhenThisOneHasItOpen() throws Exception {
        final Path directory = temporary.resolve("journal");
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertThrows(JournalLockedException.class, () -> JournalFixture.open(directory));
            final String printed = ChildJvm.run(true, OpeningProcess.class, directory.toString());
            assertTrue(printed.startsWith("held by " + ProcessHandle.current().pid() + ": "), printed);
            fixture.commitEvent(1, "mine");
        }
        assertEquals("appended up to 2\n", ChildJvm.run(true, OpeningProcess.class, directory.toString()));
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertEquals(2, fixture.journal.journaledSequence());
        }
    }

    @Test
    void shouldRefuseACommitThatIsOlderThanTheLastOneOfTheProcessBefore() {
        final Path directory = temporary.resolve("journal");
        final long beforeNs;
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            beforeNs = fixture.journal.nowNs();
            fixture.commitEvent(1, "a");
        }
        final UnsafeBuffer records = new UnsafeBuffer(new byte[1024]);
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            final CommandEncoder encoder = fixture.journal.commandEncoder();
            encoder.begin(records, 0, records.capacity());
            final int length = encoder.end(1, 1, false, 0, Durability.JOURNALED, 0);
            final InvalidRecordException refusal = assertThrows(
                    InvalidRecordException.class, () -> fixture.journal.append(records, 0, length, 1, 0, beforeNs - 1));
            assertEquals(InvalidRecordException.Reason.BAD_LENGTH, refusal.reason());
            fixture.commitEvent(1, "b");
            assertEquals(2, fixture.journal.journaledSequence());
        }
    }

    /** Chronicle writes it after the commit, and would look for the end of the file from there. */
    @Test
    void shouldRaiseChroniclesPositionWhenItLagsBehindTheLastCommit() throws IOException {
        final Path died = temporary.resolve("died");
        final List<String> lines;
        try (JournalFixture fixture = JournalFixture.open(temporary.resolve("journal"))) {
            lines = fixture.commitEvent(1, "a").commitEvent(1, "b").read(1);
            CrashedDirectory.copyAfterProcessDied(temporary.resolve("journal"), died);
        }
        final Path cycle = DamagedDirectory.cycles(died).get(0);
        final long firstWord = DamagedDirectory.commits(cycle).get(0).offset() - Integer.BYTES;
        final long lastWord = DamagedDirectory.commits(cycle).get(1).offset() - Integer.BYTES;
        DamagedDirectory.write(cycle, WRITE_POSITION_OFFSET, littleEndian(firstWord));

        try (JournalFixture fixture = JournalFixture.open(died)) {
            assertEquals(lines, fixture.replayed.lines);
            assertArrayEquals(littleEndian(lastWord), DamagedDirectory.read(cycle, WRITE_POSITION_OFFSET, Long.BYTES));
            assertEquals(2, fixture.journal.journaledSequence());
            assertEquals(lines, fixture.commitEvent(1, "c").read(1).subList(0, lines.size()));
        }
    }

    private static byte[] littleEndian(final long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    @Test
    void shouldNameTheExactFlagsWhenTheJvmLacksThem() throws Exception {
        final Path directory = temporary.resolve("journal");
        final String printed = ChildJvm.run(false, OpeningProcess.class, directory.toString());
        assertTrue(printed.startsWith("MissingJvmFlagsException: "), printed);
        for (final String flag : List.of(
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.util.zip=ALL-UNNAMED")) {
            assertTrue(printed.contains(' ' + flag), printed);
        }
        assertFalse(Files.exists(directory));
        assertEquals(List.of(), JvmFlags.missing());
    }

    @Test
    void shouldPassOnWhatTheHandlerThrowsAndLetGoOfTheDirectory() {
        try (JournalFixture fixture = JournalFixture.open(temporary)) {
            fixture.commitEvent(1, "a");
        }
        final IllegalStateException onPurpose = new IllegalStateException("on purpose");
        final IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> Journal.open(JournalFixture.config(temporary), event -> {
                    throw onPurpose;
                }));
        assertEquals(onPurpose, thrown);
        try (JournalFixture fixture = JournalFixture.open(temporary)) {
            assertEquals(2, fixture.journal.epoch());
        }
    }

    @Test
    void shouldRefuseWhenTheBlockSizeIsAnother() {
        JournalFixture.open(temporary).close();
        final JournalException refusal = assertThrows(
                JournalException.class,
                () -> Journal.open(JournalFixture.config(temporary).blockSizeBytes(2 << 20), event -> {}));
        assertTrue(refusal.getMessage().contains("1048576: 2097152"), refusal.getMessage());
        JournalFixture.open(temporary).close();
    }

    @Test
    void shouldRefuseWhenItHoldsATypeThatIsNotConfigured() {
        try (JournalFixture fixture = JournalFixture.open(temporary)) {
            fixture.commitEvent(1, "a");
        }
        final JournalConfig config = JournalFixture.config(temporary).eventTypes(JournalFixture.TYPE_ID + 1);
        final InvalidRecordException refusal =
                assertThrows(InvalidRecordException.class, () -> Journal.open(config, event -> {}));
        assertEquals(InvalidRecordException.Reason.UNKNOWN_TYPE, refusal.reason());
        new JournalFixture(JournalFixture.config(temporary).eventTypes(JournalFixture.TYPE_ID)).close();
    }

    @Test
    void shouldRefuseWhenACommitMayBeLongerThanAQuarterOfABlock() {
        final JournalConfig config =
                JournalFixture.config(temporary).maxCommitBytes(JournalFixture.MAX_COMMIT_BYTES + 1);
        assertThrows(IllegalArgumentException.class, () -> Journal.open(config, event -> {}));
    }

    @Test
    void shouldRefuseValuesOutOfRangeWhenConfigured() {
        final JournalConfig config = JournalConfig.at(temporary);
        refuse(() -> config.blockSizeBytes((1 << 20) + 1));
        refuse(() -> config.blockSizeBytes(1 << 19));
        refuse(() -> config.blockSizeBytes(Integer.MIN_VALUE));
        refuse(() -> config.maxCommitBytes(4095));
        refuse(() -> config.maxResultBytes(-1));
        refuse(() -> config.maxResultBytes(65_536));
        refuse(() -> config.expectedStreams(0));
        refuse(() -> config.denseStreams(-1));
        refuse(() -> config.denseStreams((1 << 28) + 1));
        refuse(() -> config.eventTypes(0));
        refuse(() -> config.eventTypes(1, 65_536));
        assertThrows(NullPointerException.class, () -> config.clock(null));
        assertThrows(NullPointerException.class, () -> JournalConfig.at(null));
        assertEquals(JournalConfig.DEFAULT_BLOCK_SIZE_BYTES, config.blockSizeBytes());
    }

    private static void refuse(final Runnable setting) {
        assertThrows(IllegalArgumentException.class, setting::run);
    }

    /** As a process leaves them that is killed while it rolls, before the new file has its header. */
    @Test
    void shouldOpenWhenTheNewestCycleFileIsBlank() throws IOException {
        try (JournalFixture fixture = new JournalFixture(JournalFixture.config(temporary, () -> 1_000))) {
            fixture.commitEvent(1, "a");
        }
        final Path next = temporary.resolve("00100002M.cq4");
        for (final byte[] content : List.of(new byte[0], new byte[1 << 20], DamagedDirectory.filled(4, 0xC0))) {
            Files.write(next, content);
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
            try (JournalFixture fixture = new JournalFixture(JournalFixture.config(temporary, () -> 1_000))) {
                assertEquals(1, fixture.journal.journaledSequence());
            }
            assertFalse(Files.exists(next));
        }
    }

    /** As a process leaves them that is killed while it holds Chronicle's locks, or by damage. */
    @Test
    void shouldOpenWhenChroniclesTableIsLostOrDamaged() throws IOException {
        final Path table = temporary.resolve("metadata.cq4t");
        try (JournalFixture fixture = JournalFixture.open(temporary)) {
            fixture.commitEvent(1, "a");
        }
        for (int sequence = 2; sequence < 5; sequence++) {
            if (sequence == 2) {
                Files.delete(table);
            } else {
                Files.write(table, DamagedDirectory.filled(1 << 17, sequence));
            }
            try (JournalFixture fixture = JournalFixture.open(temporary)) {
                assertEquals(sequence, fixture.commitEvent(1, "b").journal.journaledSequence());
            }
        }
    }
}
