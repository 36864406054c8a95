package io.millrace.peers.axon;

import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.dsl.ProducerType;
import io.millrace.contest.Answer;
import io.millrace.contest.Contender;
import io.millrace.contest.Transfer;
import io.millrace.contest.Transfers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.disruptor.commandhandling.DisruptorCommandBus;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.SubscribingEventProcessor;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** Axon's components, wired: command bus, aggregate, event store, event processor. */
final class Pipeline implements AutoCloseable {
    /** Commands that may be on their way through the command bus; its default. */
    static final int BUFFER_SIZE = 4096;

    /** Two for the command bus, and one for the callbacks: the least that it asks for. */
    private static final int THREADS = 3;

    private static final long COOLING_DOWN_MS = 1;

    private final Work work;
    private final EmbeddedEventStore store;
    private final TurnoversProjection projection;
    private final EventProcessor processor;
    private final ThreadPoolExecutor executor;
    private final DisruptorCommandBus bus;
    private final LedgerCommands commands;

    Pipeline(final Work work) {
        this.work = work;
        store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        projection = new TurnoversProjection(work.accounts());
        processor = processor(projection, store);
        executor = executor();
        bus = DisruptorCommandBus.builder()
                .executor(executor)
                .bufferSize(BUFFER_SIZE)
                .producerType(ProducerType.SINGLE)
                .waitStrategy(new SleepingWaitStrategy())
                .coolingDownPeriod(COOLING_DOWN_MS)
                .build();
        commands = new LedgerCommands(bus.createRepository(store, new GenericAggregateFactory<>(Ledger.class)));
    }

    private static EventProcessor processor(final TurnoversProjection projection, final EmbeddedEventStore store) {
        return SubscribingEventProcessor.builder()
                .name("turnovers")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(projection)
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .build())
                .errorHandler(PropagatingErrorHandler.instance())
                .messageSource(store)
                .build();
    }

    /** Has the event publishing thread call back itself when it is too far ahead. */
    private static ThreadPoolExecutor executor() {
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(BUFFER_SIZE),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    void start() throws TimeoutException {
        commands.subscribe(bus);
        processor.start();
        final Answers opening = new Answers();
        bus.dispatch(GenericCommandMessage.asCommandMessage(new OpenLedger(work.accounts())), opening);
        opening.await(1);
    }

    Contender.Live run() throws TimeoutException {
        final Answers answers = new Answers();
        final Usage start = Usage.now();
        final Transfers transfers = work.transfers();
        for (long i = 0; i < work.commands(); i++) {
            transfers.advance();
            bus.dispatch(GenericCommandMessage.asCommandMessage(Transfer.of(transfers)), answers);
        }
        answers.await(work.commands());
        final Usage usage = Usage.now().since(start);
        return new Contender.Live(
                usage, new Answer(answers.accepted(), projection.events(), commands.stateHash(), projection.hash()));
    }

    @Override
    public void close() {
        try {
            bus.stop();
        } finally {
            executor.shutdownNow();
            processor.shutDown();
            store.shutDown();
        }
    }
}
