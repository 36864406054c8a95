package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes what the lock file of a journal nobody holds says of its last holder. */
public final class LockText {
    private static final String FILE_NAME = "lock";
    private static final Pattern BOOT_ID = Pattern.compile("bootId=([0-9a-f]{8})");
    private static final Pattern INODE = Pattern.compile("inode=\\d+");
    private static final String ANOTHER_BOOT = "bootId=00000000";

    private LockText() {}

    /** Makes the journal believe that the machine went down since. Nothing is done if there is no boot id. */
    public static void anotherBoot(final Path directory) throws IOException {
        replace(directory, BOOT_ID, ANOTHER_BOOT);
    }

    /** Makes the journal believe that a copy of its directory is the original. */
    public static void adopt(final Path copy) throws IOException {
        final Path file = copy.resolve(FILE_NAME);
        if (Files.exists(file)) {
            replace(copy, INODE, "inode=" + Files.getAttribute(file, "unix:ino"));
        }
    }

    private static void replace(final Path directory, final Pattern what, final String with) throws IOException {
        final Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return;
        }
        final Matcher found = what.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (found.find()) {
            // In place: another file would have another inode. What follows the last number is blank.
            final String padded = with + " ".repeat(Math.max(0, found.end() - found.start() - with.length()));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(padded.getBytes(StandardCharsets.ISO_8859_1)), found.start());
            }
        }
    }
}
