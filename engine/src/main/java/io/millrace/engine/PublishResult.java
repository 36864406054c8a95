package io.millrace.engine;

/** Named results of {@link Publisher}; anything not negative means that the command was published. */
public final class PublishResult {
    /** The ring is full. Nothing was published; try again, or shed the load. */
    public static final long BACK_PRESSURED = -1;

    /** The engine is closing or closed. Nothing was published. */
    public static final long CLOSED = -2;

    /** The engine has failed; {@link Engine#health()} says why. Nothing was published. */
    public static final long FAILED = -3;

    /** The payload is longer than {@link EngineConfig#maxCommandBytes()}. Nothing was published. */
    public static final long TOO_LARGE = -4;

    /**
     * The disk is nearly full. Nothing was published. Unlike a full ring this does not pass by itself: make room, or shed
     * the load; commands are taken again, and {@link Health#diskFull()} is false, when there is space.
     */
    public static final long DISK_FULL = -5;

    private PublishResult() {}

    /**
     * The name of a result.
     *
     * @param result of {@link Publisher}
     * @return its name, {@code PUBLISHED} for anything not negative
     */
    public static String name(final long result) {
        if (result >= 0) {
            return "PUBLISHED";
        }
        return switch ((int) result) {
            case (int) BACK_PRESSURED -> "BACK_PRESSURED";
            case (int) CLOSED -> "CLOSED";
            case (int) FAILED -> "FAILED";
            case (int) TOO_LARGE -> "TOO_LARGE";
            case (int) DISK_FULL -> "DISK_FULL";
            default -> "UNKNOWN(" + result + ")";
        };
    }
}
