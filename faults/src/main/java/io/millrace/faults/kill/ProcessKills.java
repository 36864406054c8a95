package io.millrace.faults.kill;

import io.millrace.faults.agent.FailpointTable;
import java.io.IOException;
import java.nio.file.Path;

/** Chains of killed processes: at failpoints, or at system calls. */
public final class ProcessKills {
    /** How many deaths a journal lives through. */
    public static final int CHAIN = 30;

    private ProcessKills() {}

    /** The tasks of the rounds are chains. */
    public static void atFailpoints(final Rounds rounds, final RoundSink sink)
            throws IOException, InterruptedException {
        final ChildJvm jvm = ChildJvm.prepare(rounds.scratch());
        final KillPlan plan = new KillPlan(jvm.firstRunCounts());
        rounds.run((number, seed, directory) -> chain(
                directory, new FailpointDeath(jvm, plan, directory.resolve("counts")), seed, rounds, sink));
        for (int failpoint = 0; failpoint < FailpointTable.SITES.size(); failpoint++) {
            if (plan.timesActed(failpoint) == 0) {
                sink.missed(FailpointDeath.faultOf(failpoint));
            }
        }
    }

    /** The tasks of the rounds are chains. */
    public static void atSystemCalls(final Rounds rounds, final RoundSink sink)
            throws IOException, InterruptedException {
        final String missing = Strace.missing();
        if (missing != null) {
            sink.skipped("kill at a system call", missing);
            return;
        }
        final ChildJvm jvm = ChildJvm.prepare(rounds.scratch());
        rounds.run((number, seed, directory) ->
                chain(directory, new SyscallDeath(jvm, directory.resolve("strace")), seed, rounds, sink));
    }

    private static boolean chain(
            final Path directory, final Death death, final long seed, final Rounds rounds, final RoundSink sink)
            throws IOException, InterruptedException {
        final KillChain chain = new KillChain(directory, death, seed);
        boolean good = true;
        for (int kill = 0; kill < CHAIN && good && !rounds.isOver(); kill++) {
            good = chain.next(sink);
        }
        return good;
    }
}
