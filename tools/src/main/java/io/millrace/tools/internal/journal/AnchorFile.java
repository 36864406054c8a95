package io.millrace.tools.internal.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.journal.JournalAnchor;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An anchor as JSON. Ids and the chain are hexadecimal: they have 64 bits, which many readers of JSON do not. */
final class AnchorFile {
    private static final int VERSION = 1;
    private static final int HEX = 16;

    private AnchorFile() {}

    static JsonLine json(final JournalAnchor anchor) {
        return new JsonLine()
                .put("anchor_version", VERSION)
                .put("journal_id", StateReport.hex(anchor.journalId()))
                .put("last_sequence", anchor.lastSequence())
                .put("chain", StateReport.hex(anchor.chain()))
                .put(
                        "cycles",
                        anchor.cycles().stream()
                                .map(cycle -> new JsonLine()
                                        .put("file", cycle.file())
                                        .put("first_sequence", cycle.firstSequence())
                                        .put("last_sequence", cycle.lastSequence())
                                        .put("commits", cycle.commits())
                                        .put("sha256", cycle.sha256())
                                        .fields())
                                .toList());
    }

    static JournalAnchor read(final Path file) {
        try {
            final JsonNode root = new ObjectMapper().readTree(Files.readString(file));
            if (root.path("anchor_version").asInt() != VERSION) {
                throw new IllegalArgumentException("anchor_version must be " + VERSION);
            }
            final List<JournalAnchor.Cycle> cycles = new ArrayList<>();
            for (final JsonNode cycle : field(root, "cycles")) {
                cycles.add(new JournalAnchor.Cycle(
                        field(cycle, "file").asText(),
                        field(cycle, "first_sequence").longValue(),
                        field(cycle, "last_sequence").longValue(),
                        field(cycle, "commits").longValue(),
                        field(cycle, "sha256").asText()));
            }
            return new JournalAnchor(
                    Long.parseUnsignedLong(field(root, "journal_id").asText(), HEX),
                    field(root, "last_sequence").longValue(),
                    Long.parseUnsignedLong(field(root, "chain").asText(), HEX),
                    cycles);
        } catch (final JsonProcessingException e) {
            throw new ToolException("anchor must be JSON: " + file + ": " + e.getOriginalMessage(), e);
        } catch (final IOException | IllegalArgumentException e) {
            throw new ToolException(
                    "anchor must be a file that 'millrace journal anchor' wrote: " + file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode field(final JsonNode node, final String name) {
        if (!node.has(name)) {
            throw new IllegalArgumentException("it must have " + name);
        }
        return node.get(name);
    }
}
