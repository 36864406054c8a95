package io.millrace.faults.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.faults.disk.IoFault.Must;
import io.millrace.faults.kill.AckFile;
import io.millrace.faults.kill.ChildExit;
import io.millrace.faults.kill.ChildJvm;
import io.millrace.faults.kill.KillPlan;
import io.millrace.faults.kill.SoundRun;
import io.millrace.faults.kill.Strace;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.kill.WorkOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machinery of the disk's and the clock's faults, each once. */
final class DiskFaultsTest {
    private static final long SEED = 12;
    private static final long IMAGE_BYTES = 64 << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldFailTypedWhenAForceFails() throws IOException, InterruptedException {
        assumeTrue(Strace.missing() == null, Strace::missing);
        final IoFault fault = new IoFault(ChildJvm.prepare(directory), directory);

        final IoFault.Result result = fault.inCalls(fault.options(SEED), "fdatasync", "error=EIO:when=2+", Must.FAIL);

        assertTrue(result.hit());
        assertEquals(ChildExit.FAILED, result.exit());
        assertEquals(Verdict.recovered(), result.verdict());
    }

    @Test
    void shouldRecoverWhenThePowerIsLost() throws IOException, InterruptedException {
        assumeTrue(LoopMount.missing("ext4") == null, () -> LoopMount.missing("ext4"));
        final ChildJvm jvm = ChildJvm.prepare(directory);
        try (LoopMount mount = LoopMount.create(directory.resolve("mount"), "ext4", IMAGE_BYTES)) {
            final PowerLossChain chain =
                    new PowerLossChain(jvm, new KillPlan(jvm.firstRunCounts()), mount, directory, SEED);

            assertEquals(Verdict.recovered(), chain.lose());
            assertEquals(Verdict.recovered(), chain.lose());
        }
    }

    @Test
    void shouldGoOnWhenTheClockStepsBack() {
        final WorkOptions options = WorkOptions.once(directory.resolve("journal"), directory.resolve("acks"), SEED);
        final AckFile acks = AckFile.map(options.acks());
        final JumpingClock clock =
                new JumpingClock(1L << 60, JumpingClock.Jump.BACK_A_YEAR, new SplittableRandom(SEED));

        final Verdict verdict = SoundRun.run(
                options, acks, WorkOptions.journal(options.directory()).clock(clock));

        assertEquals(Verdict.recovered(), verdict);
    }
}
