package io.millrace.journal.internal;

import java.nio.file.Path;
import java.util.regex.Pattern;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.RollCycleArithmetic;

/**
 * How cycles are numbered and named: one after the other. Chronicle counts cycles by time, and at times asks for the file
 * of every number between two that it knows; a number for each minute, say, would be half a million questions after a
 * year without a commit. So our numbers are dense, and to Chronicle each is a day, which it names by a pattern of dates:
 * the letter {@code g}, the Modified Julian Day, is the one that is just a number.
 *
 * <p>An index has 32 bits for the excerpt in its cycle, and an overflowing cycle would be corrupt: 2^32 excerpts, each at
 * least 100 bytes long, are more than the 64 GiB at which a cycle must roll.
 */
enum CycleRoll implements RollCycle {
    /** The only one. */
    NUMBERED;

    /** Suffix of cycle files. */
    static final String SUFFIX = ".cq4";

    private static final String FORMAT = "gggggggg'M'";
    private static final int LENGTH_MS = 86_400_000;
    private static final int INDEX_COUNT = 4096;
    private static final int INDEX_SPACING = 256;
    private static final Pattern NAME = Pattern.compile("\\d{8}M\\.cq4");

    /** The Modified Julian Day of 1970-01-01, which is Chronicle's cycle 0. */
    private static final int NAME_OF_CYCLE_0 = 40_587;

    /** The first cycle of a journal is named 00100001M. */
    static final int FIRST = 100_001 - NAME_OF_CYCLE_0;

    private static final RollCycleArithmetic ARITHMETIC = RollCycleArithmetic.of(INDEX_COUNT, INDEX_SPACING);

    /** Bytes of an index page of Chronicle's, header included, rounded up. */
    static final int INDEX_PAGE_BYTES = INDEX_COUNT * Long.BYTES + 64;

    /** The time that makes Chronicle choose a cycle. */
    static long toMillis(final int cycle) {
        return (long) cycle * LENGTH_MS;
    }

    /** Name of a cycle's file. */
    static String fileName(final int cycle) {
        return String.format("%08dM", cycle + NAME_OF_CYCLE_0) + SUFFIX;
    }

    /** The cycle of a file, -1 if its name is not a cycle's. */
    static int cycleOf(final Path file) {
        return cycleOf(file.getFileName().toString());
    }

    /** The cycle of a file with that name, -1 if it is not a cycle's. */
    static int cycleOf(final String name) {
        return NAME.matcher(name).matches()
                ? Math.max(-1, Integer.parseInt(name.substring(0, 8)) - NAME_OF_CYCLE_0)
                : -1;
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
