package io.millrace.engine.typed;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.util.function.Consumer;

/** The Jackson mappers of this package: strict, and without class names in the bytes. */
final class CborMappers {
    private CborMappers() {}

    static CBORMapper newMapper(final Consumer<MapperBuilder<?, ?>> settings) {
        final CBORMapper.Builder builder = CBORMapper.builder();
        settings.accept(builder);
        final CBORMapper mapper = builder.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder().build())
                .annotationIntrospector(new NoClassNames())
                .build();
        mapper.deactivateDefaultTyping();
        return mapper;
    }

    /** Finds out now what would else come out at the first value. */
    static void requireUsable(final CBORMapper mapper, final Class<?> type) {
        try {
            final JavaType javaType = mapper.constructType(type);
            mapper.acceptJsonFormatVisitor(javaType, new JsonFormatVisitorWrapper.Base());
            final DefaultDeserializationContext context =
                    (DefaultDeserializationContext) mapper.getDeserializationContext();
            requireMaker(
                    mapper,
                    context.createDummyInstance(mapper.getDeserializationConfig())
                            .findRootValueDeserializer(javaType),
                    javaType);
        } catch (final JsonMappingException | IllegalArgumentException e) {
            throw new TypeRegistrationException("class must be writable and readable as CBOR: " + type.getName() + ": "
                    + e.getMessage() + "; make it a record of such classes, or give it a codec of its own");
        }
    }

    /** A class that is written as fields must be made of fields; one that is written as a single value need not. */
    private static void requireMaker(
            final CBORMapper mapper, final JsonDeserializer<?> deserializer, final JavaType type) {
        if (!(deserializer instanceof BeanDeserializerBase bean)
                || mapper.getSerializationConfig().introspect(type).findJsonValueAccessor() != null) {
            return;
        }
        final ValueInstantiator maker = bean.getValueInstantiator();
        if (!maker.canCreateUsingDefault()
                && !maker.canCreateFromObjectWith()
                && !maker.canCreateUsingDelegate()
                && !maker.canCreateUsingArrayDelegate()) {
            throw new IllegalArgumentException("it has no constructor for its fields that Jackson can call");
        }
    }

    /** Refuses annotations that would write class names and, worse, make objects of whatever name was read. */
    private static final class NoClassNames extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(final MapperConfig<?> config, final Annotated annotated) {
            final JsonTypeInfo.Value info = super.findPolymorphicTypeInfo(config, annotated);
            if (info != null
                    && (info.getIdType() == JsonTypeInfo.Id.CLASS
                            || info.getIdType() == JsonTypeInfo.Id.MINIMAL_CLASS
                            || info.getIdType() == JsonTypeInfo.Id.CUSTOM)) {
                throw new IllegalArgumentException("@JsonTypeInfo must name types, not classes: use = "
                        + info.getIdType() + " on " + annotated.getName());
            }
            return info;
        }
    }
}
