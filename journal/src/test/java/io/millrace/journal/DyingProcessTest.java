package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process or machine that dies in the middle of an append, between the claim of an excerpt and its publication. */
class DyingProcessTest {
    @TempDir
    Path temporary;

    private Path open() {
        return temporary.resolve("open");
    }

    private Path crashed() {
        return temporary.resolve("crashed");
    }

    /** Has the directory copied while its bytes are being copied into the mapped file. */
    private final class CopyingBuffer extends UnsafeBuffer {
        private boolean copied;

        private CopyingBuffer(final byte[] bytes) {
            super(bytes);
        }

        @Override
        public byte[] byteArray() {
            if (!copied) {
                copied = true;
                try {
                    CrashedDirectory.copyAfterProcessDied(open(), crashed());
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return super.byteArray();
        }
    }

    private void dieWhileAppending(final Journal journal) {
        final byte[] bytes = new byte[256];
        final CommandEncoder encoder = journal.commandEncoder();
        encoder.begin(new UnsafeBuffer(bytes), 0, bytes.length);
        encoder.claimEvent(1, 1, 1, 1);
        final int length = encoder.end(1, 1, true, 0, Durability.JOURNALED, 0);
        journal.append(new CopyingBuffer(bytes), 0, length, 1, 1, journal.nowNs());
    }

    private List<String> die(final JournalConfig config, final int commits) {
        try (JournalFixture fixture = new JournalFixture(config)) {
            for (int i = 1; i <= commits; i++) {
                fixture.commitEvent(1, "before " + i);
            }
            final List<String> lines = fixture.read(1);
            dieWhileAppending(fixture.journal);
            return lines;
        }
    }

    private void expectOpensWith(final List<String> lines) {
        final long last = lines.size() / 3;
        for (int i = 1; i <= 2; i++) {
            try (JournalFixture fixture = JournalFixture.open(crashed())) {
                assertFalse(fixture.journal.recovery().cutBytes() > 4096, fixture.journal.recovery()::toString);
                assertEquals(lines, fixture.replayed.lines.subList(0, lines.size()));
                assertEquals(last + i, fixture.commitEvent(1, "next").journal.force());
                assertEquals(3 * (last + i), fixture.read(1).size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 300})
    void shouldOpenWhenTheProcessDiedInTheMiddleOfAnAppend(final int commits) {
        expectOpensWith(die(JournalFixture.config(open()), commits));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldOpenWhenTheProcessDiedInTheFirstAppendOfACycle(final int commits) {
        expectOpensWith(die(JournalFixture.config(open()).rollBytes(1), commits));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 300})
    void shouldOpenWhenTheMachineDiedInTheMiddleOfAnAppend(final int commits) throws IOException {
        final List<String> lines = die(JournalFixture.config(open()), commits);
        CrashedDirectory.letMachineDie(crashed());
        expectOpensWith(lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldOpenWhenTheMachineDiedInTheFirstAppendOfACycle(final int commits) throws IOException {
        final List<String> lines = die(JournalFixture.config(open()).rollBytes(1), commits);
        CrashedDirectory.letMachineDie(crashed());
        expectOpensWith(lines);
    }

    @Test
    void shouldSayWhatAnOpeningWillDoWhenTheProcessDiedInTheMiddleOfAnAppend() {
        final List<String> lines = die(JournalFixture.config(open()), 3);
        final JournalState state = JournalInspector.at(crashed()).verify();
        assertEquals(JournalState.Verdict.OK, state.verdict(), state::toString);
        assertEquals(lines.size() / 3, state.lastSequence());
        assertTrue(state.holder().pid() > 0);
    }
}
