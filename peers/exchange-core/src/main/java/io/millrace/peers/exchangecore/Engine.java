package io.millrace.peers.exchangecore;

import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;
import exchange.core2.core.processors.journaling.DiskSerializationProcessor;
import exchange.core2.core.processors.journaling.DiskSerializationProcessorConfiguration;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.ObjLongConsumer;

/** How the engine is set up: by its builder for throughput, with engines and groups as in its journaling benchmark. */
final class Engine {
    static final int RING_SIZE = 64 * 1024;
    static final int GROUP_LIMIT = 1536;

    /** Grouping, journaling, risk, matching and results; and the one that publishes. */
    private static final int BUSY_THREADS = 6;

    private static final String ID = "millrace";

    private Engine() {}

    /** Not started. */
    static ExchangeCore create(
            final DiskSerializationProcessor disk,
            final boolean journaling,
            final ObjLongConsumer<OrderCommand> results,
            final ThreadFactory threads) {
        final SerializationConfiguration serialization = SerializationConfiguration.builder()
                .enableJournaling(journaling)
                .serializationProcessorFactory(configuration -> disk)
                .build();
        return new ExchangeCore(
                results,
                configuration()
                        .performanceCfg(performance().threadFactory(threads).build())
                        .serializationCfg(serialization)
                        .build());
    }

    /** Its defaults, but for the directory. */
    static DiskSerializationProcessor disk(final Path directory) {
        final DiskSerializationProcessorConfiguration defaults =
                DiskSerializationProcessorConfiguration.createDefaultConfig();
        return new DiskSerializationProcessor(
                configuration().build(),
                DiskSerializationProcessorConfiguration.builder()
                        .storageFolder(directory.toString())
                        .snapshotLz4CompressorFactory(defaults.getSnapshotLz4CompressorFactory())
                        .journalFileMaxSize(defaults.getJournalFileMaxSize())
                        .journalBufferSize(defaults.getJournalBufferSize())
                        .journalBatchCompressThreshold(defaults.getJournalBatchCompressThreshold())
                        .journalLz4CompressorFactory(defaults.getJournalLz4CompressorFactory())
                        .build());
    }

    /** What to replay: the journal from its beginning, as there is no snapshot. */
    static InitialStateConfiguration wholeJournal() {
        return InitialStateConfiguration.lastKnownStateFromJournal(ID, 0, 0);
    }

    private static ExchangeConfiguration.ExchangeConfigurationBuilder configuration() {
        return ExchangeConfiguration.defaultBuilder()
                .initStateCfg(InitialStateConfiguration.cleanStartJournaling(ID))
                .performanceCfg(performance().build());
    }

    private static PerformanceConfiguration.PerformanceConfigurationBuilder performance() {
        return PerformanceConfiguration.throughputPerformanceBuilder()
                .ringBufferSize(RING_SIZE)
                .matchingEnginesNum(1)
                .riskEnginesNum(1)
                .msgsInGroupLimit(GROUP_LIMIT)
                .waitStrategy(waitStrategy());
    }

    /** Spinning, which its builder sets, takes a core for each thread. */
    static CoreWaitStrategy waitStrategy() {
        return Runtime.getRuntime().availableProcessors() < BUSY_THREADS
                ? CoreWaitStrategy.YIELDING
                : CoreWaitStrategy.BUSY_SPIN;
    }
}
