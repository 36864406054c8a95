package io.millrace.journal;

/** How far a command's record has got. The order of the constants is the order of strength. */
public enum Durability {
    /** In the page cache: survives the death of the process, {@code kill -9} included, but not of the machine. */
    JOURNALED(0),
    /** Forced to the device: survives power loss on a disk that honours flush. */
    SYNCED(1);

    private final int code;

    Durability(final int code) {
        this.code = code;
    }

    /**
     * The number that stands for this level in the journal.
     *
     * @return a number that never changes
     */
    public int code() {
        return code;
    }

    /**
     * The level with that number.
     *
     * @param code as returned by {@link #code()}
     * @return the level
     * @throws IllegalArgumentException if no level has the number
     */
    public static Durability ofCode(final int code) {
        return switch (code) {
            case 0 -> JOURNALED;
            case 1 -> SYNCED;
            default -> throw new IllegalArgumentException("durability code must be 0 or 1: code=" + code);
        };
    }
}
