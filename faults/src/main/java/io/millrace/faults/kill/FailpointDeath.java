package io.millrace.faults.kill;

import io.millrace.faults.agent.Failpoint;
import io.millrace.faults.agent.FailpointAction;
import io.millrace.faults.agent.FailpointCounts;
import io.millrace.faults.agent.FailpointTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Dies at a drawn failpoint, by halt or by SIGKILL; now and then by SIGKILL at a drawn time. */
final class FailpointDeath implements Death {
    /** At no failpoint but at some time. */
    static final String BY_TIME = "kill at a random time";

    private static final int ONE_IN_BY_TIME = 10;
    private static final long MAX_BY_TIME_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long CHILD_LIMIT_NS = TimeUnit.SECONDS.toNanos(40);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ChildJvm jvm;
    private final Class<?> mainClass;
    private final KillPlan plan;
    private final Path countsFile;
    private final FailpointCounts counts;

    /** The file of counts is this one's own. */
    FailpointDeath(final ChildJvm jvm, final Class<?> mainClass, final KillPlan plan, final Path countsFile) {
        this.jvm = jvm;
        this.mainClass = mainClass;
        this.plan = plan;
        this.countsFile = countsFile;
        counts = FailpointCounts.map(countsFile);
    }

    static String faultOf(final int failpoint) {
        return "kill at " + FailpointTable.SITES.get(failpoint).name();
    }

    @Override
    public Outcome next(final WorkOptions options, final SplittableRandom random, final boolean torn)
            throws IOException, InterruptedException {
        if (random.nextInt(ONE_IN_BY_TIME) == 0) {
            return killByTime(options, random);
        }
        return killAt(nextFailpoint(random, torn), options, random);
    }

    private int nextFailpoint(final SplittableRandom random, final boolean torn) {
        if (mainClass == RetentionChild.class) {
            return plan.nextWhileDeleting(random);
        }
        return torn ? plan.nextWhileCutting(random) : plan.nextFailpoint(random);
    }

    private Outcome killByTime(final WorkOptions options, final SplittableRandom random)
            throws IOException, InterruptedException {
        try (ChildProcess child = jvm.start(List.of(), Map.of(), mainClass, options)) {
            LockSupport.parkNanos(random.nextLong(MAX_BY_TIME_NS));
            return new Outcome(BY_TIME, child.kill(), child.said());
        }
    }

    private Outcome killAt(final int failpoint, final WorkOptions options, final SplittableRandom random)
            throws IOException, InterruptedException {
        counts.rearm();
        final FailpointAction action = random.nextBoolean() ? FailpointAction.HALT : FailpointAction.KILL;
        final Map<String, String> properties = new HashMap<>();
        properties.put(FailpointCounts.FILE_PROPERTY, countsFile.toString());
        properties.put(
                Failpoint.PROPERTY,
                FailpointTable.SITES.get(failpoint).name() + ":" + plan.nextOccurrence(failpoint, random) + ":"
                        + action);
        try (ChildProcess child = jvm.start(List.of(), properties, mainClass, options)) {
            final ChildExit exit = awaitDeath(child, action);
            if (counts.acted() >= 0) {
                plan.acted(failpoint);
            }
            return new Outcome(faultOf(failpoint), exit, child.said());
        }
    }

    private ChildExit awaitDeath(final ChildProcess child, final FailpointAction action) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + CHILD_LIMIT_NS;
        while (child.isAlive() && counts.acted() < 0) {
            if (System.nanoTime() - deadlineNs > 0) {
                return ChildExit.HUNG;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return action == FailpointAction.KILL && counts.acted() >= 0 ? child.kill() : child.awaitEnd(CHILD_LIMIT_NS);
    }
}
