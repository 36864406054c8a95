package io.millrace.tools.internal.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.tools.internal.console.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads schema files. The schemas of the examples are such files, too.
 *
 * <pre>
 * {"format": "hex",                               what the types have that are not named here; may be left out
 *  "events": {
 *    "1":   {"name": "Opened", "format": "cbor"},
 *    "2":   {"name": "Moved", "length": 24,       with it, bytes between and behind the fields are allowed
 *            "fields": [{"name": "amount", "type": "u64", "offset": 8},
 *                       {"name": "note", "type": "text16"}]},
 *    "2.7": {"name": "Moved", "format": "json"}}, only schema version 7
 *  "codes": {"1": "TOO_POOR"}}
 * </pre>
 */
public final class SchemaFile {
    private static final List<String> BUILT_IN = List.of("ledger", "wiki", "entities");
    private static final Map<String, PayloadFormat> FORMATS = Map.of(
            "cbor", JacksonFormat.CBOR, "json", JacksonFormat.JSON, "utf8", TextFormat.UTF8, "hex", PayloadFormat.HEX);
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_U16 = 0xFFFF;

    private final String name;

    private SchemaFile(final String name) {
        this.name = name;
    }

    /** The schema of an example, of a format that all payloads have, or of a file; none for null. */
    public static Schema schema(final String name) {
        if (name == null) {
            return Schema.NONE;
        }
        if (FORMATS.containsKey(name)) {
            return new Schema(FORMATS.get(name));
        }
        final SchemaFile file = new SchemaFile(name);
        try (InputStream in = BUILT_IN.contains(name)
                ? SchemaFile.class.getResourceAsStream(name + ".json")
                : Files.newInputStream(Path.of(name))) {
            return file.parse(MAPPER.readTree(in));
        } catch (final JsonProcessingException e) {
            throw file.wrong("it must be JSON: " + e.getOriginalMessage());
        } catch (final IOException e) {
            throw file.wrong("it must be a file, or one of " + BUILT_IN + " or "
                    + FORMATS.keySet().stream().sorted().toList() + ": " + e);
        }
    }

    private Schema parse(final JsonNode root) {
        requireOnly(root, "the schema", List.of("format", "events", "codes"));
        final Schema schema =
                root.has("format") ? new Schema(format(root.get("format"))) : new Schema(PayloadFormat.HEX);
        for (final Map.Entry<String, JsonNode> event : root.path("events").properties()) {
            parseEvent(schema, event.getKey(), event.getValue());
        }
        for (final Map.Entry<String, JsonNode> code : root.path("codes").properties()) {
            schema.code(number(code.getKey(), 0), code.getValue().asText());
        }
        return schema;
    }

    private void parseEvent(final Schema schema, final String key, final JsonNode event) {
        requireOnly(event, "event " + key, List.of("name", "format", "length", "fields"));
        if (!event.path("name").isTextual() || event.has("format") == event.has("fields")) {
            throw wrong("event " + key + " must have a name, and either a format or fields");
        }
        final int dot = key.indexOf('.');
        schema.event(
                number(dot < 0 ? key : key.substring(0, dot), 1),
                dot < 0 ? null : number(key.substring(dot + 1), 0),
                event.get("name").asText(),
                event.has("format") ? format(event.get("format")) : fields(key, event));
    }

    private PayloadFormat format(final JsonNode node) {
        final PayloadFormat format = FORMATS.get(node.asText());
        if (format == null) {
            throw wrong("a format must be one of "
                    + FORMATS.keySet().stream().sorted().toList() + ": " + node);
        }
        return format;
    }

    private PayloadFormat fields(final String key, final JsonNode event) {
        final List<FieldsFormat.Field> fields = new ArrayList<>();
        for (final JsonNode field : event.get("fields")) {
            requireOnly(field, "a field of event " + key, List.of("name", "type", "offset"));
            final FieldType type = FieldType.named(field.path("type").asText());
            if (!field.path("name").isTextual() || type == null) {
                throw wrong("a field of event " + key + " must have a name and one of the types " + FieldType.names()
                        + ": " + field);
            }
            fields.add(new FieldsFormat.Field(field.get("name").asText(), type, optional(field, "offset")));
        }
        return new FieldsFormat(fields, optional(event, "length"));
    }

    private int optional(final JsonNode node, final String field) {
        if (!node.has(field)) {
            return -1;
        }
        if (!node.get(field).canConvertToInt() || node.get(field).asInt() < 0) {
            throw wrong(field + " must be a number of bytes: " + node);
        }
        return node.get(field).asInt();
    }

    private int number(final String text, final int min) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_U16 || Integer.parseInt(text) < min) {
            throw wrong("types, versions and codes must be numbers up to " + MAX_U16 + ": " + text);
        }
        return Integer.parseInt(text);
    }

    private void requireOnly(final JsonNode node, final String what, final List<String> known) {
        if (!node.isObject()) {
            throw wrong(what + " must be an object");
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw wrong(what + " must have no other keys than " + known + ": " + field);
            }
        });
    }

    private ToolException wrong(final String problem) {
        return new ToolException("schema must be readable: " + name + ": " + problem);
    }
}
