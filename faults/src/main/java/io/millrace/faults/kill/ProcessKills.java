package io.millrace.faults.kill;

import io.millrace.faults.agent.FailpointTable;
import java.io.IOException;

/** Chains of killed processes: at failpoints, or at system calls. */
public final class ProcessKills {
    /** How many deaths a journal lives through. */
    public static final int CHAIN = 30;

    /** One chain in so many is of processes that delete old cycles. */
    private static final int DELETING = 4;

    private ProcessKills() {}

    /** The tasks of the rounds are chains. */
    public static void atFailpoints(final Rounds rounds, final RoundSink sink)
            throws IOException, InterruptedException {
        final ChildJvm jvm = ChildJvm.prepare(rounds.scratch());
        final KillPlan plan = new KillPlan(jvm.firstRunCounts());
        rounds.run((number, seed, directory) -> {
            final boolean deletes = number % DELETING == DELETING - 1;
            final Class<?> work = deletes ? RetentionChild.class : WorkChild.class;
            final Death death = new FailpointDeath(jvm, work, plan, directory.resolve("counts"));
            return chain(new KillChain(directory, death, deletes, seed), rounds, sink);
        });
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
        rounds.run((number, seed, directory) -> {
            final Death death = new SyscallDeath(jvm, directory.resolve("strace"));
            return chain(new KillChain(directory, death, false, seed), rounds, sink);
        });
    }

    private static boolean chain(final KillChain chain, final Rounds rounds, final RoundSink sink)
            throws IOException, InterruptedException {
        boolean good = true;
        for (int kill = 0; kill < CHAIN && good && !rounds.isOver(); kill++) {
            good = chain.next(sink);
        }
        return good;
    }
}
