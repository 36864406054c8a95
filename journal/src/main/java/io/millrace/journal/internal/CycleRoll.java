package io.millrace.journal.internal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.RollCycleArithmetic;

/**
 * How cycles are numbered and named. A cycle's number is the minute in which it was opened, counted from 1970, or one
 * more than the number of the cycle before if that is larger: numbers and names only grow. So a name tells when the
 * cycle began, unless rolls are faster than one a minute; then the names run ahead of the clock.
 *
 * <p>An index has 32 bits for the excerpt in its cycle, and an overflowing cycle would be corrupt: 2^32 excerpts, each at
 * least 100 bytes long, are more than the 64 GiB at which a cycle must roll.
 */
enum CycleRoll implements RollCycle {
    /** The only one. */
    MINUTES;

    /** Suffix of cycle files. */
    static final String SUFFIX = ".cq4";

    private static final String FORMAT = "yyyyMMdd-HHmm'M'";
    private static final int LENGTH_MS = 60_000;
    private static final int INDEX_COUNT = 4096;
    private static final int INDEX_SPACING = 256;
    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{4}M\\.cq4");
    private static final DateTimeFormatter FORMATTER =
            DateTimeFormatter.ofPattern(FORMAT).withZone(ZoneOffset.UTC);
    private static final RollCycleArithmetic ARITHMETIC = RollCycleArithmetic.of(INDEX_COUNT, INDEX_SPACING);

    /** Bytes of an index page of Chronicle's, header included, rounded up. */
    static final int INDEX_PAGE_BYTES = INDEX_COUNT * Long.BYTES + 64;

    /** The cycle of a time. */
    static int cycleOf(final long timestampNs) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE - 1, timestampNs / 1_000_000 / LENGTH_MS));
    }

    /** The time that makes Chronicle choose a cycle. */
    static long toMillis(final int cycle) {
        return (long) cycle * LENGTH_MS;
    }

    /** Name of a cycle's file. */
    static String fileName(final int cycle) {
        return FORMATTER.format(Instant.ofEpochMilli(toMillis(cycle))) + SUFFIX;
    }

    /** The cycle of a file, -1 if its name is not a cycle's. */
    static int cycleOf(final Path file) {
        final String name = file.getFileName().toString();
        if (!NAME.matcher(name).matches()) {
            return -1;
        }
        try {
            final long seconds = FORMATTER
                    .parse(name.substring(0, name.length() - SUFFIX.length()))
                    .getLong(ChronoField.INSTANT_SECONDS);
            return (int) (seconds * 1000 / LENGTH_MS);
        } catch (final DateTimeParseException e) {
            return -1;
        }
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public int lengthInMillis() {
        return LENGTH_MS;
    }

    @Override
    public int defaultIndexCount() {
        return INDEX_COUNT;
    }

    @Override
    public int defaultIndexSpacing() {
        return INDEX_SPACING;
    }

    @Override
    public long toIndex(final int cycle, final long sequenceNumber) {
        return ARITHMETIC.toIndex(cycle, sequenceNumber);
    }

    @Override
    public long toSequenceNumber(final long index) {
        return ARITHMETIC.toSequenceNumber(index);
    }

    @Override
    public int toCycle(final long index) {
        return ARITHMETIC.toCycle(index);
    }

    @Override
    public long maxMessagesPerCycle() {
        return ARITHMETIC.maxMessagesPerCycle();
    }
}
