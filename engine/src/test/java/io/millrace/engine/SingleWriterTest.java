package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.JournalLockedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleWriterTest {
    @TempDir
    Path directory;

    @Test
    void shouldRefuseASecondLaunchInTheSameProcess() {
        final EngineConfig config = Commands.config(directory, StageLayout.FUSED);
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            final JournalLockedException e =
                    assertThrows(JournalLockedException.class, () -> Engine.launch(config, new CounterMachine()));

            assertEquals(ProcessHandle.current().pid(), e.holderPid());
            assertTrue(engine.health().healthy());
        }
        Engine.launch(config, new CounterMachine()).close();
    }

    @Test
    void shouldRefuseASecondLaunchInAnotherProcess() throws Exception {
        try (Engine engine = Engine.launch(Commands.config(directory, StageLayout.FUSED), new CounterMachine())) {
            final ChildJvm.Result child = ChildJvm.run(ChildJvm.REQUIRED_FLAGS, LaunchOnce.class, directory.toString());

            assertNotEquals(0, child.exitCode());
            assertTrue(child.output().contains(JournalLockedException.class.getName()), child::output);
            assertTrue(child.output().contains("PID " + ProcessHandle.current().pid()), child::output);
            assertTrue(engine.health().healthy());
        }
    }

    @Test
    void shouldNameTheMissingFlagsWhenTheJvmLacksThem() throws Exception {
        final ChildJvm.Result bare = ChildJvm.run(List.of(), LaunchOnce.class, directory.toString());
        final ChildJvm.Result almost = ChildJvm.run(
                ChildJvm.REQUIRED_FLAGS.stream()
                        .filter(flag -> !flag.contains("jdk.internal.misc"))
                        .toList(),
                LaunchOnce.class,
                directory.toString());

        assertNotEquals(0, bare.exitCode());
        assertTrue(
                bare.output().contains("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED")
                        && bare.output().contains("--add-opens=java.base/java.util.zip=ALL-UNNAMED"),
                bare::output);
        assertNotEquals(0, almost.exitCode());
        assertTrue(
                almost.output().contains("missing: --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED;"),
                almost::output);
    }

    @Test
    void shouldLaunchInAnotherProcessWhenNobodyHoldsTheDirectory() throws Exception {
        final ChildJvm.Result child = ChildJvm.run(ChildJvm.REQUIRED_FLAGS, LaunchOnce.class, directory.toString());

        assertEquals(0, child.exitCode(), child::output);
    }

    /** Runs in a JVM of its own. */
    static final class LaunchOnce {
        private LaunchOnce() {}

        public static void main(final String[] args) {
            Engine.launch(EngineConfig.at(Path.of(args[0])), new StatelessMachine(-1))
                    .close();
        }
    }
}
