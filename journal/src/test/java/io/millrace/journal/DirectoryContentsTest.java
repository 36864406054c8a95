package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may lie in a journal directory, and who may read it. */
class DirectoryContentsTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void writeJournal() {
        directory = temporary.resolve("journal");
        try (JournalFixture fixture = new JournalFixture(config())) {
            fixture.commitEvent(1, "a").commitEvent(1, "b");
        }
        new JournalFixture(config()).close(); // the last roll used up the reserve; an opening makes it anew
    }

    private JournalConfig config() {
        return JournalFixture.config(directory).rollBytes(1);
    }

    /** Name, permissions, size and last change of everything below the directory. */
    private Map<Path, String> inventory() throws IOException {
        final Map<Path, String> inventory = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.toList()) {
                inventory.put(
                        file,
                        permissions(file)
                                + ' '
                                + Files.readAttributes(file, "size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
            }
        }
        return inventory;
    }

    private static String permissions(final Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private void expectRefusal(final Path because) throws IOException {
        final Map<Path, String> before = inventory();
        final JournalException refusal = assertThrows(JournalException.class, () -> new JournalFixture(config()));
        assertTrue(refusal.getMessage().contains(because.toString()), refusal.getMessage());
        final Map<Path, String> after = inventory();
        // Whoever tries to open leaves its process id in the lock.
        before.remove(directory.resolve("lock"));
        after.remove(directory.resolve("lock"));
        assertEquals(before, after);
    }

    private void expectOpens() {
        try (JournalFixture fixture = new JournalFixture(config())) {
            assertEquals(6, fixture.replayed.lines.size());
        }
    }

    @Test
    void shouldBeItsOwnersAloneAfterRollsACutAndARetention() throws IOException {
        final Path crashed = temporary.resolve("crashed");
        try (JournalFixture fixture = new JournalFixture(config())) {
            fixture.commitEvent(1, "c").journal.force();
            fixture.commitEvent(1, "d");
            CrashedDirectory.copyAfterMachineDied(directory, crashed);
        }
        directory = crashed;
        final Path newest = DamagedDirectory.cycles(crashed).get(3);
        DamagedDirectory.flip(newest, DamagedDirectory.commits(newest).get(0).offset() + 60L, 1);
        try (JournalFixture fixture = new JournalFixture(config())) {
            assertTrue(fixture.journal.recovery().cut());
            assertEquals(2, fixture.commitEvent(1, "e").journal.deleteBefore(3));
            expectOwnersAlone();
        }
        expectOwnersAlone();
    }

    private void expectOwnersAlone() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.toList()) {
                final String expected = Files.isDirectory(file) ? "rwx------" : "rw-------";
                assertEquals(expected, permissions(file), file.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "manifest", "watermark", "reserve"})
    void shouldRefuseWhenAFileLiesOpenToOthers(final String name) throws IOException {
        final Path file = directory.resolve(name);
        for (final String permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            expectRefusal(file);
        }
        new JournalFixture(config().allowLoosePermissions(true)).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        expectOpens();
    }

    @Test
    void shouldRefuseWhenTheDirectoryOrACycleLiesOpenToOthers() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        expectRefusal(directory);
        new JournalFixture(config().allowLoosePermissions(true)).close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        final Path cycle = DamagedDirectory.cycles(directory).get(1);
        Files.setPosixFilePermissions(cycle, PosixFilePermissions.fromString("rw-r--r--"));
        expectRefusal(cycle);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "00100001M.cq4.bak", "20250101-0000M.cq4", ".hidden", "manifest~"})
    void shouldRefuseWhenAForeignFileIsThere(final String name) throws IOException {
        final Path foreign = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        expectRefusal(foreign);
        Files.delete(foreign);
        expectOpens();
    }

    @Test
    void shouldRefuseWhenAFileIsASymbolicLink() throws IOException {
        final Path cycle = DamagedDirectory.cycles(directory).get(0);
        for (final Path file : List.of(cycle, directory.resolve("manifest"), directory.resolve("reserve"))) {
            final Path moved = Files.move(file, temporary.resolve("moved"));
            Files.createSymbolicLink(file, moved);
            expectRefusal(file);
            Files.delete(file);
            Files.move(moved, file);
        }
        expectOpens();
    }

    @Test
    void shouldRefuseWhenTheLockIsASymbolicLink() throws IOException {
        final Path lock = directory.resolve("lock");
        final Path target = Files.move(lock, temporary.resolve("moved"));
        final byte[] before = Files.readAllBytes(target);
        Files.createSymbolicLink(lock, target);
        expectRefusal(directory);
        assertEquals(before.length, Files.size(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "manifest", "watermark", "reserve", "00990001M.cq4"})
    void shouldRefuseWhenAPipeIsThere(final String name) throws Exception {
        final Path pipe = directory.resolve(name);
        Files.deleteIfExists(pipe);
        final Process process = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
        assumeTrue(process.waitFor() == 0, "mkfifo not present, test skipped");
        expectRefusal(pipe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "00990001M.cq4", "watermark"})
    void shouldRefuseWhenADirectoryIsThere(final String name) throws IOException {
        final Path sub = directory.resolve(name);
        Files.deleteIfExists(sub);
        Files.createDirectory(sub);
        expectRefusal(sub);
    }

    @Test
    void shouldRefuseAPathThatIsNoDirectory() throws IOException {
        final Path file = Files.createFile(temporary.resolve("file"));
        assertThrows(JournalException.class, () -> JournalFixture.open(file));
        assertEquals(0, Files.size(file));
    }
}
