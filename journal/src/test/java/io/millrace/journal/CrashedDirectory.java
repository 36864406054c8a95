package io.millrace.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Journal directories as they are found after their writer died: copies of an open one, with a lock file that names the
 * copy itself, and this boot of the machine or another one.
 */
final class CrashedDirectory {
    private static final String OTHER_BOOT_ID = "00000000-1111-2222-3333-444444444444";
    private static final int LOCK_TEXT_BYTES = 512;

    private CrashedDirectory() {}

    /** As after the death of the process alone. */
    static void copyAfterProcessDied(final Path open, final Path copy) throws IOException {
        DamagedDirectory.copy(open, copy);
        final Path lock = copy.resolve("lock");
        Files.copy(open.resolve("lock"), lock);
        rewriteLock(lock, "inode=\\d+", "inode=" + Files.getAttribute(lock, "unix:ino"));
    }

    /** As after the machine went down, if every page had reached the device. */
    static void copyAfterMachineDied(final Path open, final Path copy) throws IOException {
        copyAfterProcessDied(open, copy);
        letMachineDie(copy);
    }

    /** Has the lock file of a directory name another boot. */
    static void letMachineDie(final Path directory) throws IOException {
        rewriteLock(directory.resolve("lock"), "bootId=\\S+", "bootId=" + OTHER_BOOT_ID);
    }

    private static void rewriteLock(final Path lock, final String line, final String replacement) throws IOException {
        final String all = Files.readString(lock, StandardCharsets.ISO_8859_1);
        final String text = all.substring(0, LOCK_TEXT_BYTES).strip().replaceFirst(line, replacement);
        final byte[] padded = new byte[LOCK_TEXT_BYTES];
        Arrays.fill(padded, (byte) ' ');
        padded[LOCK_TEXT_BYTES - 1] = '\n';
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, padded, 0, text.length());
        DamagedDirectory.write(lock, 0, padded);
    }

    /** What a cut or a repair has kept. */
    static List<Path> kept(final Path directory) throws IOException {
        final Path cut = directory.resolve("cut");
        if (!Files.exists(cut)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cut)) {
            return files.sorted().toList();
        }
    }
}
