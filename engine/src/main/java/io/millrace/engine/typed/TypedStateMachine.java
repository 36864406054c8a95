package io.millrace.engine.typed;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalConfig;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs a {@link Domain} as a {@link StateMachine}. {@link TypedEngine} makes one; make one yourself to run a domain on an
 * engine of the binary API, or without an engine in a test. For one thread at a time.
 *
 * <p>An event is decoded from its bytes before it is journaled, and that object is what is applied. So a value that does
 * not survive its codec is a rejected command and not a journal that cannot be replayed.
 *
 * @param <C> what the commands have in common
 * @param <E> what the events have in common
 * @param <S> the state
 */
public final class TypedStateMachine<C, E, S> implements StateMachine {
    private final Domain<C, E, S> domain;
    private final Types<C> commands;
    private final Types<E> events;
    private final Types<Object> results;
    private final StateCodec<S> stateCodec;
    private final int maxReasonBytes;
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(1024);
    private final UnsafeBuffer reason = new UnsafeBuffer(0, 0);
    /** Events of the last decided command, decoded; the first of them will get {@code decidedFirst}. */
    private final List<E> decided = new ArrayList<>();

    private long decidedFirst;
    private S state;

    /**
     * Creates a machine in the initial state.
     *
     * @param domain to run
     */
    public TypedStateMachine(final Domain<C, E, S> domain) {
        this(domain, JournalConfig.DEFAULT_MAX_RESULT_BYTES);
    }

    /**
     * Creates a machine in the initial state.
     *
     * @param domain to run
     * @param maxReasonBytes to which reasons of rejections are cut; the journal's {@code maxResultBytes}
     */
    public TypedStateMachine(final Domain<C, E, S> domain, final int maxReasonBytes) {
        this.domain = domain;
        this.maxReasonBytes = maxReasonBytes;
        commands = Objects.requireNonNull(domain.commands(), "commands");
        events = Objects.requireNonNull(domain.events(), "events");
        results = Objects.requireNonNull(domain.results(), "results");
        stateCodec = Objects.requireNonNull(domain.stateCodec(), "stateCodec");
        state = Objects.requireNonNull(domain.initial(), "initial");
    }

    /**
     * The state.
     *
     * @return the current state, for the thread that runs the machine; not to be changed
     */
    public S state() {
        return state;
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        decided.clear();
        final Registration<? extends C> registration = commands.registered(command.typeId());
        final C value =
                registration.decode(command.buffer(), command.offset(), command.length(), registration.schemaVersion());
        final Verdict<? extends E> verdict = domain.decide(state, value, command);
        if (verdict == null) {
            throw new IllegalStateException("decide must return a verdict: " + registration);
        }
        if (verdict.accepted()) {
            decidedFirst = command.nextSequence();
            accept(verdict, decision);
        } else {
            reject(verdict, decision);
        }
    }

    private void accept(final Verdict<? extends E> verdict, final Decision decision) {
        final List<? extends E> emitted = verdict.events();
        for (int i = 0; i < emitted.size(); i++) {
            emit(emitted.get(i), decision);
        }
        if (verdict.result() != null) {
            decision.result(scratch, 0, ResultFormat.encode(results, verdict.result(), scratch));
        }
        decision.accept(verdict.code());
    }

    private void emit(final E event, final Decision decision) {
        final Registration<? extends E> registration = events.registered(event.getClass());
        final int length = registration.encode(event, scratch, 0);
        final E decoded = registration.decode(scratch, 0, length, registration.schemaVersion());
        decision.emit(
                registration.typeId(), registration.schemaVersion(), domain.streamOf(decoded), scratch, 0, length);
        decided.add(decoded);
    }

    private void reject(final Verdict<? extends E> verdict, final Decision decision) {
        final byte[] bytes = ResultFormat.encodeReason(verdict.reason(), maxReasonBytes);
        if (bytes.length > 0) {
            reason.wrap(bytes);
            decision.result(reason, 0, bytes.length);
        }
        decision.reject(verdict.code());
    }

    @Override
    public void apply(final EventView event) {
        final long index = event.sequence() - decidedFirst;
        final E value = index >= 0 && index < decided.size() ? decided.get((int) index) : events.decode(event);
        state = Objects.requireNonNull(domain.apply(state, value, event), "state after apply");
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        stateCodec.save(state, out);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        decided.clear();
        state = Objects.requireNonNull(stateCodec.load(in), "loaded state");
    }
}
