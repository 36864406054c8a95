package io.millrace.journal.internal;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFormat;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.CRC32C;

/**
 * What a journal knows of itself apart from its commits: the file {@code manifest}, readable text closed by a line with
 * the CRC-32C of the lines before. Replaced as a whole: written beside, forced, renamed, directory forced.
 *
 * <pre>
 * manifestVersion=2
 * formatVersion=1
 * journalId=8f3b29c04a1d77e5
 * epoch=3
 * blockSizeBytes=67108864
 * firstSequence=1
 * firstChain=91a0c6...
 * cycles=2
 * cycle.0=00100001M.cq4 1 4711 5c3e19...
 * cycle.1=00100002M.cq4 4712
 * crc32c=...
 * </pre>
 *
 * <p>The listed cycles must be there, in that order. The newest one is open: its end is the watermark's to say. Cycle
 * files that are newer than the newest listed are those of a journal that stopped before its next force; older ones are
 * what a retention had not deleted yet.
 *
 * @param journalId random, drawn at the journal's creation
 * @param epoch of the last opening, 0 before the first
 * @param blockSizeBytes of the cycle files
 * @param firstSequence of the oldest cycle that must be there
 * @param firstChain that its first commit carries
 * @param cycles that must be there, oldest first
 */
record Manifest(
        long journalId, int epoch, int blockSizeBytes, long firstSequence, long firstChain, List<Cycle> cycles) {
    static final String FILE_NAME = "manifest";
    static final String NEW_FILE_NAME = "manifest.new";
    private static final int VERSION = 2;
    private static final String CRC_KEY = "\ncrc32c=";
    private static final long OPEN = -1;

    /**
     * A cycle that must be there.
     *
     * @param number of the cycle
     * @param firstSequence of its first event, or of the next event to come when it has none
     * @param lastSequence of the last event up to its end, -1 while it is open
     * @param closingChain that the first commit of the next cycle carries
     */
    record Cycle(int number, long firstSequence, long lastSequence, long closingChain) {
        static Cycle open(final int number, final long firstSequence) {
            return new Cycle(number, firstSequence, OPEN, 0);
        }

        boolean isOpen() {
            return lastSequence == OPEN;
        }

        private String line() {
            final String start = CycleRoll.fileName(number) + ' ' + firstSequence;
            return isOpen() ? start : start + ' ' + lastSequence + ' ' + Long.toUnsignedString(closingChain, 16);
        }

        private static Cycle parse(final String line) {
            final String[] words = line == null ? new String[0] : line.split(" ");
            final int number = words.length == 0 ? -1 : CycleRoll.cycleOf(words[0]);
            if (number < 0 || words.length != 2 && words.length != 4) {
                throw new NumberFormatException("cycle=" + line);
            }
            return words.length == 2
                    ? open(number, Long.parseLong(words[1]))
                    : new Cycle(
                            number,
                            Long.parseLong(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseUnsignedLong(words[3], 16));
        }
    }

    Manifest {
        cycles = List.copyOf(cycles);
    }

    static Manifest create(final int blockSizeBytes) {
        long id = 0;
        final SecureRandom random = new SecureRandom();
        while (id == 0) {
            id = random.nextLong();
        }
        return new Manifest(id, 0, blockSizeBytes, 1, JournalFormat.firstChain(id), List.of());
    }

    Manifest nextEpoch() {
        return new Manifest(journalId, Math.addExact(epoch, 1), blockSizeBytes, firstSequence, firstChain, cycles);
    }

    Manifest withCycles(final List<Cycle> newCycles) {
        return new Manifest(journalId, epoch, blockSizeBytes, firstSequence, firstChain, newCycles);
    }

    /** Without the oldest cycles, which must be closed. */
    Manifest withoutOldest(final int count) {
        final Cycle newest = cycles.get(count - 1);
        return new Manifest(
                journalId,
                epoch,
                blockSizeBytes,
                newest.lastSequence() + 1,
                newest.closingChain(),
                cycles.subList(count, cycles.size()));
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

    static Manifest parse(final Path file, final String text) {
        final int end = text.lastIndexOf(CRC_KEY) + 1;
        if (end == 0 || !text.substring(end).equals(crcLine(text.substring(0, end)))) {
            throw corrupt(file, "manifest must end with the CRC of its lines");
        }
        try {
            final Properties lines = new Properties();
            lines.load(new StringReader(text));
            requireVersion(file, "manifestVersion", VERSION, lines);
            requireVersion(file, "formatVersion", JournalFormat.VERSION, lines);
            return new Manifest(
                    Long.parseUnsignedLong(lines.getProperty("journalId"), 16),
                    Integer.parseInt(lines.getProperty("epoch")),
                    Integer.parseInt(lines.getProperty("blockSizeBytes")),
                    Long.parseLong(lines.getProperty("firstSequence")),
                    Long.parseUnsignedLong(lines.getProperty("firstChain"), 16),
                    parseCycles(lines));
        } catch (final IOException | IllegalArgumentException e) {
            throw corrupt(file, "manifest must hold its numbers: " + e.getMessage());
        }
    }

    private static List<Cycle> parseCycles(final Properties lines) {
        final int count = Integer.parseInt(lines.getProperty("cycles"));
        final List<Cycle> cycles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Cycle cycle = Cycle.parse(lines.getProperty("cycle." + i));
            final boolean follows = i == 0
                    || cycle.number() > cycles.get(i - 1).number()
                            && !cycles.get(i - 1).isOpen();
            if (!follows) {
                throw new NumberFormatException("cycle." + i + " must follow the one before: " + cycle);
            }
            cycles.add(cycle);
        }
        return cycles;
    }

    private static void requireVersion(final Path file, final String key, final int version, final Properties lines) {
        final String found = lines.getProperty(key);
        if (!String.valueOf(version).equals(found)) {
            throw new JournalException("journal " + key + " must be " + version
                    + ", use the release that wrote it: file=" + file + ", " + key + '=' + found);
        }
    }

    private static JournalCorruptException corrupt(final Path file, final String cause) {
        return new JournalCorruptException(file, 0, 1, cause);
    }

    /** Replaces the manifest of a directory. On return the new one is on the device. */
    void write(final Path directory) {
        final Path file = directory.resolve(FILE_NAME);
        try {
            tryWrite(directory);
        } catch (final IOException e) {
            throw new JournalException("journal manifest must be writable: file=" + file, e);
        }
    }

    /** As {@link #write}; when it throws, the manifest is the old one. */
    void tryWrite(final Path directory) throws IOException {
        final Path beside = directory.resolve(NEW_FILE_NAME);
        final String lines = text();
        Files.deleteIfExists(beside);
        Files.createFile(beside, PrivateFiles.MODE);
        // A stream, not a channel: an interrupt would close a channel in the middle.
        try (FileOutputStream out = new FileOutputStream(beside.toFile())) {
            out.write((lines + crcLine(lines)).getBytes(StandardCharsets.ISO_8859_1));
            out.getFD().sync();
        }
        Files.move(
                beside,
                directory.resolve(FILE_NAME),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        CycleFiles.forceDirectory(directory);
    }

    private String text() {
        final StringBuilder lines = new StringBuilder(256 + 64 * cycles.size())
                .append("manifestVersion=" + VERSION + "\nformatVersion=" + JournalFormat.VERSION)
                .append("\njournalId=" + Long.toUnsignedString(journalId, 16) + "\nepoch=" + epoch)
                .append("\nblockSizeBytes=" + blockSizeBytes + "\nfirstSequence=" + firstSequence)
                .append("\nfirstChain=" + Long.toUnsignedString(firstChain, 16) + "\ncycles=" + cycles.size());
        for (int i = 0; i < cycles.size(); i++) {
            lines.append("\ncycle.").append(i).append('=').append(cycles.get(i).line());
        }
        return lines.append('\n').toString();
    }

    private static String crcLine(final String lines) {
        final CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
        return CRC_KEY.substring(1) + Long.toHexString(crc.getValue()) + "\n";
    }
}
