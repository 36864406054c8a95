package io.millrace.tools.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A payload of fields at known places, or one behind the other. */
final class FieldsFormat implements PayloadFormat {
    /**
     * A field.
     *
     * @param name of it
     * @param type of it
     * @param offset in the payload, -1 for behind the one before
     */
    record Field(String name, FieldType type, int offset) {}

    private final List<Field> fields;
    private final int length;

    /** Fields of a payload of that many bytes; -1 if it ends where the fields end. */
    FieldsFormat(final List<Field> fields, final int length) {
        this.fields = List.copyOf(fields);
        this.length = length;
    }

    @Override
    public JsonNode decode(final byte[] payload) {
        final ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        int end = 0;
        int position = 0;
        for (final Field field : fields) {
            final int offset = field.offset < 0 ? position : field.offset;
            final long fieldLength = offset > payload.length ? 0 : field.type.length(bytes, offset);
            if (offset + fieldLength > payload.length) {
                return null;
            }
            final JsonNode value = field.type.read(bytes, offset, (int) fieldLength);
            if (value == null) {
                return null;
            }
            node.set(field.name, value);
            position = offset + (int) fieldLength;
            end = Math.max(end, position);
        }
        return payload.length == (length < 0 ? end : length) ? node : null;
    }
}
