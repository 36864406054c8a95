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

    /** Commands, from the front, that the journal does not hold any more. */
    private int deleted;

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
        commands.forEach(state::replay);
        timestampNs = Math.max(nowNs, count == 0 ? 0 : commands.get(count - 1).timestampNs());
    }

    /**
     * Whole cycles were deleted.
     *
     * @param sequence of what is now the oldest event, or the next one to come
     * @param requestId of what is now the oldest command
     */
    void forget(final long sequence, final long requestId) {
        while (commands.get(deleted).request().requestId() != requestId) {
            SimulationFailure.require(
                    commands.get(deleted).lastSequence() < sequence,
                    "only commands before sequence %d may be deleted, not %s",
                    sequence,
                    commands.get(deleted));
            deleted++;
        }
        oldestSequence = sequence;
    }

    long oldestSequence() {
        return oldestSequence;
    }

    /** All commands ever, but for those that were lost. */
    List<ModelCommand> commands() {
        return commands;
    }

    /** Commands, from the front, that were deleted. */
    int deleted() {
        return deleted;
    }

    /** The commands that the journal must hold. */
    List<ModelCommand> kept() {
        return commands.subList(deleted, commands.size());
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
        kept().forEach(command -> events.addAll(command.events()));
        return events;
    }
}
