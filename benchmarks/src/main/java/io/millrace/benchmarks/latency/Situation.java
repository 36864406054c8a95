package io.millrace.benchmarks.latency;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.journal.JournalReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What goes on while commands are sent: a quiet minute, or one of the bad ones. */
abstract class Situation {
    /** By name, as the command line has it. */
    enum Kind {
        /** Nothing else. */
        QUIET("quiet", "nothing else goes on"),
        /** Cycle files end all the time. */
        ROLL("cycle rolls", "a cycle file every 16 MiB in place of every GiB"),
        /** Forces take half a second. */
        FORCE_STALL("force stalls", "each force takes 500 ms longer, one follows the other"),
        /** The projection stands still. */
        PROJECTION_STOPPED("projection stopped", "the projection stands still from the first event to the end"),
        /** Commands are refused until there is room again. */
        DISK_NEARLY_FULL("disk nearly full", "room ends in the middle of the run, and comes back two seconds later"),
        /** Somebody reads all there is. */
        REPLAY("full replay beside", "a reader goes through the whole journal again and again");

        final String title;
        final String description;

        Kind(final String title, final String description) {
            this.title = title;
            this.description = description;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        Situation create() {
            return switch (this) {
                case QUIET -> new Quiet();
                case ROLL -> new Rolling();
                case FORCE_STALL -> new ForceStall();
                case PROJECTION_STOPPED -> new ProjectionStopped();
                case DISK_NEARLY_FULL -> new DiskNearlyFull();
                case REPLAY -> new ReplayBeside();
            };
        }
    }

    /** Before the engine is launched. */
    void configure(final EngineConfig config, final Path directory, final long bytesToMiddle) throws IOException {}

    /** When warm-up is over. */
    void begin(final Engine engine) {}

    /** When the last command was sent. */
    void end() throws Exception {}

    /** Whether a projection has to stand still. */
    boolean holdsProjection() {
        return false;
    }

    private static final class Quiet extends Situation {}

    private static final class Rolling extends Situation {
        private static final long ROLL_BYTES = 16 << 20;
        private static final int BLOCK_BYTES = 4 << 20;

        @Override
        void configure(final EngineConfig config, final Path directory, final long bytesToMiddle) {
            config.journal().blockSizeBytes(BLOCK_BYTES).rollBytes(ROLL_BYTES);
        }
    }

    private static final class ForceStall extends Situation {
        @Override
        void configure(final EngineConfig config, final Path directory, final long bytesToMiddle) {
            SlowForce.requireInstalled();
            config.forceIntervalNs(TimeUnit.MILLISECONDS.toNanos(1));
        }

        @Override
        void begin(final Engine engine) {
            SlowForce.delayNs = TimeUnit.MILLISECONDS.toNanos(500);
        }

        @Override
        void end() {
            SlowForce.delayNs = 0;
        }
    }

    private static final class ProjectionStopped extends Situation {
        private volatile boolean holds;

        @Override
        void begin(final Engine engine) {
            holds = true;
        }

        @Override
        void end() {
            holds = false;
        }

        @Override
        boolean holdsProjection() {
            return holds;
        }
    }

    /** A file takes what the run would need; it goes two seconds after commands were first refused. */
    private static final class DiskNearlyFull extends Situation {
        private static final long FILLER_BYTES = 512L << 20;
        private static final int BLOCK_BYTES = 4 << 20;

        private Path filler;
        private Background watch;

        @Override
        void configure(final EngineConfig config, final Path directory, final long bytesToMiddle) throws IOException {
            filler = directory.resolveSibling("filler");
            try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
                // Written, because a length alone takes no room.
                final byte[] block = new byte[1 << 20];
                for (long done = 0; done < FILLER_BYTES; done += block.length) {
                    file.write(block);
                }
                file.getChannel().force(true);
            }
            final long usable = Files.getFileStore(directory.getParent()).getUsableSpace();
            final long ahead =
                    config.journal().reserveBytes() + config.journal().touchAheadBytes();
            config.journal()
                    .blockSizeBytes(BLOCK_BYTES)
                    .minFreeBytes(Math.max(1, usable - ahead - 4 * BLOCK_BYTES - bytesToMiddle));
        }

        @Override
        void begin(final Engine engine) {
            watch = Background.start("disk-watch", () -> {
                Thread.sleep(10);
                if (Files.exists(filler) && engine.health().diskFull()) {
                    TimeUnit.SECONDS.sleep(2);
                    Files.deleteIfExists(filler);
                }
            });
        }

        @Override
        void end() throws Exception {
            watch.close();
            Files.deleteIfExists(filler);
        }
    }

    private static final class ReplayBeside extends Situation {
        private static final int EVENTS_A_POLL = 4096;

        private Background replay;
        private long replayed;

        @Override
        void begin(final Engine engine) {
            replay = Background.start("replay", () -> {
                try (JournalReader reader = engine.journal().newReader(1)) {
                    int read;
                    do {
                        read = reader.poll(event -> replayed += event.length(), EVENTS_A_POLL);
                    } while (read > 0 && !Thread.interrupted());
                }
            });
        }

        @Override
        void end() throws Exception {
            replay.close();
            if (replayed == 0) {
                throw new IllegalStateException("the replay beside must have read something");
            }
        }
    }
}
