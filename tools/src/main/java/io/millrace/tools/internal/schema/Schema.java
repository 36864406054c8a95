package io.millrace.tools.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.OutcomeCodes;
import io.millrace.journal.EventView;
import java.util.HashMap;
import java.util.Map;

/** Names of event types and outcome codes, and how payloads are read. What it does not know has no name and stays bytes. */
public final class Schema {
    /** Of nothing in particular: what the typed API writes is recognized, all else stays bytes. */
    public static final Schema NONE = new Schema(JacksonFormat.CBOR_IF_CERTAIN);

    private static final int ANY_VERSION = 0xFFFF + 1;
    private static final int VERSION_BITS = 17;

    private final PayloadFormat otherwise;
    private final Map<Integer, String> types = new HashMap<>();
    private final Map<Long, PayloadFormat> formats = new HashMap<>();
    private final Map<Integer, String> codes = new HashMap<>();

    /** Without names, and with a format for all types that get none. */
    Schema(final PayloadFormat otherwise) {
        this.otherwise = otherwise;
        code(OutcomeCodes.DECIDE_FAILED, "DECIDE_FAILED");
        code(OutcomeCodes.INVALID_DECISION, "INVALID_DECISION");
    }

    /** Version null for all that get no format of their own. */
    Schema event(final int typeId, final Integer version, final String name, final PayloadFormat format) {
        types.putIfAbsent(typeId, name);
        formats.put(key(typeId, version == null ? ANY_VERSION : version), format);
        return this;
    }

    Schema code(final int code, final String name) {
        codes.put(code, name);
        return this;
    }

    private static Long key(final int typeId, final int version) {
        return ((long) typeId << VERSION_BITS) + version;
    }

    /** The name of an event type, null when it has none. */
    public String typeName(final int typeId) {
        return types.get(typeId);
    }

    /** The event type of a name, -1 when there is none; whatever the case of its letters. */
    public int typeId(final String name) {
        return types.entrySet().stream()
                .filter(type -> type.getValue().equalsIgnoreCase(name))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(-1);
    }

    /** The name of an outcome code, null when it has none. */
    public String codeName(final int code) {
        return codes.get(code);
    }

    /** The payload of an event, null when it can only be shown as bytes. */
    public JsonNode decode(final EventView event, final byte[] payload) {
        PayloadFormat format = formats.get(key(event.typeId(), event.schemaVersion()));
        format = format == null ? formats.get(key(event.typeId(), ANY_VERSION)) : format;
        return (format == null ? otherwise : format).decode(payload);
    }
}
