package io.millrace.faults.simulation;

import static io.millrace.faults.simulation.SimulationFailure.require;

import io.millrace.engine.CommandClaim;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineFailedException;
import io.millrace.engine.Health;
import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.agrona.concurrent.UnsafeBuffer;

/** One life of the engine, from launch to close: sends commands, and holds every outcome against the model. */
final class Life {
    static final int CLIENTS = 3;

    /** Ways to publish a command. */
    enum Way {
        /** A copy, the outcome to the handler. */
        OFFER,
        /** A copy, the outcome to a future. */
        SUBMIT,
        /** Written into the slot. */
        CLAIM
    }

    private final Model model;
    private final Shape shape;
    private final SimulatedClock clock;
    private final SimulatedMachine machine;
    private final FaultableJournal journal = new FaultableJournal();
    private final OutcomeBook book = new OutcomeBook(journal);
    private final Engine engine;
    private final Publisher[] publishers = new Publisher[CLIENTS];
    private final CommandClaim claim = new CommandClaim();
    private final List<ModelCommand> unanswered = new ArrayList<>();
    private int sent;

    /** Commands of the model, from the front, that are known to be in the journal, and to be forced. */
    private int journaled;

    private Life(final Model model, final Shape shape, final Path directory, final SimulatedClock clock) {
        this.model = model;
        this.shape = shape;
        this.clock = clock;
        machine = new SimulatedMachine(shape.maxCommitBytes());
        engine = WrappedLaunch.launch(shape.engine(directory, clock), machine, journal::wrap);
        for (int client = 0; client < CLIENTS; client++) {
            publishers[client] = engine.newPublisher(client, book::onOutcome);
        }
    }

    static Life launch(final Model model, final Shape shape, final Path directory, final SimulatedClock clock) {
        return new Life(model, shape, directory, clock);
    }

    Engine engine() {
        return engine;
    }

    FaultableJournal journal() {
        return journal;
    }

    SimulatedMachine machine() {
        return machine;
    }

    Shape shape() {
        return shape;
    }

    /** Publishes, and has the model do the same; returns false if the engine has failed. */
    boolean send(final ModelCommand.Request request, final Way way) {
        final long result = publish(request, way);
        if (request.payload().length > shape.maxCommandBytes()) {
            require(result == PublishResult.TOO_LARGE, "%s must be TOO_LARGE: %d", request, result);
            return true;
        }
        if (result == PublishResult.FAILED) {
            require(journal.hasFailed(), "%s must be taken: the engine has failed: %s", request, engine.health());
            return false;
        }
        require(result >= 0, "%s must be published: %s", request, PublishResult.name(result));
        model.readClock(clock.nanoTime());
        unanswered.add(model.publish(request));
        sent++;
        return true;
    }

    private long publish(final ModelCommand.Request request, final Way way) {
        final long startNs = System.nanoTime();
        long result = publishOnce(request, way);
        while (result == PublishResult.BACK_PRESSURED) {
            if (System.nanoTime() - startNs > Patience.LIMIT_NS) {
                throw new SimulationFailure(SimulationFailure.Kind.HUNG, "a full ring must empty within 10 s");
            }
            Patience.rest();
            result = publishOnce(request, way);
        }
        return result;
    }

    private long publishOnce(final ModelCommand.Request request, final Way way) {
        final Publisher publisher = publishers[(int) request.clientId()];
        final int length = request.payload().length;
        final UnsafeBuffer payload = new UnsafeBuffer(request.payload());
        final int typeId = request.kind().typeId();
        return switch (way) {
            case OFFER -> publisher.offer(typeId, request.requestId(), request.durability(), payload, 0, length);
            case CLAIM -> {
                final long result =
                        publisher.tryClaim(claim, typeId, request.requestId(), request.durability(), length);
                if (result >= 0) {
                    claim.buffer().putBytes(0, payload, 0, length);
                    claim.commit();
                }
                yield result;
            }
            case SUBMIT -> submit(publisher, request, payload);
        };
    }

    private long submit(final Publisher publisher, final ModelCommand.Request request, final UnsafeBuffer payload) {
        final CompletableFuture<Outcome> future = publisher.submit(
                request.kind().typeId(),
                request.requestId(),
                request.durability(),
                payload,
                0,
                request.payload().length);
        if (future.isCompletedExceptionally()) {
            try {
                future.join();
            } catch (final CompletionException e) {
                if (e.getCause() instanceof PublishException refused) {
                    return refused.result();
                }
                throw e;
            }
        }
        future.thenAccept(book::note);
        return 0;
    }

