package io.millrace.faults.simulation;

import io.millrace.journal.EventView;
import java.util.zip.CRC32C;

/** A running number over events in order; two runs of events with the same number are the same. For one thread. */
final class EventDigest {
    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[256];
    private long value = 1;

    void add(final EventView event) {
        final int length = event.length();
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        event.buffer().getBytes(event.offset(), bytes, 0, length);
        add(event.sequence(), event.timestampNs(), event.typeId(), event.streamId(), event.streamVersion(), length);
    }

    void add(final ModelEvent event, final long timestampNs) {
        bytes = event.payload();
        add(
                event.sequence(),
                timestampNs,
                event.typeId(),
                event.streamId(),
                event.streamVersion(),
                event.payload().length);
    }

    private void add(
            final long sequence,
            final long timestampNs,
            final int typeId,
            final long streamId,
            final long streamVersion,
            final int length) {
        crc.reset();
        crc.update(bytes, 0, length);
        value = Rules.mix(value, sequence);
        value = Rules.mix(value, timestampNs);
        value = Rules.mix(value, typeId);
        value = Rules.mix(value, streamId);
        value = Rules.mix(value, streamVersion);
        value = Rules.mix(value, crc.getValue() << Integer.SIZE | length);
    }

    long value() {
        return value;
    }
}
