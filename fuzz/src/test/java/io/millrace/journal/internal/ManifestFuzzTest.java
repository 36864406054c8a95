package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.journal.JournalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** A manifest of any bytes is refused with a typed exception, or its numbers and cycles are in order. */
class ManifestFuzzTest {
    private static final Path FILE = Path.of("manifest");
    private static final String CRC_KEY = "crc32c=";

    @FuzzTest(maxDuration = "5m")
    void shouldRefuseOrReadWhenManifestIsAnything(final byte[] input) {
        final String text = new String(input, StandardCharsets.ISO_8859_1);
        if (isRead(text)) {
            final int end = text.lastIndexOf("\n" + CRC_KEY) + 1;
            assertEquals(crcLine(text.substring(0, end)), text.substring(end), "last line of a good manifest");
        }
    }

    /** No fuzzer guesses a CRC, so it is computed; a bad writer may have done that too. */
    @FuzzTest(maxDuration = "5m")
    void shouldRefuseOrReadWhenLinesAreAnything(final byte[] input) {
        final String lines = new String(input, StandardCharsets.ISO_8859_1) + '\n';
        isRead(lines + crcLine(lines));
    }

    private static boolean isRead(final String text) {
        final Manifest manifest;
        try {
            manifest = Manifest.parse(FILE, text);
        } catch (final JournalException e) {
            return false;
        }
        checkCycles(manifest.cycles());
        return true;
    }

    private static void checkCycles(final List<Manifest.Cycle> cycles) {
        for (int i = 0; i < cycles.size(); i++) {
            final Manifest.Cycle cycle = cycles.get(i);
            assertTrue(cycle.number() >= 0, "number of a cycle");
            assertTrue(!cycle.isOpen() || i == cycles.size() - 1, "only the newest cycle is open");
            assertTrue(i == 0 || cycle.number() > cycles.get(i - 1).number(), "cycles are in order");
            assertEquals(
                    cycle.number(), CycleRoll.cycleOf(Path.of(CycleRoll.fileName(cycle.number()))), "name of a cycle");
        }
    }

    private static String crcLine(final String lines) {
        final CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
        return CRC_KEY + Long.toHexString(crc.getValue()) + "\n";
    }
}
