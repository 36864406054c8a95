package io.millrace.faults.simulation;

import io.millrace.journal.Durability;
import java.util.Random;

/** Draws what clients send; sizes keep to the limits, where the errors are. */
final class Requests {
    private final Random random;
    private long nextRequestId = 1;

    /** Of ten requests, how many ask for SYNCED. */
    private int syncedInTen;

    Requests(final Random random) {
        this.random = random;
    }

    /** Another mix of durability. */
    void shift() {
        syncedInTen = random.nextInt(3) == 0 ? 0 : random.nextInt(11);
    }

    ModelCommand.Request draw(final Shape shape) {
        return draw(shape, random.nextInt(10) < syncedInTen ? Durability.SYNCED : Durability.JOURNALED);
    }

    ModelCommand.Request draw(final Shape shape, final Durability durability) {
        return of(CommandKind.draw(random), durability, shape);
    }

    ModelCommand.Request of(final CommandKind kind, final Durability durability, final Shape shape) {
        return new ModelCommand.Request(
                random.nextInt(Life.CLIENTS), nextRequestId++, kind, durability, payload(kind, shape));
    }

    private byte[] payload(final CommandKind kind, final Shape shape) {
        return switch (kind) {
            case ECHO -> bytes(sizeWithin(shape.maxCommandBytes()));
            case SPREAD -> new byte[] {(byte) random.nextInt(5), (byte) sizeWithin(250)};
            case WITHDRAW -> new byte[] {(byte) random.nextInt(Rules.STREAMS), (byte) random.nextInt(100)};
            case EMIT_THEN_REJECT, RESULT -> bytes(sizeWithin(Rules.MAX_RESULT_BYTES));
            case THROW, TOO_MUCH -> new byte[0];
            case FILL -> new byte[] {(byte) random.nextInt(2)};
        };
    }

    /** 0, 1, the limit, one more than it, or anything in between. */
    private int sizeWithin(final int limit) {
        return switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> limit;
            case 3 -> limit + 1;
            default -> 1 + random.nextInt(limit);
        };
    }

    private byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    Life.Way way() {
        final Life.Way[] ways = Life.Way.values();
        return ways[random.nextInt(ways.length)];
    }
}
