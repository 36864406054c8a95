package io.millrace.faults.simulation;

import java.util.Random;

/** What the simulated machine can be asked to do. The type id on the wire is the ordinal + 1. */
enum CommandKind {
    /** One event that is the command's payload; without payload an invalid one. */
    ECHO(25),
    /** As many events as the first byte says, as long as the second says, and one more with each. */
    SPREAD(30),
    /** Takes an amount from a balance, or refuses with the balance as the result. */
    WITHDRAW(20),
    /** Emits, sets a result, and rejects. */
    EMIT_THEN_REJECT(8),
    /** Emits, sets a result, and throws. */
    THROW(6),
    /** One event of the largest size that a record can hold, or one byte more. */
    FILL(2),
    /** Emits until there is no room. */
    TOO_MUCH(1),
    /** Accepts with a code and a result of the largest size, and no event. */
    RESULT(8);

    private static final CommandKind[] ALL = values();
    private static final int TOTAL = totalOf(ALL);

    private final int weight;

    CommandKind(final int weight) {
        this.weight = weight;
    }

    private static int totalOf(final CommandKind[] kinds) {
        int total = 0;
        for (final CommandKind kind : kinds) {
            total += kind.weight;
        }
        return total;
    }

    int typeId() {
        return ordinal() + 1;
    }

    static CommandKind of(final int typeId) {
        return ALL[typeId - 1];
    }

    static CommandKind draw(final Random random) {
        int ticket = random.nextInt(TOTAL);
        for (final CommandKind kind : ALL) {
            ticket -= kind.weight;
            if (ticket < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights must add up");
    }
}
