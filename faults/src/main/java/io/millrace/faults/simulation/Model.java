package io.millrace.faults.simulation;

import java.util.ArrayList;
import java.util.List;

/** What the journal must hold: every command in order, and the state that they lead to. For one thread. */
final class Model {
    private final int maxCommitBytes;
    private final List<ModelCommand> commands = new ArrayList<>();
    private ModelState state;
    private long timestampNs;
    private long oldestSequence = 1;

    Model(final int maxCommitBytes) {
        this.maxCommitBytes = maxCommitBytes;
        state = new ModelState(maxCommitBytes);
    }

    /** A clock reading that the engine makes as well: its time never steps back. */
    void readClock(final long nowNs) {
        timestampNs = Math.max(timestampNs, nowNs);
    }

    /** The command was published behind all the others. */
    ModelCommand publish(final ModelCommand.Request request) {
        final ModelCommand command = state.execute(request, timestampNs);
        commands.add(command);
        return command;
    }

    /** The engine was restarted with that clock and the first commands only. */
    void restart(final int count, final long nowNs) {
        commands.subList(count, commands.size()).clear();
        state = new ModelState(maxCommitBytes);
        commands.forEach(command -> state.replay(command, oldestSequence));
        timestampNs = Math.max(nowNs, count == 0 ? 0 : commands.get(count - 1).timestampNs());
    }

    /** Whole cycles were deleted: this is now the oldest event. The state forgets the others at the next restart. */
    void oldestSequence(final long sequence) {
        oldestSequence = sequence;
    }

    long oldestSequence() {
        return oldestSequence;
    }

    /** Commands, from the front, that the journal does not hold any more. */
    int deletedCommands() {
        return (int) commands.stream()
                .filter(command -> command.firstSequence() < oldestSequence)
                .count();
    }

    List<ModelCommand> commands() {
        return commands;
    }

    /** Newest event, 0 when there is none. */
    long lastSequence() {
        return state.nextSequence() - 1;
    }

    ModelState state() {
        return state;
    }

    /** The events that are still there, in order. */
    List<ModelEvent> events() {
        final List<ModelEvent> events = new ArrayList<>();
        for (final ModelCommand command : commands) {
            for (final ModelEvent event : command.events()) {
                if (event.sequence() >= oldestSequence) {
                    events.add(event);
                }
            }
        }
        return events;
    }
}
