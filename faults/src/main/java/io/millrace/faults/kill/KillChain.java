package io.millrace.faults.kill;

import io.millrace.faults.agent.Failpoint;
import io.millrace.faults.agent.FailpointAction;
import io.millrace.faults.agent.FailpointCounts;
import io.millrace.faults.agent.FailpointTable;
import io.millrace.journal.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One journal and many deaths: each process goes on where the one before was killed, so that recovery, too, is killed. The
 * judge looks at a copy after each death, and now and then at the journal itself.
 */
final class KillChain {
    /** At no failpoint but at some time. */
    static final String BY_TIME = "kill at a random time";

    private static final int ONE_IN_BY_TIME = 10;
    private static final int ONE_IN_ANOTHER_BOOT = 4;
    private static final int ONE_IN_ORIGINAL = 3;
    private static final long MAX_BY_TIME_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long CHILD_LIMIT_NS = TimeUnit.SECONDS.toNanos(40);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ChildJvm jvm;
    private final KillPlan plan;
    private final Path scratch;
    private final Path journal;
    private final Path acksFile;
    private final Path countsFile;
    private final AckFile acks;
    private final FailpointCounts counts;
    private final SplittableRandom random;

    /** Told of each death and what came of it. */
    interface Observer {
        /** A process that did not get to its failpoint is told of with {@code died} false. */
        void onRound(String fault, boolean died, Verdict verdict);
    }

    KillChain(final ChildJvm jvm, final KillPlan plan, final Path scratch, final long seed) throws IOException {
        this.jvm = jvm;
        this.plan = plan;
        this.scratch = scratch;
        Files.createDirectories(scratch);
        journal = scratch.resolve("journal");
        acksFile = scratch.resolve("acks");
        countsFile = scratch.resolve("counts");
        acks = AckFile.map(acksFile);
        counts = FailpointCounts.map(countsFile);
        random = new SplittableRandom(seed);
    }

    /** Ends early, with everything kept, at the first finding. */
    boolean run(final int kills, final Observer observer) throws IOException, InterruptedException {
        for (int kill = 0; kill < kills; kill++) {
            final WorkOptions options = WorkOptions.brief(journal, acksFile, random.nextLong());
            final boolean byTime = random.nextInt(ONE_IN_BY_TIME) == 0;
            final int failpoint = byTime ? -1 : plan.nextFailpoint(random);
            final ChildExit exit = byTime ? killByTime(options) : killAt(failpoint, options);
            final String fault = byTime
                    ? BY_TIME
                    : "kill at " + FailpointTable.SITES.get(failpoint).name();
            final Verdict verdict = judge(exit, options);
            observer.onRound(fault, exit == ChildExit.KILLED, verdict);
            if (!verdict.isGood()) {
                return false;
            }
        }
        Recovery.deleteTree(scratch);
        return true;
    }

    private ChildExit killByTime(final WorkOptions options) throws IOException, InterruptedException {
        try (ChildProcess child = jvm.start(Map.of(), options)) {
            LockSupport.parkNanos(random.nextLong(MAX_BY_TIME_NS));
            return child.kill();
        }
    }

    private ChildExit killAt(final int failpoint, final WorkOptions options) throws IOException, InterruptedException {
        counts.rearm();
        final FailpointAction action = random.nextBoolean() ? FailpointAction.HALT : FailpointAction.KILL;
        final Map<String, String> properties = new HashMap<>();
        properties.put(FailpointCounts.FILE_PROPERTY, countsFile.toString());
        properties.put(
                Failpoint.PROPERTY,
                FailpointTable.SITES.get(failpoint).name() + ":" + plan.nextOccurrence(failpoint, random) + ":" + action);
        try (ChildProcess child = jvm.start(properties, options)) {
            final long deadlineNs = System.nanoTime() + CHILD_LIMIT_NS;
            while (child.isAlive() && counts.acted() < 0) {
                if (System.nanoTime() - deadlineNs > 0) {
                    return ChildExit.HUNG;
                }
                LockSupport.parkNanos(POLL_NS);
            }
            if (counts.acted() >= 0) {
                plan.acted(failpoint);
            }
            return action == FailpointAction.KILL && counts.acted() >= 0
                    ? child.kill()
                    : child.awaitEnd(CHILD_LIMIT_NS);
        }
    }

    private Verdict judge(final ChildExit exit, final WorkOptions options) throws IOException {
        switch (exit) {
            case HUNG -> {
                return new Verdict(Verdict.Kind.HUNG, said(options));
            }
            case REFUSED -> {
                return new Verdict(Verdict.Kind.REFUSED, said(options));
            }
            case FAILED, WRONG, CRASHED -> {
                return new Verdict(Verdict.Kind.SILENT, exit + ": " + said(options));
            }
            default -> {}
        }
        // The kernel has every page that was written, whatever the lock says of the machine.
        if (random.nextInt(ONE_IN_ANOTHER_BOOT) == 0) {
            LockText.anotherBoot(journal);
        }
        final Verdict verdict =
                Recovery.checkCopy(options, acks, Durability.JOURNALED, scratch.resolve("copy"));
        return verdict.isGood() && random.nextInt(ONE_IN_ORIGINAL) == 0
                ? Recovery.check(options, acks, Durability.JOURNALED)
                : verdict;
    }

    private static String said(final WorkOptions options) throws IOException {
        return Files.readString(options.acks().resolveSibling(options.acks().getFileName() + ".err"));
    }
}
