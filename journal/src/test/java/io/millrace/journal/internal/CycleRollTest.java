package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers and names of cycles, and the indexes in them. */
class CycleRollTest {
    @Test
    void shouldNameTheFirstCycle() {
        assertEquals("00100001M.cq4", CycleRoll.fileName(CycleRoll.FIRST));
        assertEquals("00100002M.cq4", CycleRoll.fileName(CycleRoll.FIRST + 1));
    }

    @Test
    void shouldReadTheNumberFromTheName() {
        String last = "";
        for (int cycle = 0; cycle < 3_000_000; cycle += 997) {
            final String name = CycleRoll.fileName(cycle);
            assertEquals(cycle, CycleRoll.cycleOf(Path.of("journal", name)));
            assertTrue(name.compareTo(last) > 0, name);
            last = name;
        }
    }

    /** Chronicle makes the name of a time that it is shown, by the format. */
    @Test
    void shouldNameCyclesAsChronicleDoes() {
        final DateTimeFormatter chronicle =
                DateTimeFormatter.ofPattern(CycleRoll.NUMBERED.format()).withZone(ZoneOffset.UTC);
        for (int cycle = CycleRoll.FIRST; cycle < CycleRoll.FIRST + 500_000; cycle += 991) {
            final Instant shown = Instant.ofEpochMilli(CycleRoll.toMillis(cycle));
            assertEquals(CycleRoll.fileName(cycle), chronicle.format(shown) + CycleRoll.SUFFIX);
            assertEquals(cycle, shown.toEpochMilli() / CycleRoll.NUMBERED.lengthInMillis());
        }
    }

    @Test
    void shouldKnowNoNumberOfAnyOtherName() {
        for (final String name : List.of(
                "manifest",
                "0010001M.cq4",
                "000100001M.cq4",
                "00100001M.cq4t",
                "00100001M.cq4.bak",
                "00100001.cq4",
                "-0100001M.cq4",
                "00000000M.cq4",
                "00040586M.cq4",
                "20250101-0000M.cq4")) {
            assertEquals(-1, CycleRoll.cycleOf(Path.of(name)), name);
        }
    }

    @Test
    void shouldFindCycleAndSequenceInAnIndex() {
        final CycleRoll roll = CycleRoll.NUMBERED;
        for (final long number : new long[] {0, 1, 255, 256, 1L << 20, (1L << 32) - 1}) {
            final long index = roll.toIndex(CycleRoll.FIRST + 3, number);
            assertEquals(CycleRoll.FIRST + 3, roll.toCycle(index));
            assertEquals(number, roll.toSequenceNumber(index));
        }
        assertTrue(roll.maxMessagesPerCycle() >= (64L << 30) / 100);
    }
}
