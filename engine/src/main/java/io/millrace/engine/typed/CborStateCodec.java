package io.millrace.engine.typed;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A state as CBOR in an order that depends on nothing but the state. */
final class CborStateCodec<S> implements StateCodec<S> {
    private final ObjectWriter writer;
    private final ObjectReader reader;

    CborStateCodec(final Class<S> type) {
        if (type.getTypeParameters().length > 0) {
            throw new TypeRegistrationException("state class must not be generic: " + type.getName()
                    + "; extend it by a class, or wrap it into a record, that names its type arguments, or override"
                    + " stateCodec()");
        }
        final CBORMapper mapper =
                CborMappers.newMapper(builder -> builder.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .addModule(new SimpleModule("ordered sets").setSerializerModifier(new OrderedSets())));
        CborMappers.requireUsable(mapper, type);
        writer = mapper.writerFor(type);
        reader = mapper.readerFor(type);
    }

    @Override
    public void save(final S state, final DataOutput out) throws IOException {
        final Chunks.Output chunks = new Chunks.Output(out);
        writer.writeValue(chunks, state);
        chunks.finish();
    }

    @Override
    public S load(final DataInput in) throws IOException {
        final Chunks.Input chunks = new Chunks.Input(in);
        final S state = reader.readValue(chunks);
        chunks.finish();
        return state;
    }
}
