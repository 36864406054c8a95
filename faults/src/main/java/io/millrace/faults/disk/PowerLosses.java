package io.millrace.faults.disk;

import io.millrace.faults.kill.ChildJvm;
import io.millrace.faults.kill.KillPlan;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import java.io.IOException;

/** Power losses on file systems of our own. */
public final class PowerLosses {
    /** How many losses one task has. */
    public static final int CHAIN = 24;

    private static final long EXT4_BYTES = 64L << 20;

    /** The least that XFS takes; the image is sparse. */
    private static final long XFS_BYTES = 320L << 20;

    private PowerLosses() {}

    /** The tasks of the rounds are mounts; those with odd numbers are XFS where it is installed. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        final boolean ext4 = isThere("ext4", sink);
        final boolean xfs = isThere("xfs", sink);
        if (!ext4 && !xfs) {
            return;
        }
        final ChildJvm jvm = ChildJvm.prepare(rounds.scratch());
        final KillPlan plan = new KillPlan(jvm.firstRunCounts());
        rounds.run((number, seed, directory) -> {
            final String type = xfs && (!ext4 || number % 2 == 1) ? "xfs" : "ext4";
            final long bytes = "xfs".equals(type) ? XFS_BYTES : EXT4_BYTES;
            boolean good = true;
            try (LoopMount mount = LoopMount.create(directory.resolve("mount"), type, bytes)) {
                final PowerLossChain chain = new PowerLossChain(jvm, plan, mount, directory, seed);
                for (int loss = 0; loss < CHAIN && good && !rounds.isOver(); loss++) {
                    final Verdict verdict = chain.lose();
                    sink.ran(fault(type), verdict);
                    good = verdict.isGood();
                }
            }
            return good;
        });
    }

    private static String fault(final String type) {
        return "power loss on " + type;
    }

    private static boolean isThere(final String type, final RoundSink sink) {
        final String missing = LoopMount.missing(type);
        if (missing != null) {
            sink.skipped(fault(type), missing);
        }
        return missing == null;
    }
}
