package io.millrace.tools.internal.journal;

import static io.millrace.tools.internal.console.Text.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.tools.internal.schema.Schema;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A line for each command and event. Control characters are escaped, for they may come from strangers and the lines go to
 * a terminal.
 */
final class TextPrinter implements Entries.Printer {
    private static final int SEQUENCE_WIDTH = 10;
    private static final int MAX_HEX_BYTES = 128;

    private final Schema schema;
    private final PrintWriter out;

    TextPrinter(final Schema schema, final PrintWriter out) {
        this.schema = schema;
        this.out = out;
    }

    @Override
    public void command(final CommandView command) {
        final String code = schema.codeName(command.code());
        final StringBuilder line = line("command", command.timestampNs())
                .append(command.accepted() ? "accepted " : "rejected ")
                .append(code == null ? String.valueOf(command.code()) : code + '(' + command.code() + ')')
                .append("  ")
                .append(command.durability().name().toLowerCase(Locale.ROOT))
                .append("  client ")
                .append(command.clientId())
                .append('.')
                .append(command.requestId())
                .append(events(command));
        final byte[] result = Payloads.result(command);
        final String reason = Payloads.reason(command, result);
        if (reason != null) {
            line.append("  ").append(reason);
        } else if (result.length > 0) {
            line.append("  result ").append(hex(result));
        }
        print(line);
    }

    @Override
    public void event(final EventView event, final long clientId, final long requestId) {
        final String name = schema.typeName(event.typeId());
        final byte[] payload = Payloads.payload(event);
        final JsonNode decoded = schema.decode(event, payload);
        print(line(String.valueOf(event.sequence()), event.timestampNs())
                .append(name == null ? "type " + event.typeId() : name + '(' + event.typeId() + ')')
                .append("  stream ")
                .append(event.streamId())
                .append('.')
                .append(event.streamVersion())
                .append("  client ")
                .append(clientId)
                .append('.')
                .append(requestId)
                .append("  ")
                .append(decoded == null ? hex(payload) : decoded));
    }

    @Override
    public boolean broken() {
        return out.checkError();
    }

    private static StringBuilder line(final String start, final long timestampNs) {
        return new StringBuilder()
                .append(" ".repeat(Math.max(0, SEQUENCE_WIDTH - start.length())))
                .append(start)
                .append("  ")
                .append(StateReport.time(timestampNs))
                .append("  ");
    }

    private static String events(final CommandView command) {
        final long first = command.firstSequence();
        return switch (command.eventCount()) {
            case 0 -> "  no event";
            case 1 -> "  event " + first;
            default -> "  events " + first + '-' + (first + command.eventCount() - 1);
        };
    }

    private static String hex(final byte[] bytes) {
        return bytes.length <= MAX_HEX_BYTES
                ? "hex " + HexFormat.of().formatHex(bytes)
                : "hex " + HexFormat.of().formatHex(bytes, 0, MAX_HEX_BYTES) + "… (" + number(bytes.length) + " bytes)";
    }

    private void print(final StringBuilder line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.replace(i, i + 1, String.format(Locale.ROOT, "\\u%04x", (int) line.charAt(i)));
            }
        }
        out.println(line);
    }
}
