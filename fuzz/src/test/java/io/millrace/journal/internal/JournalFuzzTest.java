package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A whole small journal whose files are changed anyhow is refused with a typed exception, or opens; what it hands out is
 * what was written, from the start, and at no time anything else. See {@link Changes} for what an input means.
 */
class JournalFuzzTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private Path directory;
    private Originals originals;

    @BeforeEach
    void write() throws IOException {
        directory = Files.createTempDirectory(Originals.scratch(), "millrace-fuzz-");
        originals = Originals.ofSmallJournal(directory.resolve("original"));
    }

    @AfterEach
    void delete() throws IOException {
        Originals.deleteAll(directory);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldRefuseOrHandOutWhatWasWrittenWhenFilesAreAnything(final byte[] input) throws IOException {
        final Path damaged = directory.resolve("damaged");
        originals.copyTo(damaged);
        final Changes changes = new Changes(input);
        changes.apply(originals, damaged);
        final SmallJournal.Lines lines = new SmallJournal.Lines();
        final long startNs = System.nanoTime();
        final boolean opened = open(damaged, lines);
        assertTrue(System.nanoTime() - startNs < PATIENCE_NS, "opening must end soon");
        checkLines(lines.all(), opened && !changes.reachWatermark());
    }

    private static boolean open(final Path damaged, final SmallJournal.Lines lines) {
        try (Journal journal = Journal.open(SmallJournal.config(damaged), lines)) {
            journal.force();
            return true;
        } catch (final JournalException e) {
            return false;
        }
    }

    /** The journal was closed, so it opens whole or not at all, unless the watermark was changed too. */
    private void checkLines(final List<String> lines, final boolean whole) {
        final List<String> written = originals.lines();
        assertTrue(lines.size() <= written.size(), "nothing is handed out that was not written");
        assertEquals(written.subList(0, lines.size()), lines, "what is handed out");
        assertTrue(!whole || lines.size() == written.size(), "a journal that opens is whole");
    }
}
