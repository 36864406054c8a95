package io.millrace.examples.wiki;

import static io.millrace.examples.wiki.WikiEdits.EDIT;
import static io.millrace.examples.wiki.WikiEdits.edit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Outcome;
import io.millrace.examples.driver.DirectDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class WikiMachineTest {
    private final WikiMachine machine = new WikiMachine();
    private final List<String> events = new ArrayList<>();
    private final DirectDriver driver = new DirectDriver(
            machine, event -> events.add(event.typeId() + ":" + event.streamId() + ":" + event.streamVersion()));
    private final WikiEdits edits = new WikiEdits();

    @Test
    void shouldEmitOnPageAndEditorStreamsWhenAnEditIsRecorded() {
        final Outcome outcome = edits.submit(driver, EDIT);

        assertTrue(outcome.accepted());
        assertEquals(1, outcome.firstSequence());
        assertEquals(2, outcome.lastSequence());
        assertEquals(List.of("1:1:1", "2:" + WikiMachine.FIRST_EDITOR_ID + ":1"), events);
    }

    @Test
    void shouldNumberPagesAndEditorsByFirstAppearance() {
        edits.submit(driver, edit("a", "x"));
        edits.submit(driver, edit("b", "x"));
        edits.submit(driver, edit("a", "y"));

        final long editor = WikiMachine.FIRST_EDITOR_ID;
        assertEquals(
                List.of(
                        "1:1:1",
                        "2:" + editor + ":1",
                        "1:2:1",
                        "2:" + editor + ":2",
                        "1:1:2",
                        "2:" + (editor + 1) + ":1"),
                events);
        assertEquals(3, machine.recordedEdits());
        assertEquals(2, machine.pages());
        assertEquals(2, machine.editors());
    }

    @Test
    void shouldKeepPagesAndEditorsApartWhenTheyHaveTheSameName() {
        edits.submit(driver, edit("same", "same"));

        assertEquals(List.of("1:1:1", "2:" + WikiMachine.FIRST_EDITOR_ID + ":1"), events);
    }

    @Test
    void shouldRejectWhenDeltaIsNotAddedLessDeleted() {
        final WikiEdit wrong = new WikiEdit(0, 10, 3, 8, 0, "#c", "p", "u", "n", "");

        assertRejected(WikiMachine.DOES_NOT_ADD_UP, edits.submit(driver, wrong));
    }

    @Test
    void shouldRejectWhenTheDifferenceOverflows() {
        final int min = Integer.MIN_VALUE;
        final WikiEdit wrong = new WikiEdit(0, min, 1, min - 1, 0, "#c", "p", "u", "n", "");

        assertRejected(WikiMachine.DOES_NOT_ADD_UP, edits.submit(driver, wrong));
    }

    @Test
    void shouldRejectEveryPrefixOfAnEdit() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EditFormat.MAX_COMMAND_BYTES]);
        final int length = EditFormat.encode(EDIT, buffer, 0);

        for (int cut = 0; cut < length; cut++) {
            assertRejected(WikiMachine.MALFORMED, driver.submit(EditFormat.RECORD_EDIT, buffer, 0, cut));
        }
        assertRejected(WikiMachine.MALFORMED, driver.submit(EditFormat.RECORD_EDIT, buffer, 0, length + 1));
    }

    @Test
    void shouldRejectWhenTheCommandIsUnknown() {
        assertRejected(WikiMachine.UNKNOWN_COMMAND, driver.submit(99, new UnsafeBuffer(new byte[8]), 0, 8));
    }

    @Test
    void shouldStopWhenAnEventGivesANameAnotherId() {
        edits.submit(driver, edit("a", "x"));
        edits.submit(driver, edit("b", "x"));
        final WikiMachine other = new WikiMachine();

        assertThrows(
                IllegalStateException.class,
                () -> driver.replay(event -> {
                    if (event.sequence() > 1) {
                        other.apply(event);
                    }
                }));
    }

    @Test
    void shouldBeTheSameWhenReplayedAndWhenLoaded() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            edits.submit(driver, edit("page " + random.nextInt(1_000), "ü" + random.nextInt(300)));
        }

        final WikiMachine replayed = new WikiMachine();
        driver.replay(replayed::apply);
        final byte[] saved = DirectDriver.save(machine);
        assertArrayEquals(saved, DirectDriver.save(replayed), () -> "seed=" + seed);
        final WikiMachine loaded = DirectDriver.load(replayed, saved);
        assertArrayEquals(saved, DirectDriver.save(loaded), () -> "seed=" + seed);
        assertEquals(5_000, loaded.recordedEdits());
    }

    private void assertRejected(final int code, final Outcome outcome) {
        assertFalse(outcome.accepted());
        assertEquals(code, outcome.code());
        assertEquals(List.of(), events);
    }
}
