package io.millrace.faults.images;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** What a journal holds: a hash of every command with all its events, and where the commits end. */
public final class Contents implements JournalHandler {
    private static final int READ_COMMITS = 64;

    private final List<Long> commands = new ArrayList<>();
    private final List<Integer> commitEnds = new ArrayList<>();
    private long firstSequence;
    private long lastSequence;
    private boolean gap;

    /** Empty. */
    public Contents() {}

    /** Of an open journal, from its oldest event on. */
    public static Contents of(final Journal journal) {
        final Contents contents = new Contents();
        contents.addAllOf(journal);
        return contents;
    }

    /** Reads an open journal from its oldest event on. */
    public void addAllOf(final Journal journal) {
        try (JournalReader reader = journal.newReader(journal.firstSequence())) {
            while (reader.poll(this, READ_COMMITS) > 0) {
                continue;
            }
        }
    }

    @Override
    public void onCommand(final CommandView command) {
        long hash = mix(command.clientId(), command.requestId());
        hash = mix(hash, command.code() * 2L + (command.accepted() ? 1 : 0));
        hash = mix(hash, command.eventCount());
        hash = mix(hash, command.firstSequence());
        hash = mix(hash, command.timestampNs());
        commands.add(bytes(hash, command.buffer(), command.resultOffset(), command.resultLength()));
    }

    @Override
    public void onEvent(final EventView event) {
        gap |= lastSequence > 0 && event.sequence() != lastSequence + 1;
        firstSequence = firstSequence == 0 ? event.sequence() : firstSequence;
        lastSequence = event.sequence();
        final int last = commands.size() - 1;
        long hash = mix(commands.get(last), event.sequence());
        hash = mix(hash, event.typeId());
        hash = mix(hash, event.streamId());
        hash = mix(hash, event.streamVersion());
        hash = mix(hash, event.previousSequence());
        commands.set(last, bytes(hash, event.buffer(), event.offset(), event.length()));
    }

    @Override
    public void onCommitEnd(final long last) {
        commitEnds.add(commands.size());
    }

    private static long bytes(final long start, final DirectBuffer buffer, final int offset, final int length) {
        long hash = mix(start, length);
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + buffer.getByte(offset + i);
        }
        return mix(hash, 1);
    }

    private static long mix(final long hash, final long value) {
        long z = (hash ^ value) * 0x9E37_79B9_7F4A_7C15L;
        z ^= z >>> 32;
        return z * 0xD6E8_FEB8_6659_FD93L + 1;
    }

    /** How many commands. */
    public int size() {
        return commands.size();
    }

    /** Whether the first event is the first that ever was, or there is none. */
    public boolean isFromStart() {
        return firstSequence <= 1;
    }

    /** Whether a sequence was left out. */
    public boolean hasGap() {
        return gap;
    }

    /** Whether both hold the same. */
    public boolean same(final Contents other) {
        return commands.equals(other.commands);
    }

    /** Whether this holds whole commits from the start of the other, and nothing else. */
    public boolean isPrefixOf(final Contents other) {
        return commands.size() <= other.commands.size()
                && commands.equals(other.commands.subList(0, commands.size()))
                && (commands.isEmpty() || other.commitEnds.contains(commands.size()));
    }

    /** Whether the other begins with all of this, and goes on. */
    public boolean isStartOf(final Contents other) {
        return commands.size() < other.commands.size() && commands.equals(other.commands.subList(0, commands.size()));
    }
}