    /** Claims a slot, gives it back, and waits until the engine has passed it: it reads the clock for it. */
    void abortClaim() {
        final long result = publishers[0].tryClaim(claim, CommandKind.ECHO.typeId(), 0, Durability.JOURNALED, 8);
        if (result >= 0) {
            claim.abort();
        }
        Patience.until("an empty ring", () -> engine.health().commandsInRing() == 0);
    }

    /** Waits for all outcomes, and holds them against the model. */
    void settle() {
        Patience.until("the outcomes of " + unanswered, () -> book.received() >= sent);
        book.requireNoComplaints();
        require(
                journal.real().syncedSequence() <= journal.forcedSequence(),
                "no more may be said to be forced than was: %d, %d",
                journal.real().syncedSequence(),
                journal.forcedSequence());
        for (final ModelCommand command : unanswered) {
            check(command, book.of(command.request().requestId()));
        }
        unanswered.clear();
        journaled = model.commands().size();
    }

    private static void check(final ModelCommand command, final Outcome outcome) {
        require(outcome != null, "an outcome must come for %s", command);
        final OutcomeStatus status = command.accepted() ? OutcomeStatus.ACCEPTED : OutcomeStatus.REJECTED;
        final long first = command.events().isEmpty() ? 0 : command.firstSequence();
        final long last = command.events().isEmpty() ? 0 : command.lastSequence();
        require(
                outcome.status() == status
                        && outcome.code() == command.code()
                        && outcome.clientId() == command.request().clientId()
                        && outcome.firstSequence() == first
                        && outcome.lastSequence() == last
                        && outcome.level() == command.request().durability()
                        && Arrays.equals(outcome.result(), command.result()),
                "the outcome must be that of %s: %s",
                command,
                outcome);
    }

    /**
     * The engine has been made to fail: every command gets an answer all the same, nothing is taken any more, and closing
     * says why. Returns which commands may be in the journal.
     */
    Bounds settleFailure(final int certain) {
        Patience.until("the outcomes of " + unanswered + " after a failure", () -> book.received() >= sent);
        Patience.until("bad health", () -> engine.health().state() == Health.State.FAILED);
        book.requireNoComplaints();
        int least = certain;
        int most = model.commands().size();
        for (int i = model.commands().size() - unanswered.size();
                i < model.commands().size();
                i++) {
            final ModelCommand command = model.commands().get(i);
            final Outcome outcome = book.of(command.request().requestId());
            switch (outcome.status()) {
                case ACCEPTED, REJECTED -> {
                    check(command, outcome);
                    least = i + 1;
                }
                case FAILED -> most = Math.min(most, i);
                case UNKNOWN -> {}
            }
        }
        require(least <= most, "no command may be answered behind one that FAILED: least=%d, most=%d", least, most);
        requireStopped();
        return new Bounds(least, most);
    }

    private void requireStopped() {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[8]);
        final long result =
                publishers[1].offer(CommandKind.ECHO.typeId(), 0, Durability.JOURNALED, payload, 0, Long.BYTES);
        require(result == PublishResult.FAILED, "a failed engine must take nothing: %s", PublishResult.name(result));
        try {
            engine.close();
        } catch (final EngineFailedException e) {
            return;
        }
        throw SimulationFailure.silent("a failed engine must say so when it is closed");
    }

    /**
     * How many commands, from the front, the journal holds.
     *
     * @param least at least
     * @param most at most
     */
    record Bounds(int least, int most) {}

    /** Commands, from the front, that were answered. */
    int answered() {
        return journaled;
    }

    void requireHash() {
        final long hash = Patience.get("the state hash", askForHash());
        require(
                hash == model.state().hash(),
                "state hash must be that of the model, %x: %x, lastSequence=%d",
                model.state().hash(),
                hash,
                model.lastSequence());
    }

    /** A question takes a slot of the ring, as a command does. */
    private CompletableFuture<Long> askForHash() {
        final List<CompletableFuture<Long>> asked = new ArrayList<>();
        Patience.until("a slot for a question", () -> {
            asked.add(engine.stateHash());
            return !isRefused(asked.get(asked.size() - 1));
        });
        return asked.get(asked.size() - 1);
    }

    private static boolean isRefused(final CompletableFuture<Long> answer) {
        try {
            return answer.isDone() && answer.join() == null;
        } catch (final CompletionException e) {
            if (e.getCause() instanceof PublishException refused && refused.result() == PublishResult.BACK_PRESSURED) {
                return true;
            }
            throw e;
        }
    }

    /** Answers what is on its way, and closes. */
    void close() {
        engine.close();
        settle();
        require(engine.health().state() == Health.State.CLOSED, "a closed engine must be so: %s", engine.health());
    }

    /** Lets go of the engine after something else was found; what it throws is not wanted. */
    void abandon() {
        try {
            engine.close();
        } catch (final RuntimeException e) {
            // What was found first is what counts.
        }
    }
}
