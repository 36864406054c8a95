package io.millrace.faults.disk;

import io.millrace.faults.agent.Failpoint;
import io.millrace.faults.agent.FailpointCounts;
import io.millrace.faults.kill.AckFile;
import io.millrace.faults.kill.ChildExit;
import io.millrace.faults.kill.ChildJvm;
import io.millrace.faults.kill.ChildProcess;
import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.Strace;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.kill.WorkOptions;
import io.millrace.journal.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A fault in the system calls, or at a failpoint, of a process that must live through it: one run and what came of it. The
 * journal is the worker's, and lives on from run to run.
 */
final class IoFault {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(90);

    private final ChildJvm jvm;
    private final Path scratch;
    private final Path log;
    private final AckFile acks;
    private final Path countsFile;
    private final FailpointCounts counts;

    IoFault(final ChildJvm jvm, final Path scratch) {
        this.jvm = jvm;
        this.scratch = scratch;
        log = scratch.resolve("strace");
        acks = AckFile.map(scratch.resolve("acks"));
        countsFile = scratch.resolve("counts");
        counts = FailpointCounts.map(countsFile);
    }

    /**
     * What came of a run.
     *
     * @param hit whether the fault came to pass
     * @param exit of the process
     * @param verdict on the process and on what it left behind
     */
    record Result(boolean hit, ChildExit exit, Verdict verdict) {}

    /** What a fault allows a process to do. */
    enum Must {
        /** To fail or refuse, typed. */
        FAIL,
        /** To fail or refuse, typed, or to get by. */
        FAIL_OR_GO_ON
    }

    WorkOptions options(final long seed) {
        return WorkOptions.once(scratch.resolve("journal"), scratch.resolve("acks"), seed);
    }

    /** The fault is strace's: calls separated by commas, and what happens to them. */
    Result inCalls(final WorkOptions options, final String calls, final String what, final Must must)
            throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        final List<String> strace = Strace.injecting(log, options.directory(), calls, what);
        try (ChildProcess child = jvm.start(strace, Map.of(), options)) {
            final ChildExit exit = child.awaitEnd(LIMIT_NS);
            final boolean hit = Strace.hasInjected(log);
            return new Result(hit, exit, judge(options, exit, hit ? must : Must.FAIL_OR_GO_ON, child.said()));
        }
    }

    /** The fault is a failpoint's; {@code armed} is what the property that arms it takes. */
    Result atFailpoint(final WorkOptions options, final String armed) throws IOException, InterruptedException {
        counts.rearm();
        final Map<String, String> properties =
                Map.of(Failpoint.PROPERTY, armed, FailpointCounts.FILE_PROPERTY, countsFile.toString());
        try (ChildProcess child = jvm.start(properties, options)) {
            final ChildExit exit = child.awaitEnd(LIMIT_NS);
            return new Result(counts.acted() >= 0, exit, judge(options, exit, Must.FAIL_OR_GO_ON, child.said()));
        }
    }

    private Verdict judge(final WorkOptions options, final ChildExit exit, final Must must, final String said)
            throws IOException {
        switch (exit) {
            case FAILED, REFUSED -> {}
            case DONE -> {
                if (must == Must.FAIL) {
                    return new Verdict(Verdict.Kind.SILENT, "the fault must be noticed: " + said);
                }
            }
            case HUNG -> {
                return new Verdict(Verdict.Kind.HUNG, said);
            }
            default -> {
                return new Verdict(Verdict.Kind.SILENT, exit + ": " + said);
            }
        }
        final Verdict copy = Recovery.checkCopy(options, acks, Durability.JOURNALED, scratch.resolve("copy"));
        return copy.isGood() ? Recovery.check(options, acks, Durability.JOURNALED) : copy;
    }
}
