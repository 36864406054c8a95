package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHandler;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a process in the middle of its work, as {@code kill -9} does. Each producer's acknowledgements go to a file that
 * is mapped, so that it survives as the journal does.
 */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("millrace.test.killRounds", 3);
    private static final int PRODUCERS = 2;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldHoldAllThatWasAcknowledgedWhenTheProcessIsKilled(final StageLayout layout) throws Exception {
        final long seed = Long.getLong("millrace.test.killSeed", System.nanoTime());
        System.out.println("KillTest seed=" + seed + ", layout=" + layout);
        final Random random = new Random(seed);
        final Path acknowledged = directory.resolve("acknowledged");
        final long[] expected = new long[PRODUCERS + 1];
        for (int round = 0; round < ROUNDS; round++) {
            killInTheMiddle(layout, acknowledged, expected[1], random.nextInt(200_000_000));
            assertPrefix(layout, read(acknowledged), expected);
        }
        final CounterMachine machine = new CounterMachine();
        try (Engine engine = Engine.launch(config(layout), machine)) {
            for (int client = 1; client <= PRODUCERS; client++) {
                assertEquals(expected[client], machine.value(client));
            }
            assertTrue(Commands.get(Commands.submit(engine.newPublisher(), CounterMachine.ADD, 1))
                    .accepted());
        }
    }

    private EngineConfig config(final StageLayout layout) {
        return Commands.config(directory.resolve("journal"), layout);
    }

    /** Lets the child work for a random time after its first new acknowledgement. */
    private void killInTheMiddle(final StageLayout layout, final Path acknowledged, final long last, final long workNs)
            throws Exception {
        final Path log = directory.resolve("child.log");
        final Process child = ChildJvm.start(
                ChildJvm.REQUIRED_FLAGS,
                log,
                Child.class,
                directory.resolve("journal").toString(),
                layout.name(),
                acknowledged.toString());
        try {
            Eventually.until("progress of the child", () -> {
                if (!child.isAlive()) {
                    throw new AssertionError(Files.readString(log));
                }
                return Files.exists(acknowledged) && read(acknowledged)[1] > last;
            });
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < workNs) {
                LockSupport.parkNanos(100_000);
            }
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(Eventually.PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Each producer's requests count up from 1 without a gap, and go at least as far as was acknowledged. */
    private void assertPrefix(final StageLayout layout, final long[] acknowledged, final long[] journaled) {
        final long[] next = new long[PRODUCERS + 1];
        Journal.open(config(layout).journal(), new JournalHandler() {
                    @Override
                    public void onCommand(final CommandView command) {
                        assertEquals(++next[(int) command.clientId()], command.requestId());
                        assertEquals(1, command.eventCount());
                    }

                    @Override
                    public void onEvent(final EventView event) {
                        assertEquals(next[(int) event.streamId()], event.streamVersion());
                    }
                })
                .close();
        for (int client = 1; client <= PRODUCERS; client++) {
            final String what =
                    "client=" + client + ", acknowledged=" + acknowledged[client] + ", journaled=" + next[client];
            assertTrue(next[client] >= acknowledged[client], what);
            journaled[client] = next[client];
        }
    }

    private static MappedByteBuffer map(final Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, (PRODUCERS + 1) * Long.BYTES);
        }
    }

    private static long[] read(final Path file) throws IOException {
        final long[] values = new long[PRODUCERS + 1];
        map(file).order(ByteOrder.nativeOrder()).asLongBuffer().get(values);
        return values;
    }

    /** Goes on where the journal ends, and never stops by itself. */
    static final class Child {
        private Child() {}

        public static void main(final String[] args) throws Exception {
            final UnsafeBuffer acknowledged = new UnsafeBuffer(map(Path.of(args[2])));
            final EngineConfig config = Commands.config(Path.of(args[0]), StageLayout.valueOf(args[1]));
            final CounterMachine machine = new CounterMachine();
            final Engine engine = Engine.launch(config, machine);
            for (int i = 1; i <= PRODUCERS; i++) {
                final int client = i;
                final Publisher publisher = engine.newPublisher(
                        client, outcome -> acknowledged.putLongOrdered(client * Long.BYTES, outcome.requestId()));
                final long first = Commands.get(engine.inspect(state -> machine.value(client))) + 1;
                new Thread(() -> publish(publisher, client, first)).start();
            }
        }

        private static void publish(final Publisher publisher, final int client, final long first) {
            final UnsafeBuffer payload = Commands.payload(client, 1);
            long request = first;
            while (publisher.clientId() == client) {
                final long result =
                        publisher.offer(CounterMachine.ADD, request, Durability.JOURNALED, payload, 0, Commands.LENGTH);
                if (result >= 0) {
                    request++;
                } else if (result == PublishResult.BACK_PRESSURED) {
                    Thread.yield();
                } else {
                    throw new IllegalStateException(PublishResult.name(result));
                }
            }
        }
    }
}
