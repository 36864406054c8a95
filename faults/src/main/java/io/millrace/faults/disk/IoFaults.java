package io.millrace.faults.disk;

import io.millrace.faults.agent.FailpointCounts;
import io.millrace.faults.agent.FailpointTable;
import io.millrace.faults.disk.IoFault.Must;
import io.millrace.faults.kill.ChildJvm;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Strace;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.kill.WorkOptions;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Errors and delays of system calls, and exceptions at failpoints, that a process must live through. */
public final class IoFaults {
    private static final int MAX_OCCURRENCE = 8;

    /** The engine relies on sending outcomes not to throw, which it does not; once is bad enough. */
    private static final String NEVER_THROWS = "engine.send.";

    private static final List<String> ACTIONS = List.of("runtime", "io", "internal");
    private static final long HANG_MS = TimeUnit.SECONDS.toMillis(30);
    private static final List<String> HANGS = List.of("force.enter", "force.before-file", "force.after-file");

    private IoFaults() {}

    /**
     * An error of a kind of calls.
     *
     * @param calls names of system calls
     * @param error its name
     * @param most about as many as a thread makes
     * @param must what it calls for
     */
    private record Failing(String calls, String error, int most, Must must) {}

    private static final List<Failing> FAILING = List.of(
            new Failing("fdatasync", "EIO", 6, Must.FAIL),
            new Failing("fsync", "EIO", 8, Must.FAIL),
            new Failing("fdatasync,fsync", "ENOSPC", 8, Must.FAIL),
            new Failing("fdatasync,fsync", "EDQUOT", 8, Must.FAIL),
            new Failing("fallocate", "ENOSPC", 2, Must.FAIL_OR_GO_ON),
            new Failing("rename", "ENOSPC", 2, Must.FAIL_OR_GO_ON),
            new Failing("rename", "EIO", 2, Must.FAIL_OR_GO_ON),
            new Failing("ftruncate", "ENOSPC", 4, Must.FAIL_OR_GO_ON),
            new Failing("pwrite64", "ENOSPC", 2, Must.FAIL_OR_GO_ON),
            new Failing("openat", "ENOSPC", 16, Must.FAIL_OR_GO_ON),
            new Failing("openat", "EMFILE", 16, Must.FAIL_OR_GO_ON),
            new Failing("unlink", "EIO", 1, Must.FAIL_OR_GO_ON));

    /** A delay, in microseconds, of the N-th force of a thread and those behind it by a step. */
    private record Slow(String calls, long delayUs, String when) {}

    private static final List<Slow> SLOW = List.of(
            new Slow("fdatasync,fsync", 10_000, "1+"),
            new Slow("fdatasync", 200_000, "1+"),
            new Slow("fdatasync", 2_000_000, "1+3"));

    /** Errors, once and for ever, of the N-th call. Each task is a journal on which all kinds have their turn. */
    public static void errors(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        if (isMissing("force error", sink)) {
            return;
        }
        final ChildJvm jvm = ChildJvm.prepare(rounds.scratch());
        rounds.run((number, seed, directory) -> {
            final SplittableRandom random = new SplittableRandom(seed);
            final IoFault fault = new IoFault(jvm, directory);
            boolean good = true;
            for (final Failing failing : FAILING) {
                final boolean forEver = random.nextBoolean();
                final int occurrence = 1 + random.nextInt(failing.most());
                final String what = "error=" + failing.error() + ":when=" + occurrence + (forEver ? "+" : "");
                good &= tell(
                        sink,
                        failing.error() + " of " + failing.calls() + (forEver ? ", for ever" : ", once"),
                        fault.inCalls(fault.options(random.nextLong()), failing.calls(), what, failing.must()));
                if (!good || rounds.isOver()) {
                    break;
                }
            }
            return good;
        });
    }

    /** Slow and hung forces. A task is one kind of them. */
    public static void slow(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        final boolean strace = !isMissing("slow force", sink);
        final ChildJvm jvm = ChildJvm.prepare(rounds.scratch());
        rounds.run((number, seed, directory) -> {
            final IoFault fault = new IoFault(jvm, directory);
            final WorkOptions options = fault.options(seed);
            final int kind = number % (SLOW.size() + HANGS.size());
            if (kind < SLOW.size()) {
                final Slow slow = SLOW.get(kind);
                return !strace
                        || tell(
                                sink,
                                "force slower by " + slow.delayUs() / 1000 + " ms",
                                fault.inCalls(
                                        options,
                                        slow.calls(),
                                        "delay_enter=" + slow.delayUs() + ":when=" + slow.when(),
                                        Must.FAIL_OR_GO_ON));
            }
            final String failpoint = HANGS.get(kind - SLOW.size());
            final int occurrence = 3 + (int) Long.remainderUnsigned(seed, 4);
            return tell(
                    sink,
                    "force hung at " + failpoint,
                    fault.atFailpoint(options.impatient(), failpoint + ":" + occurrence + ":sleep=" + HANG_MS));
        });
    }

    /** An exception at a failpoint, the N-th time it is passed or from then on always. A task is one failpoint. */
    public static void exceptions(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        final ChildJvm jvm = ChildJvm.prepare(rounds.scratch());
        final FailpointCounts usual = jvm.firstRunCounts();
        rounds.run((number, seed, directory) -> {
            final SplittableRandom random = new SplittableRandom(seed);
            final int failpoint = number % FailpointTable.SITES.size();
            final String name = FailpointTable.SITES.get(failpoint).name();
            // The first run opened an engine twice, these do once.
            final long most = Math.min(MAX_OCCURRENCE, usual.count(failpoint) / 2);
            final IoFault fault = new IoFault(jvm, directory);
            boolean good = true;
            for (final String action : ACTIONS) {
                final boolean forEver = random.nextBoolean() && !name.startsWith(NEVER_THROWS);
                final String when = 1 + random.nextLong(Math.max(1, most)) + (forEver ? "+" : "");
                good &= tell(
                        sink,
                        "exception at " + name,
                        fault.atFailpoint(fault.options(random.nextLong()), name + ":" + when + ":" + action));
            }
            return good;
        });
    }

    private static boolean isMissing(final String fault, final RoundSink sink) {
        final String missing = Strace.missing();
        if (missing != null) {
            sink.skipped(fault, missing);
        }
        return missing != null;
    }

    private static boolean tell(final RoundSink sink, final String fault, final IoFault.Result result) {
        final Verdict verdict = result.verdict();
        if (result.hit() || !verdict.isGood()) {
            sink.ran(fault, verdict);
        } else {
            sink.missed(fault);
        }
        return verdict.isGood();
    }
}
