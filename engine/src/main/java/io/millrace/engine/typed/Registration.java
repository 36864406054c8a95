package io.millrace.engine.typed;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** One class of a {@link Types}: its numbers and its codec. Whatever the codec throws comes out with a name. */
record Registration<T>(int typeId, int schemaVersion, Class<T> type, Codec<T> codec) {
    Registration<T> withTypeId(final int id) {
        return new Registration<>(id, schemaVersion, type, codec);
    }

    int encode(final Object value, final MutableDirectBuffer buffer, final int offset) {
        final int length;
        try {
            length = codec.encode(type.cast(value), buffer, offset);
        } catch (final RuntimeException e) {
            throw new CodecException("value must be encodable: " + this, e);
        }
        if (length < 1) {
            throw new CodecException("codec must write at least 1 byte: " + this + ", length=" + length, null);
        }
        return length;
    }

    T decode(final DirectBuffer buffer, final int offset, final int length, final int version) {
        if (version > schemaVersion) {
            throw new CodecException(
                    "payload must not be newer than its registered type: " + this + ", found schemaVersion=" + version,
                    null);
        }
        final T value;
        try {
            value = codec.decode(buffer, offset, length, version);
        } catch (final RuntimeException e) {
            throw new CodecException("payload must be decodable: " + this + ", found " + found(length, version), e);
        }
        if (value == null) {
            throw new CodecException("codec must not return null: " + this + ", " + found(length, version), null);
        }
        return value;
    }

    private static String found(final int length, final int version) {
        return "schemaVersion=" + version + ", length=" + length;
    }

    @Override
    public String toString() {
        return "type=" + type.getName() + ", typeId=" + typeId + ", schemaVersion=" + schemaVersion;
    }
}
