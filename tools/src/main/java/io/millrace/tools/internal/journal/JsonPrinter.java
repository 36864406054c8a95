package io.millrace.tools.internal.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.schema.Schema;
import java.io.PrintWriter;
import java.util.HexFormat;

/** A JSON object on a line for each command and event. */
final class JsonPrinter implements Entries.Printer {
    private final Schema schema;
    private final PrintWriter out;

    JsonPrinter(final Schema schema, final PrintWriter out) {
        this.schema = schema;
        this.out = out;
    }

    @Override
    public void command(final CommandView command) {
        final byte[] result = Payloads.result(command);
        final String reason = Payloads.reason(command, result);
        final JsonLine line = new JsonLine()
                .put("record", "command")
                .put("client", command.clientId())
                .put("request", command.requestId())
                .put("time", StateReport.time(command.timestampNs()))
                .put("timestamp_ns", command.timestampNs())
                .put("accepted", command.accepted())
                .put("code", command.code())
                .put("code_name", schema.codeName(command.code()))
                .put("durability", command.durability().name())
                .put("first_sequence", command.firstSequence())
                .put("events", command.eventCount());
        if (reason != null) {
            line.put("reason", reason);
        } else if (result.length > 0) {
            line.put("result_hex", HexFormat.of().formatHex(result));
        }
        out.println(line);
    }

    @Override
    public void event(final EventView event, final long clientId, final long requestId) {
        final byte[] payload = Payloads.payload(event);
        final JsonNode decoded = schema.decode(event, payload);
        out.println(new JsonLine()
                .put("record", "event")
                .put("sequence", event.sequence())
                .put("time", StateReport.time(event.timestampNs()))
                .put("timestamp_ns", event.timestampNs())
                .put("type", event.typeId())
                .put("name", schema.typeName(event.typeId()))
                .put("schema_version", event.schemaVersion())
                .put("stream", event.streamId())
                .put("stream_version", event.streamVersion())
                .put("client", clientId)
                .put("request", requestId)
                .put(
                        decoded == null ? "hex" : "payload",
                        decoded == null ? HexFormat.of().formatHex(payload) : decoded));
    }

    @Override
    public boolean broken() {
        return out.checkError();
    }
}
