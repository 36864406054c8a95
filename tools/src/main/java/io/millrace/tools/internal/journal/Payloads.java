package io.millrace.tools.internal.journal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.tools.internal.schema.TextFormat;

/** Copies of the bytes that views show, which outlive the call. */
final class Payloads {
    private Payloads() {}

    static byte[] payload(final EventView event) {
        final byte[] bytes = new byte[event.length()];
        event.buffer().getBytes(event.offset(), bytes);
        return bytes;
    }

    static byte[] result(final CommandView command) {
        final byte[] bytes = new byte[command.resultLength()];
        command.buffer().getBytes(command.resultOffset(), bytes);
        return bytes;
    }

    /** Why a command was rejected, as the typed API writes it; null when the result is no text. */
    static String reason(final CommandView command, final byte[] result) {
        return command.accepted() || result.length == 0 ? null : TextFormat.readable(result);
    }
}
