package io.millrace.engine.typed;

import java.nio.ByteOrder;
import java.util.Objects;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * FIX Simple Binary Encoding, by flyweights that {@code sbe-tool} generated or a hand wrote the same way. The bytes are
 * a whole SBE message with the standard header, so other SBE readers read them as they are:
 *
 * <pre>
 *   0              2              4              6              8
 *   +--------------+--------------+--------------+--------------+------------------------------+
 *   | block length | template id  |  schema id   |   version    | root block, groups, var data |
 *   +--------------+--------------+--------------+--------------+------------------------------+
 *     unsigned 16-bit little-endian numbers
 * </pre>
 *
 * <p>Does not allocate; what the body makes of a message may. Needs no SBE library when it runs.
 *
 * @param <T> class of the values
 */
public final class SbeCodec<T> implements Codec<T> {
    private static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int SCHEMA_ID_OFFSET = 4;
    private static final int VERSION_OFFSET = 6;
    private static final int HEADER_LENGTH = 8;
    private static final int MAX_U16 = 0xFFFF;

    private final int blockLength;
    private final int templateId;
    private final int schemaId;
    private final int version;
    private final ThreadLocal<SbeBody<T>> bodies;

    private SbeCodec(
            final int blockLength,
            final int templateId,
            final int schemaId,
            final int version,
            final Supplier<? extends SbeBody<T>> bodies) {
        this.blockLength = requireU16("blockLength", blockLength);
        this.templateId = requireU16("templateId", templateId);
        this.schemaId = requireU16("schemaId", schemaId);
        this.version = requireU16("version", version);
        this.bodies = ThreadLocal.withInitial(Objects.requireNonNull(bodies, "bodies"));
    }

    /**
     * A codec for a message. The numbers are constants of the generated encoder.
     *
     * @param blockLength {@code BLOCK_LENGTH}
     * @param templateId {@code TEMPLATE_ID}
     * @param schemaId {@code SCHEMA_ID}
     * @param version {@code SCHEMA_VERSION}
     * @param bodies makes the flyweights of one thread
     * @param <T> class of the values
     * @return the codec
     */
    public static <T> SbeCodec<T> of(
            final int blockLength,
            final int templateId,
            final int schemaId,
            final int version,
            final Supplier<? extends SbeBody<T>> bodies) {
        return new SbeCodec<>(blockLength, templateId, schemaId, version, bodies);
    }

    @Override
    public int encode(final T value, final MutableDirectBuffer buffer, final int offset) {
        buffer.putShort(offset, (short) blockLength, BYTE_ORDER);
        buffer.putShort(offset + TEMPLATE_ID_OFFSET, (short) templateId, BYTE_ORDER);
        buffer.putShort(offset + SCHEMA_ID_OFFSET, (short) schemaId, BYTE_ORDER);
        buffer.putShort(offset + VERSION_OFFSET, (short) version, BYTE_ORDER);
        return HEADER_LENGTH + bodies.get().encode(value, buffer, offset + HEADER_LENGTH);
    }

    @Override
    public T decode(final DirectBuffer buffer, final int offset, final int length, final int schemaVersion) {
        if (length < HEADER_LENGTH) {
            throw new IllegalArgumentException("SBE message must have a header of 8 bytes: length=" + length);
        }
        final int actingBlockLength = u16(buffer, offset);
        final int actingTemplateId = u16(buffer, offset + TEMPLATE_ID_OFFSET);
        final int actingSchemaId = u16(buffer, offset + SCHEMA_ID_OFFSET);
        if (actingTemplateId != templateId
                || actingSchemaId != schemaId
                || actingBlockLength > length - HEADER_LENGTH) {
            throw new IllegalArgumentException("SBE message must have templateId=" + templateId + ", schemaId="
                    + schemaId + " and a block that fits: templateId=" + actingTemplateId + ", schemaId="
                    + actingSchemaId + ", blockLength=" + actingBlockLength + ", length=" + length);
        }
        return bodies.get()
                .decode(buffer, offset + HEADER_LENGTH, actingBlockLength, u16(buffer, offset + VERSION_OFFSET));
    }

    private static int u16(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BYTE_ORDER) & MAX_U16;
    }

    private static int requireU16(final String name, final int value) {
        if (value < 0 || value > MAX_U16) {
            throw new IllegalArgumentException(name + " must be 0 to " + MAX_U16 + ": " + value);
        }
        return value;
    }

    @Override
    public String toString() {
        return "SbeCodec{schemaId=" + schemaId + ", templateId=" + templateId + ", version=" + version + '}';
    }
}
