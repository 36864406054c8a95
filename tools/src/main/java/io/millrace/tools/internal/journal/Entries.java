package io.millrace.tools.internal.journal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalInspector;
import io.millrace.journal.JournalState;

/** Reads the commands and events of a selection and hands them to a printer. */
final class Entries implements JournalHandler {
    /** Prints what was selected. The views are valid during the call only. */
    interface Printer {
        /** A command, before those of its events that were selected. */
        void command(CommandView command);

        /** An event, with its command's client and request. */
        void event(EventView event, long clientId, long requestId);

        /** Whether nobody reads what is printed any more. */
        boolean broken();
    }

    /** How often to look whether anybody still reads. */
    private static final int LOOK_MASK = 0xFFF;

    private final Selection selection;
    private final boolean commandsWanted;
    private final boolean eventsWanted;
    private final Printer printer;
    private final EventView ahead = new EventView();
    private long clientId;
    private long requestId;
    private long commands;
    private long events;

    Entries(
            final Selection selection,
            final boolean commandsWanted,
            final boolean eventsWanted,
            final Printer printer) {
        this.selection = selection;
        this.commandsWanted = commandsWanted;
        this.eventsWanted = eventsWanted;
        this.printer = printer;
    }

    /** What was found; null when all that was asked for was there before the end. */
    JournalState read(final JournalInspector inspector) {
        try {
            return inspector.read(selection.from(), this);
        } catch (final Enough e) {
            return null;
        }
    }

    long commands() {
        return commands;
    }

    long events() {
        return events;
    }

    @Override
    public void onCommand(final CommandView command) {
        if (command.firstSequence() > selection.to()) {
            throw new Enough();
        }
        clientId = command.clientId();
        requestId = command.requestId();
        if (commandsWanted && (selection.picksAll() || picksOne(command))) {
            printer.command(command);
            commands++;
            printed();
        }
    }

    @Override
    public void onEvent(final EventView event) {
        if (event.sequence() > selection.to()) {
            throw new Enough();
        }
        if (eventsWanted && selection.picks(event)) {
            printer.event(event, clientId, requestId);
            events++;
            printed();
        }
    }

    /** Looks at the command's events before they are delivered. */
    private boolean picksOne(final CommandView command) {
        int offset = command.eventsOffset();
        for (int i = 0; i < command.eventCount(); i++) {
            ahead.wrap(command.buffer(), offset, command.firstSequence() + i, command.timestampNs());
            if (selection.picks(ahead)) {
                return true;
            }
            offset += JournalFormat.align(JournalFormat.EVENT_HEADER_LENGTH + ahead.length());
        }
        return false;
    }

    private void printed() {
        final long lines = commands + events;
        if (lines >= selection.limit() || (lines & LOOK_MASK) == 0 && printer.broken()) {
            throw new Enough();
        }
    }

    /** Ends the reading before the end. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Enough() {
            super("everything that was asked for was read", null, false, false);
        }
    }
}
