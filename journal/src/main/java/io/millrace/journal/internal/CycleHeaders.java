package io.millrace.journal.internal;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first word of every cycle file, looked at before Chronicle does: it waits ten seconds for a header that is not
 * ready and then puts the file aside. Such a file is damaged, unless it is the newest and blank: then the process died
 * while it created the file, before anything was written to it.
 */
final class CycleHeaders {
    private static final Logger LOG = LoggerFactory.getLogger(CycleHeaders.class);
    private static final String CYCLE_FILE_SUFFIX = ".cq4";
    private static final int NOT_COMPLETE = 1 << 31;
    private static final int META_DATA = 1 << 30;
    private static final int MAX_STORE_HEADER_LENGTH = 64 << 10;

    private CycleHeaders() {}

    /** The cycle files of a journal, oldest first. */
    static List<Path> list(final Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(CYCLE_FILE_SUFFIX))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new JournalException("journal directory must be readable: directory=" + directory, e);
        }
    }

    /** Refuses damaged files, and deletes a newest one that was never written to. */
    static void check(final Path directory) {
        final List<Path> files = list(directory);
        for (int i = 0; i < files.size(); i++) {
            final Path file = files.get(i);
            try {
                check(file, i == files.size() - 1);
            } catch (final IOException e) {
                throw new JournalException("journal cycle file must be readable: file=" + file, e);
            }
        }
    }

    private static void check(final Path file, final boolean newest) throws IOException {
        final int header = firstWord(file);
        final boolean ready = header != 0 && (header & NOT_COMPLETE) == 0;
        if (!ready && newest && isBlank(file)) {
            LOG.warn("deleting a cycle file whose creation was cut short: file={}", file);
            Files.delete(file);
        } else if (!ready || (header & META_DATA) == 0 || (header & ~META_DATA) > MAX_STORE_HEADER_LENGTH) {
            throw new JournalCorruptException(
                    file, 0, 1, "cycle file must start with its header: " + Integer.toHexString(header));
        }
    }

    private static int firstWord(final Path file) throws IOException {
        final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(word, 0);
        }
        return word.getInt(0);
    }

    /** Chronicle writes the rest of its own header before it completes the first word; no commit comes that early. */
    private static boolean isBlank(final Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            long position = MAX_STORE_HEADER_LENGTH;
            while (channel.read(bytes, position) > 0) {
                position += bytes.flip().remaining();
                while (bytes.hasRemaining()) {
                    if (bytes.get() != 0) {
                        return false;
                    }
                }
                bytes.clear();
            }
        }
        return true;
    }
}
