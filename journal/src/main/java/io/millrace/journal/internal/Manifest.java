package io.millrace.journal.internal;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.zip.CRC32C;

/**
 * What a journal knows of itself apart from its commits: the file {@code manifest}, readable text closed by a line with
 * the CRC-32C of the lines before. Replaced as a whole: written beside, forced, renamed, directory forced.
 *
 * @param journalId random, drawn at the journal's creation
 * @param epoch of the last opening, 0 before the first
 * @param blockSizeBytes of the cycle files
 * @param sequence of the last event at the last opening; it was forced then, so a journal that ends before it is damaged
 */
record Manifest(long journalId, int epoch, int blockSizeBytes, long sequence) {
    static final String FILE_NAME = "manifest";
    private static final String CRC_KEY = "\ncrc32c=";

    static Manifest create(final int blockSizeBytes) {
        long id = 0;
        final SecureRandom random = new SecureRandom();
        while (id == 0) {
            id = random.nextLong();
        }
        return new Manifest(id, 0, blockSizeBytes, 0);
    }

    Manifest nextEpoch(final long lastSequence) {
        return new Manifest(journalId, Math.addExact(epoch, 1), blockSizeBytes, lastSequence);
    }

    /** The manifest of a directory, or null when it has none. */
    static Manifest read(final Path directory) {
        final Path file = directory.resolve(FILE_NAME);
        final String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (final NoSuchFileException e) {
            return null;
        } catch (final IOException e) {
            throw new JournalException("journal manifest must be readable: file=" + file, e);
        }
        return parse(file, text);
    }

    private static Manifest parse(final Path file, final String text) {
        final int end = text.lastIndexOf(CRC_KEY) + 1;
        if (end == 0 || !text.substring(end).equals(crcLine(text.substring(0, end)))) {
            throw corrupt(file, "manifest must end with the CRC of its lines");
        }
        try {
            final Properties lines = new Properties();
            lines.load(new StringReader(text));
            requireVersion(file, Integer.parseInt(lines.getProperty("formatVersion")));
            return new Manifest(
                    Long.parseUnsignedLong(lines.getProperty("journalId"), 16),
                    Integer.parseInt(lines.getProperty("epoch")),
                    Integer.parseInt(lines.getProperty("blockSizeBytes")),
                    Long.parseLong(lines.getProperty("sequence")));
        } catch (final IOException | NumberFormatException e) {
            throw corrupt(file, "manifest must hold its numbers: " + e.getMessage());
        }
    }

    private static void requireVersion(final Path file, final int version) {
        if (version != JournalFormat.VERSION) {
            throw new JournalException("journal format version must be " + JournalFormat.VERSION + ": file=" + file
                    + ", formatVersion=" + version);
        }
    }

    private static JournalCorruptException corrupt(final Path file, final String cause) {
        return new JournalCorruptException(file, 0, 1, cause);
    }

    void write(final Path directory) {
        final String lines = "formatVersion=" + JournalFormat.VERSION + "\njournalId="
                + Long.toUnsignedString(journalId, 16) + "\nepoch=" + epoch + "\nblockSizeBytes=" + blockSizeBytes
                + "\nsequence=" + sequence + "\n";
        final Path beside = directory.resolve(FILE_NAME + ".new");
        final Path file = directory.resolve(FILE_NAME);
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                final ByteBuffer bytes =
                        ByteBuffer.wrap((lines + crcLine(lines)).getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            CycleFiles.forceDirectory(directory);
        } catch (final IOException e) {
            throw new JournalException("journal manifest must be writable: file=" + file, e);
        }
    }

    private static String crcLine(final String lines) {
        final CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
        return CRC_KEY.substring(1) + Long.toHexString(crc.getValue()) + "\n";
    }
}
