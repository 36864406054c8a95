package io.millrace.faults.disk;

import io.millrace.faults.disk.JumpingClock.Jump;
import io.millrace.faults.kill.AckFile;
import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.SoundRun;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.kill.WorkOptions;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Clocks that step back, jump ahead and stand still, while a journal is written, over restarts and rolls. */
public final class ClockSteps {
    private static final int OPENINGS = 8;
    private static final long MAX_OFFSET_DAYS = 3;
    private static final int ROLL_BYTES = 90 << 10;

    private ClockSteps() {}

    /** A task is a journal that lives through some clocks; in the end one that is right again recovers it. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        rounds.run((number, seed, directory) -> {
            final SplittableRandom random = new SplittableRandom(seed);
            final Path acksFile = directory.resolve("acks");
            final AckFile acks = AckFile.map(acksFile);
            final WorkOptions options = WorkOptions.once(directory.resolve("journal"), acksFile, seed);
            boolean good = true;
            for (int opening = 0; good && opening < OPENINGS; opening++) {
                final Jump jump = Jump.values()[random.nextInt(Jump.values().length)];
                final Verdict verdict = SoundRun.run(options, acks, journal(options.directory(), jump, random));
                sink.ran("clock: " + jump.name().toLowerCase(Locale.ROOT).replace('_', ' '), verdict);
                good = verdict.isGood();
            }
            if (good) {
                final Verdict verdict = Recovery.check(options, acks, Durability.JOURNALED);
                sink.ran("clock: right again", verdict);
                good = verdict.isGood();
            }
            return good;
        });
    }

    /** Each opening begins anywhere in some days around now, so that it may be before what is journaled. */
    private static JournalConfig journal(final Path directory, final Jump jump, final SplittableRandom random) {
        final long startNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())
                + TimeUnit.DAYS.toNanos(random.nextLong(2 * MAX_OFFSET_DAYS) - MAX_OFFSET_DAYS);
        return WorkOptions.journal(directory).rollBytes(ROLL_BYTES).clock(new JumpingClock(startNs, jump, random));
    }
}
