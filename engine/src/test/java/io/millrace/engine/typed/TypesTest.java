package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.typed.Bank.Deposited;
import io.millrace.engine.typed.Bank.Event;
import io.millrace.engine.typed.Bank.Withdrawn;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class TypesTest {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void shouldDecodeByTypeIdWhenRegistered() {
        final Registration<?> registration = Bank.EVENTS.registered(Withdrawn.class);
        final int length = registration.encode(new Withdrawn(7, 42), buffer, 3);
        assertEquals(2, Bank.EVENTS.typeIdOf(Withdrawn.class));
        assertEquals(new Withdrawn(7, 42), Bank.EVENTS.decode(2, 1, buffer, 3, length));
    }

    @Test
    void shouldNameTheMissingClassesWhenASealedFamilyIsNotComplete() {
        final Types.Builder<Event> builder = Types.of(Event.class).add(1, Deposited.class);
        final String message =
                assertThrows(TypeRegistrationException.class, builder::build).getMessage();
        assertTrue(message.contains("missing: " + Withdrawn.class.getName()), message);
    }

    sealed interface Shape {}

    sealed interface Round extends Shape {}

    record Circle(int radius) implements Round {}

    static non-sealed class Blob implements Shape {}

    @Test
    void shouldLookIntoSealedInterfacesBelowTheFirstWhenCheckingForMissingClasses() {
        final Types.Builder<Shape> builder = Types.of(Shape.class);
        final String message =
                assertThrows(TypeRegistrationException.class, builder::build).getMessage();
        assertTrue(message.contains(Blob.class.getName() + ", " + Circle.class.getName()), message);
    }

    @Test
    void shouldRefuseWhenATypeIdOrAClassIsRegisteredTwice() {
        final Types.Builder<Event> builder = Types.of(Event.class).add(1, Deposited.class);
        final String sameId = assertThrows(TypeRegistrationException.class, () -> builder.add(1, Withdrawn.class))
                .getMessage();
        assertTrue(sameId.contains(Withdrawn.class.getName()) && sameId.contains(Deposited.class.getName()), sameId);
        assertThrows(TypeRegistrationException.class, () -> builder.add(2, Deposited.class));
    }

    @Test
    void shouldRefuseWhenANumberIsOutOfRangeOrAClassIsAbstract() {
        final Types.Builder<Object> builder = Types.of(Object.class);
        assertThrows(TypeRegistrationException.class, () -> builder.add(0, Deposited.class));
        assertThrows(TypeRegistrationException.class, () -> builder.add(65_536, Deposited.class));
        assertThrows(
                TypeRegistrationException.class,
                () -> builder.codec(Deposited.class, -1, CborCodec.of(Deposited.class)));
        assertThrows(TypeRegistrationException.class, () -> builder.add(1, Event.class));
    }

    @Test
    void shouldUseTheCodecAndVersionThatAClassWasGivenAndRefuseOneWithoutAClass() {
        final Codec<Deposited> codec = CborCodec.of(Deposited.class);
        final Types.Builder<Object> builder = Types.of(Object.class).codec(Deposited.class, 9, codec);
        final String message =
                assertThrows(TypeRegistrationException.class, builder::build).getMessage();
        assertTrue(message.contains("must be registered: " + Deposited.class.getName()), message);
        assertThrows(TypeRegistrationException.class, () -> builder.codec(Deposited.class, 9, codec));
        final Registration<?> registration =
                builder.add(3, Deposited.class).build().registered(3);
        assertEquals(new Registration<>(3, 9, Deposited.class, codec), registration);
    }

    @Test
    void shouldSayWhatToAddWhenAClassIsNotRegistered() {
        final String message = assertThrows(UnregisteredTypeException.class, () -> Bank.EVENTS.registered(String.class))
                .getMessage();
        assertTrue(message.contains("java.lang.String; give it a type id in the Event types"), message);
        assertTrue(message.endsWith("registered are 1=Deposited 2=Withdrawn"), message);
    }

    @Test
    void shouldSayWhatToAddWhenATypeIdIsNotRegistered() {
        for (final int typeId : new int[] {-1, 0, 3, Integer.MAX_VALUE}) {
            final String message = assertThrows(
                            UnregisteredTypeException.class, () -> Bank.EVENTS.decode(typeId, 1, buffer, 0, 1))
                    .getMessage();
            assertTrue(message.contains("type id must be registered: " + typeId + "; add the class"), message);
        }
    }

    @Test
    void shouldRefuseWhenAPayloadIsNewerThanTheRegisteredVersion() {
        final String message = assertThrows(CodecException.class, () -> Bank.EVENTS.decode(1, 2, buffer, 0, 1))
                .getMessage();
        assertTrue(message.contains("schemaVersion=1, found schemaVersion=2"), message);
    }

    @Test
    void shouldNameTypeAndLengthWhenAPayloadCannotBeDecoded() {
        buffer.putInt(0, -1);
        final String message = assertThrows(CodecException.class, () -> Bank.EVENTS.decode(1, 1, buffer, 0, 4))
                .getMessage();
        assertTrue(message.contains(Deposited.class.getName()) && message.contains("length=4"), message);
    }
}
