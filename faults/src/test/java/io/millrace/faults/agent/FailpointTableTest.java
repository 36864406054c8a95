package io.millrace.faults.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table names what is there: a rename breaks this test, not the harness. */
final class FailpointTableTest {
    private static final int PROMISED = 40;

    @Test
    void shouldFindAPlaceForEachFailpointWhenInstrumented() throws IOException {
        final BitSet found = new BitSet();

        for (final String className : FailpointTable.CLASS_NAMES) {
            FailpointInstrumentation.instrument(className, InstrumentedJar.classFile(className), found);
        }

        final List<String> missing = IntStream.range(0, FailpointTable.SITES.size())
                .filter(index -> !found.get(index))
                .mapToObj(index -> FailpointTable.SITES.get(index).toString())
                .toList();
        assertEquals(List.of(), missing);
        assertTrue(FailpointTable.SITES.size() >= PROMISED);
    }
}
