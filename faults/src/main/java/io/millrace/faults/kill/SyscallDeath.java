package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Dies by SIGKILL at the drawn occurrence of a drawn system call, before the call is made. */
final class SyscallDeath implements Death {
    private static final long CHILD_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final ChildJvm jvm;
    private final Path log;

    SyscallDeath(final ChildJvm jvm, final Path log) {
        this.jvm = jvm;
        this.log = log;
    }

    /** A call, and about as many as a run makes. */
    private record Call(String name, int most) {}

    private static final List<Call> CALLS = List.of(
            new Call("fdatasync", 5),
            new Call("fsync", 12),
            new Call("ftruncate", 4),
            new Call("rename", 4),
            new Call("pwrite64", 3),
            new Call("fallocate", 2),
            new Call("openat", 45),
            new Call("unlink", 2));

    @Override
    public Outcome next(final WorkOptions options, final SplittableRandom random, final boolean torn)
            throws IOException, InterruptedException {
        final Call call = CALLS.get(random.nextInt(CALLS.size()));
        final List<String> strace =
                Strace.killing(log, options.directory(), call.name(), 1 + random.nextInt(call.most()));
        try (ChildProcess child = jvm.start(strace, Map.of(), options)) {
            return new Outcome("kill at " + call.name(), child.awaitEnd(CHILD_LIMIT_NS), child.said());
        }
    }
}
