package io.millrace.peers.aeronarchive;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.millrace.contest.Answer;
import io.millrace.contest.Books;
import io.millrace.contest.Contender;
import io.millrace.contest.Turnovers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.util.concurrent.TimeoutException;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

/** From the producer by the service to the archive and to the read model: all that a live run has beside the node. */
final class Pipeline implements AutoCloseable {
    private final Work work;
    private final Failures failures;
    private final Books books;
    private final Turnovers turnovers;
    private final Subscription toService;
    private final Subscription toReadModel;
    private final ExclusivePublication commands;
    private final ExclusivePublication events;
    private final Recording recording;
    private final Service service;
    private final ReadModel readModel;
    private final AgentRunner serviceRunner;
    private final AgentRunner readModelRunner;

    /** The node closes what is left open if this fails. */
    Pipeline(final Node node, final Work work, final Failures failures) {
        this.work = work;
        this.failures = failures;
        books = new Books(work.accounts());
        turnovers = new Turnovers(work.accounts());
        final Aeron aeron = node.aeron();
        toService = aeron.addSubscription(Node.CHANNEL, Node.COMMANDS_STREAM_ID);
        toReadModel = aeron.addSubscription(Node.CHANNEL, Node.EVENTS_STREAM_ID);
        commands = aeron.addExclusivePublication(Node.CHANNEL, Node.COMMANDS_STREAM_ID);
        events = node.archive().addRecordedExclusivePublication(Node.CHANNEL, Node.EVENTS_STREAM_ID);
        recording = new Recording(node.archive(), events);
        service = new Service(books, toService, events);
        readModel = new ReadModel(turnovers, toReadModel);
        serviceRunner = runner(service);
        readModelRunner = runner(readModel);
    }

    private AgentRunner runner(final Agent agent) {
        return new AgentRunner(Node.idleStrategy(), failures, null, agent);
    }

    void start() throws TimeoutException {
        failures.await(
                () -> toService.isConnected() && toReadModel.isConnected() && recording.isActive(),
                () -> 0,
                Node.idleStrategy());
        AgentRunner.startOnThread(serviceRunner);
        AgentRunner.startOnThread(readModelRunner);
    }

    Contender.Live run() throws TimeoutException {
        final IdleStrategy idle = Node.idleStrategy();
        final Usage start = Usage.now();
        new Producer(commands, service, failures, idle).produce(work.transfers(), work.commands());
        failures.await(() -> service.answered() == work.commands(), service::answered, idle);
        failures.await(
                () -> readModel.events() == service.accepted() && recording.isComplete(),
                () -> readModel.events() + recording.position(),
                idle);
        final Usage usage = Usage.now().since(start);
        return new Contender.Live(
                usage, new Answer(service.accepted(), readModel.events(), books.hash(), turnovers.hash()));
    }

    @Override
    public void close() {
        CloseHelper.closeAll(serviceRunner, readModelRunner, events, commands, toReadModel, toService);
    }
}
