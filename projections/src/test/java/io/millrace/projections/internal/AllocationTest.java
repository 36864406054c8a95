package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.engine.EngineConfig;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationTest {
    private static final int COMMANDS = 20_000;
    private static final int MAX_ROUNDS = 20;

    /** Large enough that the group does not leave it, which does allocate. */
    private static final int RING_SIZE = 1 << 16;

    @TempDir
    Path directory;

    /** Compilers and the JDK may allocate on any thread until all is warm, so one clean round of several is asked for. */
    @ParameterizedTest
    @EnumSource(Attachment.class)
    void shouldAllocateNothingPerEventWhenWarm(final Attachment attachment) throws Exception {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "needs a JVM that counts allocations");
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (EngineFixture fixture =
                new EngineFixture(EngineConfig.at(directory).ringSize(RING_SIZE))) {
            final ProjectionHandle<Witness> handle = fixture.projections.start(new Witness("witness"), attachment);
            final long thread = threadOf("millrace-projection-witness");
            long least = Long.MAX_VALUE;
            for (int round = 0; round < MAX_ROUNDS && least > 0; round++) {
                final long before = threads.getThreadAllocatedBytes(thread);
                fixture.publish(COMMANDS);
                EngineFixture.await(handle, fixture.submit(1).lastSequence());
                least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            }
            assertEquals(0, least, "bytes in " + COMMANDS + " commands");
        }
    }

    private static long threadOf(final String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getId();
    }
}
