package io.millrace.engine.typed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;

/** Writes sets that have no order in the order of their elements, as Jackson does with the keys of maps. */
final class OrderedSets extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("unchecked") // the serializer of a set takes any collection
    public JsonSerializer<?> modifyCollectionSerializer(
            final SerializationConfig config,
            final CollectionType type,
            final BeanDescription description,
            final JsonSerializer<?> serializer) {
        final Class<?> raw = type.getRawClass();
        final boolean ordered = SortedSet.class.isAssignableFrom(raw) || LinkedHashSet.class.isAssignableFrom(raw);
        return Set.class.isAssignableFrom(raw) && !type.getContentType().isEnumType() && !ordered
                ? new InOrder((JsonSerializer<Object>) serializer)
                : serializer;
    }

    private static final class InOrder extends JsonSerializer<Set<?>> implements ContextualSerializer {
        private final JsonSerializer<Object> elements;

        InOrder(final JsonSerializer<Object> elements) {
            this.elements = elements;
        }

        @Override
        public void serialize(final Set<?> set, final JsonGenerator generator, final SerializerProvider provider)
                throws IOException {
            final Object[] sorted = set.toArray();
            try {
                Arrays.sort(sorted);
            } catch (final ClassCastException e) {
                throw JsonMappingException.from(generator, "elements of a set must be comparable to be saved", e);
            }
            elements.serialize(Arrays.asList(sorted), generator, provider);
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public JsonSerializer<?> createContextual(final SerializerProvider provider, final BeanProperty property)
                throws JsonMappingException {
            return new InOrder((JsonSerializer<Object>) provider.handleSecondaryContextualization(elements, property));
        }
    }
}
