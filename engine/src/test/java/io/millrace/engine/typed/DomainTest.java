package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Command;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.typed.Bank.Accounts;
import io.millrace.engine.typed.Bank.Deposit;
import io.millrace.engine.typed.Bank.Deposited;
import io.millrace.journal.EventView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainTest {
    @TempDir
    Path directory;

    @Test
    void shouldNameTheMissingClassWhenOneHasNoFunction() {
        final DomainBuilder<Bank.Command, Bank.Event, Accounts> builder = Domain.of(
                        Bank.Command.class, Bank.Event.class, Accounts::new)
                .decide(1, Deposit.class, (accounts, c) -> Verdict.accept());
        final String message =
                assertThrows(TypeRegistrationException.class, builder::build).getMessage();
        assertTrue(message.contains("missing: io.millrace.engine.typed.Bank$Transfer, "), message);
    }

    @Test
    void shouldRefuseWhenAClassOrANumberGetsASecondFunction() {
        final DomainBuilder<Bank.Command, Bank.Event, Accounts> builder = Bank.builder();
        assertThrows(
                TypeRegistrationException.class,
                () -> builder.decide(9, Deposit.class, (accounts, c) -> Verdict.accept()));
        assertThrows(TypeRegistrationException.class, () -> builder.apply(9, Deposited.class, (accounts, e) -> {}));
        assertThrows(
                TypeRegistrationException.class,
                () -> builder.decide(1, Bank.Withdraw.class, (accounts, c) -> Verdict.accept()));
    }

    @Test
    void shouldRefuseWhenTheStateCannotBeSavedAsCbor() {
        final Domain<Deposit, Deposited, TreeMap<Long, Long>> domain =
                Domain.<Deposit, Deposited, TreeMap<Long, Long>>of(Deposit.class, Deposited.class, TreeMap::new)
                        .decide(1, Deposit.class, (accounts, c) -> Verdict.accept())
                        .apply(1, Deposited.class, (accounts, e) -> {})
                        .build();
        final String message = assertThrows(TypeRegistrationException.class, () -> new TypedStateMachine<>(domain))
                .getMessage();
        assertTrue(message.contains("state class must not be generic: java.util.TreeMap"), message);
    }

    @Test
    void shouldWriteWithTheCodecsThatItWasGiven() {
        final Domain<Deposit, Deposited, Accounts> domain = Domain.of(Deposit.class, Deposited.class, Accounts::new)
                .commandCodec(Deposit.class, 4, CborCodec.of(Deposit.class))
                .decide(1, Deposit.class, (accounts, c) -> Verdict.accept())
                .apply(2, Deposited.class, (accounts, e) -> {})
                .eventCodec(Deposited.class, 5, CborCodec.of(Deposited.class))
                .build();
        assertEquals(4, domain.commands().registered(1).schemaVersion());
        assertEquals(5, domain.events().registered(2).schemaVersion());
    }

    @Test
    void shouldRefuseCodesAndResultsOutOfPlace() {
        assertThrows(IllegalArgumentException.class, () -> Verdict.reject(0, "no code"));
        assertThrows(IllegalArgumentException.class, () -> Verdict.accept().withCode(OutcomeCodes.MAX_USER_CODE + 1));
        assertThrows(IllegalStateException.class, () -> Verdict.reject(1, "r").withResult("x"));
    }

    /** A domain without the builder: takes and tells strings, and keeps them in an immutable list. */
    private static final class Journalled implements Domain<String, String, List<String>> {
        private static final Types<String> STRINGS = Types.of(String.class)
                .add(1, String.class)
                .codec(String.class, 1, new UpToTenAscii())
                .build();

        private final List<String> emitted = new ArrayList<>();
        private final List<String> applied = new ArrayList<>();

        @Override
        public Types<String> commands() {
            return STRINGS;
        }

        @Override
        public Types<String> events() {
            return STRINGS;
        }

        @Override
        public List<String> initial() {
            return List.of();
        }

        @Override
        public Verdict<String> decide(final List<String> state, final String command, final Command envelope) {
            final String event = command + "!";
            emitted.add(event);
            return command.isEmpty() ? null : Verdict.accept(event);
        }

        @Override
        public List<String> apply(final List<String> state, final String event, final EventView envelope) {
            applied.add(event);
            final List<String> next = new ArrayList<>(state);
            next.add(event);
            return List.copyOf(next);
        }

        @Override
        public StateCodec<List<String>> stateCodec() {
            return new StateCodec<>() {
                @Override
                public void save(final List<String> state, final java.io.DataOutput out) throws java.io.IOException {
                    out.writeUTF(String.join(",", state));
                }

                @Override
                public List<String> load(final java.io.DataInput in) throws java.io.IOException {
                    return List.of(in.readUTF().split(","));
                }
            };
        }
    }

    /** Writes strings of any length and reads them up to ten characters: a codec with a bug. */
    private static final class UpToTenAscii implements Codec<String> {
        @Override
        public int encode(final String value, final MutableDirectBuffer buffer, final int offset) {
            return buffer.putStringAscii(offset, value);
        }

        @Override
        public String decode(final DirectBuffer buffer, final int offset, final int length, final int schemaVersion) {
            if (length > 4 + 10) {
                throw new IllegalArgumentException("longer than ten: " + length);
            }
            return buffer.getStringAscii(offset);
        }
    }

    @Test
    void shouldRejectAndGoOnWhenAnEventDoesNotSurviveItsCodec() throws Exception {
        final Journalled domain = new Journalled();
        try (TypedEngine<String, String, List<String>> engine = launch(domain)) {
            assertTrue(engine.execute("nine char").accepted());
            final TypedOutcome outcome = engine.execute("ten  chars");
            assertEquals(OutcomeStatus.REJECTED, outcome.status());
            assertEquals(OutcomeCodes.DECIDE_FAILED, outcome.code());
            assertTrue(outcome.reason().startsWith("DECIDE_FAILED"), outcome.reason());
            assertEquals(2, engine.execute("next").lastSequence());
        }
        final Journalled again = new Journalled();
        try (TypedEngine<String, String, List<String>> engine = launch(again)) {
            assertEquals(List.of("nine char!", "next!"), engine.inspect(s -> s).get());
        }
        assertEquals(domain.applied, again.applied);
    }

    @Test
    void shouldRejectWhenDecideReturnsNoVerdict() throws Exception {
        try (TypedEngine<String, String, List<String>> engine = launch(new Journalled())) {
            assertEquals(OutcomeCodes.DECIDE_FAILED, engine.execute("").code());
        }
    }

    @Test
    void shouldApplyWhatTheCodecMadeAndNotWhatDecideEmitted() throws Exception {
        final Journalled domain = new Journalled();
        try (TypedEngine<String, String, List<String>> engine = launch(domain)) {
            engine.execute("hello");
        }
        assertEquals(domain.emitted, domain.applied);
        assertNotSame(domain.emitted.get(0), domain.applied.get(0));
    }

    private TypedEngine<String, String, List<String>> launch(final Journalled domain) {
        return TypedEngine.launch(EngineConfig.at(directory), domain);
    }
}
