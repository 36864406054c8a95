package io.millrace.faults.simulation;

import io.millrace.engine.OutcomeCodes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model's state: decides and applies as the engine must, with nothing in between. */
final class ModelState {
    private record Head(long sequence, long version) {}

    private final int maxCommitBytes;
    private final Map<Long, Long> balances = new TreeMap<>();
    private final Map<Long, Head> heads = new HashMap<>();
    private final EventDigest digest = new EventDigest();
    private long nextSequence = 1;

    ModelState(final int maxCommitBytes) {
        this.maxCommitBytes = maxCommitBytes;
    }

    long nextSequence() {
        return nextSequence;
    }

    long digest() {
        return digest.value();
    }

    /** Sequence of a stream's newest event, 0 when it has none. */
    long lastSequence(final long streamId) {
        return heads.getOrDefault(streamId, new Head(0, 0)).sequence();
    }

    /** Decides, and applies the events. */
    ModelCommand execute(final ModelCommand.Request request, final long timestampNs) {
        final Verdict verdict = new Verdict(request, timestampNs);
        verdict.decide();
        final ModelCommand command = verdict.command();
        command.events().forEach(event -> applyNew(event, timestampNs));
        return command;
    }

    /** Applies what a command did before. */
    void replay(final ModelCommand command) {
        command.events().forEach(event -> applyNew(event, command.timestampNs()));
    }

    private void applyNew(final ModelEvent event, final long timestampNs) {
        apply(event, timestampNs);
        note(event);
    }

    private void note(final ModelEvent event) {
        heads.put(event.streamId(), new Head(event.sequence(), event.streamVersion()));
        nextSequence = event.sequence() + 1;
    }

    private void apply(final ModelEvent event, final long timestampNs) {
        digest.add(event, timestampNs);
        final long change = event.typeId() == Rules.EVENT_WITHDRAWN
                ? -ByteBuffer.wrap(event.payload())
                        .order(ByteOrder.nativeOrder())
                        .getLong()
                : event.payload()[0];
        balances.merge(event.streamId(), change, Long::sum);
    }

    /** The engine's state hash: the first 8 bytes of the SHA-256 of what the machine saves. */
    long hash() {
        try {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            final DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(digest.value());
            for (final Map.Entry<Long, Long> entry : balances.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeLong(entry.getValue());
            }
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()))
                    .getLong();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** One command's decision in the making. */
    private final class Verdict {
        private final ModelCommand.Request request;
        private final long timestampNs;
        private final List<ModelEvent> events = new ArrayList<>();
        private final Map<Long, Head> newHeads = new HashMap<>();
        private byte[] result = {};
        private boolean accepted = true;
        private int code = OutcomeCodes.OK;

        private Verdict(final ModelCommand.Request request, final long timestampNs) {
            this.request = request;
            this.timestampNs = timestampNs;
        }

        private ModelCommand command() {
            return new ModelCommand(request, accepted, code, result, timestampNs, nextSequence, List.copyOf(events));
        }

        private void decide() {
            final byte[] payload = request.payload();
            switch (request.kind()) {
                case ECHO -> {
                    if (payload.length == 0) {
                        refuse(OutcomeCodes.INVALID_DECISION);
                    } else {
                        emit(Rules.EVENT_PLAIN, 0, request.requestId() % Rules.STREAMS, payload);
                    }
                }
                case SPREAD -> spread(payload[0], payload[1] & 0xFF);
                case WITHDRAW -> withdraw(payload[0], payload[1]);
                case EMIT_THEN_REJECT -> {
                    refuse(Rules.CODE_REJECTED);
                    answer(payload);
                }
                case THROW -> refuse(OutcomeCodes.DECIDE_FAILED);
                case FILL -> fill(payload[0]);
                case TOO_MUCH -> refuse(OutcomeCodes.INVALID_DECISION);
                case RESULT -> {
                    code = Rules.CODE_ACCEPTED;
                    answer(payload);
                }
            }
        }

        private void answer(final byte[] payload) {
            if (payload.length > Rules.MAX_RESULT_BYTES) {
                refuse(OutcomeCodes.INVALID_DECISION);
            } else {
                result = payload;
            }
        }

        private void refuse(final int why) {
            accepted = false;
            code = why;
        }

        private void spread(final int count, final int length) {
            if (length == 0 && count > 0) {
                refuse(OutcomeCodes.INVALID_DECISION);
                return;
            }
            for (int event = 0; event < count; event++) {
                final byte[] payload = new byte[length + event];
                for (int i = 0; i < payload.length; i++) {
                    payload[i] = Rules.pattern(request.requestId(), event, i);
                }
                emit(Rules.EVENT_PLAIN, event, (length + event) % Rules.STREAMS, payload);
            }
        }

        private void withdraw(final long stream, final long amount) {
            final long balance = balances.getOrDefault(stream, 0L);
            result = longBytes(balance);
            if (balance < amount) {
                refuse(Rules.CODE_SHORT);
            } else {
                emit(Rules.EVENT_WITHDRAWN, 1, stream, longBytes(amount));
            }
        }

        private void fill(final int over) {
            final byte[] payload = new byte[Rules.longestPayload(maxCommitBytes) + over];
            Arrays.fill(payload, Rules.pattern(request.requestId(), 0, 0));
            if (over > 0) {
                refuse(OutcomeCodes.INVALID_DECISION);
            } else {
                emit(Rules.EVENT_PLAIN, 0, Rules.FILL_STREAM, payload);
            }
        }

        private void emit(final int typeId, final int schemaVersion, final long streamId, final byte[] payload) {
            final Head head = newHeads.getOrDefault(streamId, heads.getOrDefault(streamId, new Head(0, 0)));
            final long sequence = nextSequence + events.size();
            events.add(new ModelEvent(
                    sequence, typeId, schemaVersion, streamId, head.version() + 1, head.sequence(), payload));
            newHeads.put(streamId, new Head(sequence, head.version() + 1));
        }

        private static byte[] longBytes(final long value) {
            return ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(value)
                    .array();
        }
    }
}
