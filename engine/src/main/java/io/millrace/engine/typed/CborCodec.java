package io.millrace.engine.typed;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * CBOR (RFC 8949) by Jackson, for records and for plain classes that Jackson knows how to make. Fields go by their
 * names; class names never reach the bytes and are never read from them.
 *
 * <p>Evolution without a new codec: a field that was added is null, 0 or false in older values, and the record's compact
 * constructor may give it another value; a renamed field keeps its old name with {@code @JsonAlias}; a field that was
 * removed is refused until the class says {@code @JsonIgnoreProperties}.
 *
 * @param <T> class of the values
 */
public final class CborCodec<T> implements Codec<T> {
    private final Class<T> type;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final ThreadLocal<CborScratch> scratch = ThreadLocal.withInitial(CborScratch::new);

    private CborCodec(final Class<T> type, final CBORMapper mapper) {
        this.type = type;
        writer = mapper.writerFor(type);
        reader = mapper.readerFor(type);
    }

    /**
     * A codec for a class.
     *
     * @param type a record, or a class that Jackson can write and make
     * @param <T> the class
     * @return the codec
     * @throws TypeRegistrationException if Jackson cannot write or make it, or it asks for class names in the bytes
     */
    public static <T> CborCodec<T> of(final Class<T> type) {
        return of(type, mapper -> {});
    }

    /**
     * A codec for a class, with a mapper of the user's taste: modules, mixins.
     *
     * @param type a record, or a class that Jackson can write and make
     * @param settings changes the mapper before the codec's own settings, which win
     * @param <T> the class
     * @return the codec
     * @throws TypeRegistrationException if Jackson cannot write or make it, or it asks for class names in the bytes
     */
    public static <T> CborCodec<T> of(final Class<T> type, final Consumer<MapperBuilder<?, ?>> settings) {
        Objects.requireNonNull(type, "type");
        final CBORMapper mapper = CborMappers.newMapper(settings);
        CborMappers.requireUsable(mapper, type);
        return new CborCodec<>(type, mapper);
    }

    @Override
    public int encode(final T value, final MutableDirectBuffer buffer, final int offset) {
        final BufferOutput output = scratch.get().output();
        try {
            writer.writeValue(output.wrap(buffer, offset), value);
            return output.length();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            output.release();
        }
    }

    @Override
    public T decode(final DirectBuffer buffer, final int offset, final int length, final int schemaVersion) {
        final byte[] bytes = scratch.get().bytes(length);
        buffer.getBytes(offset, bytes, 0, length);
        try {
            return reader.readValue(bytes, 0, length);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "CborCodec{" + type.getName() + '}';
    }
}
