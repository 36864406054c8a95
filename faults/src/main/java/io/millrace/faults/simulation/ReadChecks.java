package io.millrace.faults.simulation;

import static io.millrace.faults.simulation.SimulationFailure.require;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
import io.millrace.journal.StreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Reads a journal in every way there is, and holds what comes against the model. */
final class ReadChecks {
    private ReadChecks() {}

    /** Holds commands and events against a list of them, as they come. */
    static final class Expecting implements JournalHandler {
        private final Iterator<ModelCommand> commands;
        private final long fromSequence;
        private final List<ModelEvent> left = new ArrayList<>();
        private ModelCommand current;
        private int commandCount;
        private long lastTimestampNs;

        /** From a sequence on: events of a command that began before it come without the command. */
        Expecting(final List<ModelCommand> all, final long fromSequence) {
            this.fromSequence = fromSequence;
            commands = all.stream()
                    .filter(command -> command.firstSequence() >= fromSequence)
                    .iterator();
            all.stream()
                    .filter(command -> command.firstSequence() < fromSequence)
                    .forEach(command -> addEvents(command, command.events()));
        }

        private void addEvents(final ModelCommand command, final List<ModelEvent> events) {
            for (final ModelEvent event : events) {
                if (event.sequence() >= fromSequence) {
                    left.add(event);
                    current = command;
                }
            }
        }

        @Override
        public void onCommand(final CommandView view) {
            require(left.isEmpty(), "events must come before the next command: %s", left);
            require(
                    commands.hasNext(),
                    "there must be no more commands: client=%d, request=%d",
                    view.clientId(),
                    view.requestId());
            current = commands.next();
            commandCount++;
            check(view);
            addEvents(current, current.events());
        }

        private void check(final CommandView view) {
            final byte[] result = new byte[view.resultLength()];
            view.buffer().getBytes(view.resultOffset(), result);
            require(
                    view.clientId() == current.request().clientId()
                            && view.requestId() == current.request().requestId()
                            && view.accepted() == current.accepted()
                            && view.code() == current.code()
                            && view.durability() == current.request().durability()
                            && view.firstSequence() == current.firstSequence()
                            && view.eventCount() == current.events().size()
                            && Arrays.equals(result, current.result()),
                    "command must be %s: client=%d, request=%d, accepted=%s, code=%d, firstSequence=%d, events=%d",
                    current,
                    view.clientId(),
                    view.requestId(),
                    view.accepted(),
                    view.code(),
                    view.firstSequence(),
                    view.eventCount());
            requireTime(view.timestampNs());
        }

        /** A batch of the ring reads the clock when it begins, which may be before the clock was moved. */
        private void requireTime(final long timestampNs) {
            require(
                    timestampNs <= current.timestampNs() && timestampNs >= lastTimestampNs,
                    "time of %s must not be later, and not below %d: %d",
                    current,
                    lastTimestampNs,
                    timestampNs);
            lastTimestampNs = timestampNs;
        }

        @Override
        public void onEvent(final EventView view) {
            require(!left.isEmpty(), "there must be no more events of %s: %s", current, view);
            requireEvent(left.remove(0), view);
            requireTime(view.timestampNs());
        }

        /** Commands that have come. */
        int commandCount() {
            return commandCount;
        }

        /** Whether all events of the last command have come. */
        boolean isWhole() {
            return left.isEmpty();
        }
    }

    private static void requireEvent(final ModelEvent event, final EventView view) {
        final byte[] payload = new byte[view.length()];
        view.buffer().getBytes(view.offset(), payload);
        require(
                view.sequence() == event.sequence()
                        && view.typeId() == event.typeId()
                        && view.schemaVersion() == event.schemaVersion()
                        && view.streamId() == event.streamId()
                        && view.streamVersion() == event.streamVersion()
                        && view.previousSequence() == event.previousSequence()
                        && Arrays.equals(payload, event.payload()),
                "event must be %s: %s",
                event,
                view);
    }

    /** All commands from the start; returns how many of the model's the journal holds, or did before it deleted them. */
    static int readAll(final Journal journal, final Model model) {
        final Expecting expecting = new Expecting(model.kept(), model.oldestSequence());
        try (JournalReader reader = journal.newReader(model.oldestSequence())) {
            while (reader.poll(expecting, 7) > 0) {
                // polls until there is nothing more
            }
        }
        require(expecting.isWhole(), "commands must be whole");
        return model.deleted() + expecting.commandCount();
    }

    /** Request id of the oldest command. */
    static long oldestRequest(final Journal journal, final long fromSequence) {
        final long[] oldest = {-1};
        try (JournalReader reader = journal.newReader(fromSequence)) {
            reader.poll(
                    new JournalHandler() {
                        @Override
                        public void onCommand(final CommandView command) {
                            oldest[0] = oldest[0] < 0 ? command.requestId() : oldest[0];
                        }

                        @Override
                        public void onEvent(final EventView event) {}
                    },
                    1);
        }
        require(oldest[0] > 0, "the newest cycle must stay");
        return oldest[0];
    }

    /** From any sequence on to the end, twice with the same reader. */
    static void readSome(final Journal journal, final Model model, final Random random) {
        final long oldest = model.oldestSequence();
        final int span = (int) (model.lastSequence() - oldest) + 3;
        try (JournalReader reader = journal.newReader(oldest + random.nextInt(span))) {
            for (int round = 0; round < 2; round++) {
                final long from = oldest + random.nextInt(span);
                reader.seek(from);
                final Expecting expecting = new Expecting(model.kept(), from);
                final int batch = 1 + random.nextInt(5);
                while (reader.poll(expecting, batch) > 0) {
                    // polls until there is nothing more
                }
                require(
                        expecting.isWhole() && !expecting.commands.hasNext(),
                        "all must be read from %d to %d: nextSequence=%d",
                        from,
                        model.lastSequence(),
                        reader.nextSequence());
            }
        }
    }

    /** One stream forward, backward, and its newest events. */
    static void readStream(final Journal journal, final Model model, final Random random) {
        final long stream = random.nextInt(Rules.STREAMS + 1);
        final List<ModelEvent> forward = model.events().stream()
                .filter(event -> event.streamId() == stream)
                .toList();
        final List<ModelEvent> backward = new ArrayList<>(forward);
        Collections.reverse(backward);
        final long oldest = model.oldestSequence();
        final int most = 1 + random.nextInt(backward.size() + 2);
        try (StreamReader reader = journal.newStreamReader()) {
            final long last = reader.lastSequence(stream);
            require(
                    backward.isEmpty() ? last < oldest : last == backward.get(0).sequence(),
                    "newest event of stream %d must be %s: %d",
                    stream,
                    backward.isEmpty() ? null : backward.get(0),
                    last);
            requireEvents(forward, views -> reader.readForward(stream, views));
            requireEvents(
                    backward.subList(0, Math.min(most, backward.size())),
                    views -> reader.readBackward(stream, views, most));
        }
    }

    private interface Reading {
        int read(io.millrace.journal.EventHandler handler);
    }

    private static void requireEvents(final List<ModelEvent> events, final Reading reading) {
        final Iterator<ModelEvent> expected = events.iterator();
        final int count = reading.read(view -> {
            require(expected.hasNext(), "stream must have no more events: %s", view);
            requireEvent(expected.next(), view);
        });
        require(count == events.size(), "stream must have %d events: %d", events.size(), count);
    }
}
