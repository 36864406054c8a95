package io.millrace.engine.typed;

import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.agrona.DirectBuffer;

/**
 * The classes that a family of commands, events or results consists of, each with a number, a schema version and a
 * codec. The numbers go to the journal, the class names never do: classes may be renamed, numbers must stay. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * Types<Event> EVENTS = Types.of(Event.class).add(1, Deposited.class).add(2, Withdrawn.class).build();
 * }</pre>
 *
 * @param <T> what all classes have in common, best a sealed interface: then none of them can be forgotten
 */
public final class Types<T> {
    private final Class<T> root;
    private final Map<Class<?>, Registration<? extends T>> byClass;
    private final List<Registration<? extends T>> byId;

    private Types(final Class<T> root, final Map<Class<?>, Registration<? extends T>> registrations) {
        this.root = root;
        byClass = Map.copyOf(registrations);
        byId = new ArrayList<>();
        for (final Registration<? extends T> registration : registrations.values()) {
            while (byId.size() <= registration.typeId()) {
                byId.add(null);
            }
            byId.set(registration.typeId(), registration);
        }
    }

    /**
     * Starts a registry.
     *
     * @param root what all classes have in common
     * @param <T> the same as a type
     * @return a builder that holds nothing
     */
    public static <T> Builder<T> of(final Class<T> root) {
        return new Builder<>(root);
    }

    /**
     * Reads the event of a record.
     *
     * @param event as the journal delivers it
     * @return the event as a value
     * @throws UnregisteredTypeException if nothing is registered for its type id
     * @throws CodecException if its payload cannot be read, or is newer than what is registered
     */
    public T decode(final EventView event) {
        return registered(event.typeId()).decode(event.buffer(), event.offset(), event.length(), event.schemaVersion());
    }

    /**
     * Reads a value.
     *
     * @param typeId of its class
     * @param schemaVersion that it was written in
     * @param buffer that holds it
     * @param offset of its first byte
     * @param length in bytes
     * @return the value
     * @throws UnregisteredTypeException if nothing is registered for the type id
     * @throws CodecException if the bytes cannot be read, or are newer than what is registered
     */
    public T decode(
            final int typeId, final int schemaVersion, final DirectBuffer buffer, final int offset, final int length) {
        return registered(typeId).decode(buffer, offset, length, schemaVersion);
    }

    /**
     * The number of a class.
     *
     * @param type a registered class
     * @return its type id
     * @throws UnregisteredTypeException if it is not registered
     */
    public int typeIdOf(final Class<? extends T> type) {
        return registered(type).typeId();
    }

    /**
     * What all classes have in common.
     *
     * @return as given to {@link #of}
     */
    public Class<T> root() {
        return root;
    }

    Registration<? extends T> registered(final Class<?> type) {
        final Registration<? extends T> registration = byClass.get(type);
        if (registration == null) {
            throw new UnregisteredTypeException("class must be registered: " + type.getName()
                    + "; give it a type id in the " + root.getSimpleName() + " types; " + known());
        }
        return registration;
    }

    Registration<? extends T> registered(final int typeId) {
        if (typeId < 0 || typeId >= byId.size() || byId.get(typeId) == null) {
            throw new UnregisteredTypeException("type id must be registered: " + typeId
                    + "; add the class that it stands for to the " + root.getSimpleName() + " types; " + known());
        }
        return byId.get(typeId);
    }

    /** In the order of their type ids. */
    List<Registration<? extends T>> registrations() {
        final List<Registration<? extends T>> all = new ArrayList<>(byId);
        all.removeIf(Objects::isNull);
        return all;
    }

    private String known() {
        final StringBuilder names = new StringBuilder("registered are");
        for (final Registration<? extends T> registration : registrations()) {
            names.append(' ')
                    .append(registration.typeId())
                    .append('=')
                    .append(registration.type().getSimpleName());
        }
        return names.toString();
    }

    /**
     * Puts a registry together. Not thread-safe.
     *
     * @param <T> what all classes have in common
     */
    public static final class Builder<T> {
        private final Class<T> root;
        private final Map<Class<? extends T>, Integer> typeIds = new HashMap<>();
        private final Map<Class<?>, Registration<? extends T>> custom = new HashMap<>();

