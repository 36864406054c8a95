package io.millrace.examples.wiki;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.engine.Outcome;
import io.millrace.examples.driver.DirectDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Edits to test with. */
final class WikiEdits {
    static final WikiEdit EDIT = new WikiEdit(
            1_442_018_818_771L,
            36,
            0,
            36,
            EditFlag.ROBOT.mask(),
            "#en.wikipedia",
            "Talk:Oswald Tilghman",
            "GELongstreet",
            "Talk",
            "added project");

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EditFormat.MAX_COMMAND_BYTES]);

    static WikiEdit edit(final String page, final String user) {
        return new WikiEdit(EDIT.timeMs(), 5, 7, -2, 0, "#de.wikipedia", page, user, "Main", "");
    }

    Outcome submit(final DirectDriver driver, final WikiEdit edit) {
        return driver.submit(EditFormat.RECORD_EDIT, buffer, 0, EditFormat.encode(edit, buffer, 0));
    }

    /** Submits all real edits; skips the test when they are not there. */
    void submitAll(final DirectDriver driver) throws IOException {
        try (WikiEditReader reader = new WikiEditReader(file())) {
            for (WikiEdit edit = reader.next(); edit != null; edit = reader.next()) {
                final Outcome outcome = submit(driver, edit);
                if (!outcome.accepted()) {
                    throw new AssertionError("edit must be accepted: line=" + reader.line() + ", " + outcome);
                }
            }
        }
    }

    static Path file() {
        final Path file = Path.of(System.getProperty("millrace.wikiEdits", "no millrace.wikiEdits"));
        assumeTrue(Files.exists(file), () -> "needs the edits that the build unpacks: " + file);
        return file;
    }
}
