package io.millrace.peers.aeronarchive;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.ArchivingMediaDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** The embedded media driver with its archive, both on one thread, and a client connected to them. */
final class Node implements AutoCloseable {
    /** Of a third of a publication's buffer. Half a term may be on its way: 87,381 commands. */
    static final String TERM_LENGTH = "16m";

    static final String CHANNEL = "aeron:ipc?term-length=" + TERM_LENGTH;
    static final int COMMANDS_STREAM_ID = 100;
    static final int EVENTS_STREAM_ID = 101;
    static final int REPLAY_STREAM_ID = 102;

    private static final int MAX_SPINS = 10;
    private static final int MAX_YIELDS = 20;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 100_000;

    private static final String CONTROL_CHANNEL = "aeron:ipc?term-length=64k";

    private final ArchivingMediaDriver server;
    private final AgentRunner runner;
    private final AeronArchive archive;

    Node(final Path directory, final Failures failures) {
        final MediaDriver.Context driver = driver(failures);
        server = ArchivingMediaDriver.launch(driver, archive(directory, failures));
        runner = new AgentRunner(idleStrategy(), failures, null, new ServerAgent(server));
        AgentRunner.startOnThread(runner);
        try {
            archive = AeronArchive.connect(new AeronArchive.Context()
                    .aeronDirectoryName(driver.aeronDirectoryName())
                    .controlRequestChannel(CONTROL_CHANNEL)
                    .controlRequestStreamId(server.archive().context().localControlStreamId())
                    .controlResponseChannel(CONTROL_CHANNEL)
                    .errorHandler(failures));
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(runner, server);
            throw e;
        }
    }

    /** Of all threads: there are more of them than processors. */
    static IdleStrategy idleStrategy() {
        return new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }

    private static MediaDriver.Context driver(final Failures failures) {
        return new MediaDriver.Context()
                .aeronDirectoryName(CommonContext.generateRandomDirName())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .termBufferSparseFile(false)
                .threadingMode(ThreadingMode.INVOKER)
                .errorHandler(failures);
    }

    private static Archive.Context archive(final Path directory, final Failures failures) {
        return new Archive.Context()
                .archiveDir(directory.resolve("archive").toFile())
                .controlChannelEnabled(false)
                .localControlChannel(CONTROL_CHANNEL)
                .archiveClientContext(new AeronArchive.Context()
                        .controlRequestChannel(CONTROL_CHANNEL)
                        .controlResponseChannel(CONTROL_CHANNEL))
                .recordingEventsEnabled(false)
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .threadingMode(ArchiveThreadingMode.INVOKER)
                .errorHandler(failures);
    }

    Aeron aeron() {
        return archive.context().aeron();
    }

    AeronArchive archive() {
        return archive;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(archive, runner, server);
    }
}