        private Builder(final Class<T> root) {
            this.root = Objects.requireNonNull(root, "root");
        }

        /**
         * Registers a class, with {@link CborCodec} and schema version 1 unless {@link #codec} says otherwise.
         *
         * @param typeId 1 to 65535, never used for anything else in the life of the journal
         * @param type a concrete class
         * @return this
         * @throws TypeRegistrationException if the number is out of range, or the number or the class is taken
         */
        public Builder<T> add(final int typeId, final Class<? extends T> type) {
            requireNumber("typeId", 1, typeId, type);
            if (!isConcrete(type) || type.isPrimitive() || type.isArray() || type.isAnonymousClass()) {
                throw new TypeRegistrationException(
                        "a registered class must be concrete and have a name: " + type.getName());
            }
            typeIds.forEach((otherType, otherId) -> {
                if (otherId == typeId || otherType == type) {
                    throw new TypeRegistrationException("each type id and each class must be registered once: "
                            + typeId + "=" + type.getName() + " after " + otherId + "=" + otherType.getName()
                            + "; give a new class a number of its own");
                }
            });
            typeIds.put(type, typeId);
            return this;
        }

        /**
         * Gives a class another codec than CBOR, or another schema version than 1.
         *
         * @param type a class that is registered, before or after this call
         * @param schemaVersion that the codec writes, 0 to 65535; it must read all versions up to this one
         * @param codec for the class
         * @param <R> the class
         * @return this
         * @throws TypeRegistrationException if the version is out of range or the class has such a codec
         */
        public <R extends T> Builder<T> codec(final Class<R> type, final int schemaVersion, final Codec<R> codec) {
            requireNumber("schemaVersion", 0, schemaVersion, type);
            final Registration<R> registration =
                    new Registration<>(0, schemaVersion, type, Objects.requireNonNull(codec, "codec"));
            if (custom.putIfAbsent(type, registration) != null) {
                throw new TypeRegistrationException("each class must have one codec: " + type.getName());
            }
            return this;
        }

        /**
         * The registry.
         *
         * @return an immutable registry
         * @throws TypeRegistrationException if the common type is sealed and a class that it permits is missing, a codec
         *     has no registered class, or CBOR cannot hold a class
         */
        public Types<T> build() {
            final TreeSet<String> missing = new TreeSet<>();
            collectMissing(root, missing);
            if (!missing.isEmpty()) {
                throw new TypeRegistrationException("every class that sealed " + root.getName()
                        + " permits must be registered; missing: " + String.join(", ", missing)
                        + "; give each a type id");
            }
            for (final Class<?> type : custom.keySet()) {
                if (!typeIds.containsKey(type)) {
                    throw new TypeRegistrationException(
                            "a class with a codec must be registered: " + type.getName() + "; give it a type id");
                }
            }
            final Map<Class<?>, Registration<? extends T>> registrations = new HashMap<>();
            typeIds.forEach((type, typeId) -> registrations.put(type, registration(typeId, type)));
            return new Types<>(root, registrations);
        }

        private Registration<? extends T> registration(final int typeId, final Class<? extends T> type) {
            final Registration<? extends T> chosen = custom.get(type);
            return chosen == null ? cbor(typeId, type) : chosen.withTypeId(typeId);
        }

        private static <R> Registration<R> cbor(final int typeId, final Class<R> type) {
            return new Registration<>(typeId, 1, type, CborCodec.of(type));
        }

        private void collectMissing(final Class<?> type, final TreeSet<String> missing) {
            if (!type.isSealed()) {
                return;
            }
            for (final Class<?> permitted : type.getPermittedSubclasses()) {
                if (isConcrete(permitted) && !typeIds.containsKey(permitted)) {
                    missing.add(permitted.getName());
                }
                collectMissing(permitted, missing);
            }
        }

        private static boolean isConcrete(final Class<?> type) {
            return !Modifier.isAbstract(type.getModifiers());
        }

        private static void requireNumber(final String name, final int min, final int value, final Class<?> type) {
            if (value < min || value > JournalFormat.MAX_U16) {
                throw new TypeRegistrationException(name + " must be " + min + " to " + JournalFormat.MAX_U16 + ": "
                        + value + " for " + type.getName());
            }
        }
    }
}
